/** The page of a telling: a clock that ticks from the server's seconds, the part one should be at,
    Stop that counts from when it was pressed. Every figure comes from the server; between two
    answers of it this only counts on, by the wall clock, so that a sleeping tab loses nothing. */

const TAP = 350;   // ms in which a second tap still means the button before
const telling = () => document.getElementById("telling");
const face = () => document.getElementById("clock");
const running = () => telling()?.dataset.state === "running";

let read = Date.now();   // when the figures on the page were the server's
let pressed = null;      // seconds at which Stop was pressed, until the server has them
let swapped = -TAP;
let asking = false;
let before = null;

const shown = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds) % 60).padStart(2, "0")}`;
const since = () => Number(face().dataset.seconds) + Math.max(0, (Date.now() - read) / 1000);

function say(text) {
  const said = face()?.querySelector("[data-said]");
  if (said) said.textContent = text;
}

function tick() {
  if (!running() || face()?.dataset.state !== "running") return;
  const seconds = pressed ?? since();
  const length = Number(face().dataset.length);
  const over = Math.floor(seconds) - length;
  face().classList.toggle("over", over > 0);
  face().querySelector("[data-time]").textContent = shown(seconds);
  face().querySelector("[data-target]").textContent = over > 0 ? `${shown(over)} over ${shown(length)}` : `of ${shown(length)}`;
  face().querySelector("[data-within]").setAttribute("width", Math.min(seconds / length, 1) * 1000);
  face().querySelector("[data-beyond]").setAttribute("width", Math.min(Math.max(seconds / length - 1, 0), 0.25) * 1000);
  if (before !== null && before < length && seconds >= length) say(`${shown(length)}: time to come to the end.`);
  before = seconds;
  point(seconds);
}

/* The part one should be at, and its Reveal the one that R presses; revealed already, the next. */
function point(seconds) {
  const cues = [...document.querySelectorAll(".cue")];
  const at = cues.findIndex((cue) => seconds < Number(cue.dataset.to));
  const here = at < 0 ? cues.length - 1 : at;
  cues.forEach((cue, number) => cue.classList.toggle("now", number === here));
  const next = [...cues.slice(here), ...cues.slice(0, here)].map((cue) => cue.querySelector("[data-reveal]")).find(Boolean);
  for (const button of document.querySelectorAll("[data-reveal]")) {
    if (button === next) button.setAttribute("aria-keyshortcuts", "r");
    else button.removeAttribute("aria-keyshortcuts");
  }
}

/** Ask the server again: after sleep, on return to the tab, when the connection is back. */
async function resync() {
  if (!running() || asking || pressed !== null) return;
  asking = true;
  const clock = face();
  await htmx.ajax("GET", clock.dataset.clock, { source: clock, target: clock, swap: "outerHTML" }).catch(() => {});
  asking = false;
  const { state, telling: which } = face()?.dataset ?? {};
  // Stopped, thrown away or begun anew on another device.
  if (state && (state !== "running" || which !== telling().dataset.telling)) location.reload();
}

/* The screen stays on while somebody speaks. */
let awake = null;
async function watch() {
  if (running()) {
    if (!awake || awake.released) awake = await navigator.wakeLock?.request("screen").catch(() => null);
  } else {
    awake?.release().catch(() => {});
    awake = null;
  }
}

function arrive() {
  read = Date.now();
  before = null;
  tick();
}

document.addEventListener("submit", (event) => {
  if (event.target.dataset?.stop === undefined || !running()) return;
  // The first press counts, however often it has to be sent.
  pressed ??= since();
  event.target.elements.seconds.value = String(Math.floor(pressed));
  tick();
}, true);

document.addEventListener("htmx:afterSwap", ({ detail: { requestConfig } }) => {
  const { target } = requestConfig;
  if (target?.id === "clock") arrive();
  if (target?.id !== "telling") return;
  swapped = performance.now();
  pressed = null;
  arrive();
  watch();
  const place = telling().querySelector(running() ? "[data-stop] button" : ".verdict, .go button");
  place?.focus({ preventScroll: true });
  if (!running()) scrollTo({ top: 0 });
});

// The second tap of a double tap falls on whatever came to lie there; so does a key held down.
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("#telling button") || performance.now() - swapped > TAP) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.repeat || event.target.closest?.("input, textarea, select")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  resync();
  watch();
});
addEventListener("pageshow", ({ persisted }) => { if (persisted) resync(); });
addEventListener("online", resync);
setInterval(tick, 200);
arrive();
watch();
