/* Single keys. An element names its own in aria-keyshortcuts ("/", "1", "n"; alternatives with a
   space between) and says what it does in data-shortcut, its label or its words. A field is
   focused, anything else clicked. A script with keys of its own lists them on an element:
   data-shortcuts="Plan|j or ↓: next line;k or ↑: line above", and is silent while
   <html data-keys="off">. `?` lists all; the list also turns them off (WCAG 2.1.4). */
const list = document.getElementById("shortcuts");
const OFF = "prepsite.keys.off";
const SHOWN = { " ": "Space", arrowdown: "↓", arrowup: "↑", arrowleft: "←", arrowright: "→" };

const root = document.documentElement;
const off = () => root.dataset.keys === "off";
if (localStorage.getItem(OFF) === "yes") root.dataset.keys = "off";
const keysOf = (element) => element.getAttribute("aria-keyshortcuts").toLowerCase().split(/\s+/).map((key) => (key === "space" ? " " : key));
const visible = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? element.getClientRects().length > 0;
const holders = () => [...document.querySelectorAll("[aria-keyshortcuts]")].filter(visible);

function nameOf(element) {
  const label = element.labels?.[0]?.textContent;
  return (element.dataset.shortcut || element.getAttribute("aria-label") || label || element.textContent).trim().replace(/\s+/g, " ");
}

function row([keys, name]) {
  const term = document.createElement("dt");
  const meaning = document.createElement("dd");
  for (const key of keys) {
    const kbd = document.createElement("kbd");
    kbd.textContent = SHOWN[key] ?? key.replace(/^[a-z](?=.)/, (letter) => letter.toUpperCase());
    term.append(term.childNodes.length ? " " : "", kbd);
  }
  meaning.textContent = name.charAt(0).toUpperCase() + name.slice(1);
  return [term, meaning];
}

function told(element) {
  const [, lines] = element.dataset.shortcuts.split("|");
  return lines.split(";").map((line) => {
    const [keys, ...name] = line.split(":");
    return [keys.trim().split(/ or |\s+/), name.join(":").trim()];
  });
}

const always = list ? [...list.querySelector("dl").children] : [];

function open() {
  const rows = holders().map((element) => [keysOf(element), nameOf(element)]);
  for (const element of document.querySelectorAll("[data-shortcuts]")) rows.push(...told(element));
  list.querySelector("dl").replaceChildren(...rows.flatMap(row), ...always);
  list.querySelector("[data-keys-work]").checked = !off();
  if (!list.open) list.showModal();
}

if (list) {
  list.querySelector("[data-keys-work]").addEventListener("change", (event) => {
    root.dataset.keys = event.target.checked ? "on" : "off";
    if (event.target.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
  });
  document.querySelector('[data-opens="shortcuts"]')?.addEventListener("click", (event) => {
    event.stopPropagation();
    open();
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || off()) return;
    const at = event.target;
    if (at.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
    if (document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    // Space and Enter belong to the control that has the focus.
    if ((key === " " || key === "enter") && at.closest?.("a, button, summary, input")) return;
    if (key === "?") {
      event.preventDefault();
      open();
      return;
    }
    const target = holders().find((element) => !element.disabled && keysOf(element).includes(key));
    if (!target) return;
    event.preventDefault();
    if (target.matches("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select")) target.focus();
    else target.click();
  });
}

/* A swap takes away what the keyboard was at: a row removed, a button that is no longer of use. htmx
   finds an element of the same id again; else the focus goes on in that row, or in the one that took
   its place. Whoever pressed with a pointer keeps the page as it stands. */
const CONTROL = "button:not(:disabled), a[href], summary";
let held = null;
const rowsOf = (place) => [...place.querySelectorAll("li")];

document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  const at = document.activeElement;
  held = target?.id && target.contains(at) && at.matches(":focus-visible")
    ? { id: at.id, place: target.id, row: rowsOf(target).indexOf(at.closest("li")) }
    : null;
});
document.addEventListener("htmx:afterSettle", () => {
  if (!held || document.activeElement !== document.body) return;
  const place = document.getElementById(held.place);
  const near = document.getElementById(held.id)?.parentElement;
  const row = place && held.row >= 0 && (rowsOf(place)[held.row] ?? rowsOf(place).at(-1));
  const next = [near, row, place].filter(Boolean).flatMap((part) => [...part.querySelectorAll(CONTROL)]).find(visible);
  held = null;
  next?.focus({ preventScroll: true });
});
