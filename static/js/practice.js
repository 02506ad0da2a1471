/** The page of a phase: a clock that ticks from the server's seconds, follow-ups at their minute,
    answers quoted into the design. Every figure comes from the server; between two answers of it
    this only counts on. */

const clock = () => document.getElementById("clock");
let read = Date.now();      // when the figures on the page were the server's
let before = null;          // seconds at the last tick, to notice what was crossed
let asking = false;
let fetching = false;

const two = (n) => String(n).padStart(2, "0");

function shown(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

function say(text) {
  const said = document.getElementById("said");
  if (said) said.textContent = text;
}

function tick() {
  const face = clock();
  if (!face || !("running" in face.dataset)) return;
  const since = (Date.now() - read) / 1000;
  const { elapsed, low, high, followUp } = face.dataset;
  const seconds = Number(elapsed) + since;
  const time = face.querySelector("[data-clock-time]"), words = face.querySelector("[data-clock-words]");
  if (high === undefined) time.textContent = shown(seconds);
  else {
    const left = Number(high) - seconds;
    // Rounded as the server does it: 0:00 left is the moment it is over.
    time.textContent = shown(left > 0 ? Math.ceil(left) : -left);
    if (left <= 0) {
      face.classList.add("over");
      words.textContent = "over: go on, nothing is cut off";
    }
    const bar = face.querySelector("[data-clock-bar]");
    if (bar) bar.value = Math.min(seconds, Number(high));
    announce(seconds, Number(low), Number(high));
  }
  before = seconds;
  if (followUp && since >= Number(followUp)) {
    delete face.dataset.followUp;
    due().then(resync);
  }
}

function announce(seconds, low, high) {
  if (before === null) return;
  const crossed = (at) => before < at && seconds >= at;
  if (crossed(high)) say("The time of this phase is used up. Go on: nothing is cut off.");
  else if (low < high && crossed(low)) say(`${Math.round(low / 60)} minutes used. You may move on.`);
}

/** Ask the server again: after sleep, on return to the tab, when the connection is back. */
async function resync() {
  const face = clock();
  if (!face || asking) return;
  asking = true;
  await htmx.ajax("GET", face.dataset.clock, { source: face, target: face, swap: "outerHTML" }).catch(() => {});
  asking = false;
}

const list = () => document.getElementById("follow-ups");
const last = () => Number(list().lastElementChild?.dataset.position ?? 0);

async function due() {
  const all = list();
  if (!all || fetching) return;
  fetching = true;
  const there = all.childElementCount;
  await htmx.ajax("GET", `${all.dataset.followUps}?after=${last()}`, { source: all, target: all, swap: "beforeend" }).catch(() => {});
  fetching = false;
  const come = all.children[there];
  if (come) {
    const message = `The interviewer asks: ${come.querySelector("label").textContent}`;
    document.dispatchEvent(new CustomEvent("toast", { detail: { level: "info", message, action: "Answer", href: `#${come.id}` } }));
  }
}

document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.id === "clock" || target.querySelector?.("#clock")) fresh();
});
document.addEventListener("htmx:load", ({ target }) => { if (target.id === "clock") fresh(); });

function fresh() {
  read = Date.now();
  before = null;
  tick();
  // A clock read again, after sleep say, names only what is still to come: fetch what came meanwhile.
  if (list() && Number(clock()?.dataset.asked ?? 0) > last()) due();
}

document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") resync(); });
addEventListener("pageshow", ({ persisted }) => { if (persisted) resync(); });
addEventListener("online", resync);
setInterval(tick, 250);
tick();

/* The answer pushes the line to be written on further down: on a phone under the edge. */
document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.id === "questions") requestAnimationFrame(() => document.getElementById("question")?.scrollIntoView({ block: "nearest" }));
});

/* A choice that goes leaves the focus where the next one comes from. The swap follows at once, before any timer. */
document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  if (!target?.matches(".choice") || !target.contains(document.activeElement)) return;
  setTimeout(() => document.getElementById("add-choice")?.focus({ preventScroll: true }));
});

/* Quote an answer where one is writing, instead of at the end by the server. */
document.addEventListener("click", (event) => {
  const quote = event.target.closest("button")?.dataset.quote;
  const design = document.getElementById("design");
  if (quote === undefined || !design || design.readOnly) return;
  event.preventDefault();
  const at = design.selectionEnd;
  const front = design.value.slice(0, at), rest = design.value.slice(at);
  const gap = front && !front.endsWith("\n\n") ? (front.endsWith("\n") ? "\n" : "\n\n") : "";
  design.setRangeText(gap + quote + (rest.startsWith("\n") ? "" : "\n"), at, at, "end");
  design.dispatchEvent(new Event("input", { bubbles: true }));
  design.focus();
});
