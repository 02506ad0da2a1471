/* A clock to stand beside a real whiteboard. What it keeps are moments, not ticks: a reload, a
   sleeping tab and a locked phone all read the same time afterwards. Stays on this device. */
const KEPT = "prepsite.whiteboard";
const root = document.querySelector("[data-whiteboard]");
const [clock, now, toggle, next, reset] = ["clock", "now", "toggle", "next", "reset"].map((name) => root.querySelector(`[data-${name}]`));
const steps = [...root.querySelectorAll("li[data-high]")];
const NOTHING = { step: -1, spent: [], since: null };
let state = NOTHING;
let awake = null;

try {
  const kept = JSON.parse(localStorage.getItem(KEPT));
  // A clock of yesterday is no clock any more.
  if (kept && kept.step < steps.length && Date.now() - kept.at < 6 * 3600e3) state = kept;
} catch {
  state = NOTHING;
}

const running = () => state.since !== null;
const spent = (at) => (state.spent[at] ?? 0) + (at === state.step && running() ? Date.now() - state.since : 0);
const shown = (ms) => `${Math.floor(ms / 60e3)}:${String(Math.floor(ms / 1e3) % 60).padStart(2, "0")}`;

function keep(change) {
  state = { ...state, ...change, at: Date.now() };
  localStorage.setItem(KEPT, JSON.stringify(state));
  draw();
}

function settled() {
  const all = [...state.spent];
  if (state.step >= 0) all[state.step] = spent(state.step);
  return all;
}

async function stayAwake() {
  if (running() && !awake && document.visibilityState === "visible") {
    awake = await navigator.wakeLock?.request("screen").catch(() => null);
    awake?.addEventListener("release", () => (awake = null));
  } else if (!running()) await awake?.release();
}

function start() {
  keep({ step: Math.max(0, state.step), spent: settled(), since: Date.now() });
  stayAwake();
}

function pause() {
  keep({ spent: settled(), since: null });
  stayAwake();
}

function draw() {
  const total = steps.reduce((sum, _, at) => sum + spent(at), 0);
  clock.textContent = shown(total);
  const step = steps[state.step];
  const minutes = step ? spent(state.step) / 60e3 : 0;
  const late = step && minutes > Number(step.dataset.high);
  root.classList.toggle("late", Boolean(late));
  const words = step ? `${step.dataset.name}${late ? ": time to move on" : ""}${running() ? "" : ", paused"}` : "Not started";
  if (now.textContent !== words) now.textContent = words;
  toggle.textContent = running() ? "Pause" : state.step < 0 ? "Start" : "Go on";
  next.disabled = state.step < 0 || state.step >= steps.length - 1;
  reset.disabled = state.step < 0;
  for (const [at, item] of steps.entries()) {
    item.toggleAttribute("data-current", at === state.step);
    item.querySelector("progress").value = Math.min(spent(at) / 60e3, Number(item.dataset.high));
  }
}

toggle.addEventListener("click", () => (running() ? pause() : start()));
next.addEventListener("click", () => keep({ spent: settled(), step: state.step + 1, since: running() ? Date.now() : null }));
reset.addEventListener("click", () => {
  const before = { ...state, spent: settled() };
  keep(NOTHING);
  stayAwake();
  document.dispatchEvent(new CustomEvent("toast", { detail: { message: "The clock is at zero.", action: "Undo", run: () => keep({ ...before, since: null }) } }));
});
document.addEventListener("visibilitychange", stayAwake);
setInterval(() => running() && draw(), 250);
draw();
