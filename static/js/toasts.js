/* Toasts leave by themselves, but never while they are being read or hold bad news.
   Other modules say something by an event:
   document.dispatchEvent(new CustomEvent("toast", { detail: { message, level, action, run, href } })) */
const region = document.getElementById("toasts");
const model = document.getElementById("toast");
const STAY = 6000;       // ms
const STAY_WITH_UNDO = 12000;
const MOST = 3;          // of good news at a time: a phone's page is to be seen behind them

function leave(toast) {
  const held = toast.contains(document.activeElement);
  toast.remove();
  if (held) document.getElementById("main")?.focus();
}

/* Whoever ticks ten lines is told "Done." once, the last time; what was pressed can be pressed again. */
function makeRoom(fresh) {
  const words = (toast) => toast.querySelector("p").textContent;
  const others = [...region.querySelectorAll(".toast")].filter((old) => old !== fresh && !old.contains(document.activeElement));
  for (const old of others) if (words(old) === words(fresh)) old.remove();
  const calm = others.filter((old) => old.isConnected && !old.matches(".error, :has(.retry)"));
  for (const old of calm.slice(0, Math.max(0, calm.length + 1 - MOST))) old.remove();
}

function settle(toast) {
  if (toast.dataset.settled) return;
  toast.dataset.settled = "yes";
  makeRoom(toast);
  toast.querySelector(".dismiss")?.addEventListener("click", () => leave(toast));
  toast.addEventListener("keydown", (event) => event.key === "Escape" && leave(toast));
  if (toast.classList.contains("error") || toast.querySelector(".retry")) return;

  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => leave(toast), toast.querySelector(".undo") ? STAY_WITH_UNDO : STAY);
  };
  const hold = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", () => toast.contains(document.activeElement) || wait());
  toast.addEventListener("focusout", () => toast.matches(":hover") || wait());
  toast.querySelector("form")?.addEventListener("htmx:afterRequest", (event) => event.detail.successful && leave(toast));
  wait();
}

function say({ message, level = "info", action, run, href }) {
  const toast = model.content.firstElementChild.cloneNode(true);
  toast.className = `toast ${level}`;
  if (level === "error") toast.setAttribute("role", "alert");
  toast.querySelector("p").textContent = message;
  if (action) {
    const control = document.createElement(href ? "a" : "button");
    control.className = "retry";
    control.textContent = action;
    if (href) control.href = href;
    else {
      control.type = "button";
      control.addEventListener("click", () => { leave(toast); run(); });
    }
    toast.querySelector("p").after(control);
  }
  region.append(toast);
}

if (region) {
  region.querySelectorAll(".toast").forEach(settle);
  new MutationObserver(() => region.querySelectorAll(".toast").forEach(settle)).observe(region, { childList: true });
  document.addEventListener("toast", (event) => say(event.detail));
}
