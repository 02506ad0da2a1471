/* Single keys. An element names its own in aria-keyshortcuts ("/", "1", "n"; alternatives with a
   space between) and says what it does in data-shortcut, its label or its words. A field is
   focused, anything else clicked. `?` lists them; the list also turns them off (WCAG 2.1.4). */
const list = document.getElementById("shortcuts");
const OFF = "prepsite.keys.off";
const SHOWN = { " ": "Space", arrowdown: "↓", arrowup: "↑", arrowleft: "←", arrowright: "→" };

const off = () => localStorage.getItem(OFF) === "yes";
const keysOf = (element) => element.getAttribute("aria-keyshortcuts").toLowerCase().split(/\s+/).map((key) => (key === "space" ? " " : key));
const visible = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? element.getClientRects().length > 0;
const holders = () => [...document.querySelectorAll("[aria-keyshortcuts]")].filter(visible);

function nameOf(element) {
  const label = element.labels?.[0]?.textContent;
  return (element.dataset.shortcut || element.getAttribute("aria-label") || label || element.textContent).trim().replace(/\s+/g, " ");
}

function open() {
  const rows = holders().map((element) => [keysOf(element), nameOf(element)]);
  rows.push([["?"], "This list"], [["escape"], "Close what is open"]);
  list.querySelector("dl").replaceChildren(...rows.flatMap(([keys, name]) => {
    const term = document.createElement("dt");
    term.append(...keys.flatMap((key, index) => {
      const kbd = document.createElement("kbd");
      kbd.textContent = SHOWN[key] ?? key.replace(/^[a-z]/, (letter) => (key.length > 1 ? letter.toUpperCase() : letter));
      return index ? [" ", kbd] : [kbd];
    }));
    const meaning = document.createElement("dd");
    meaning.textContent = name;
    return [term, meaning];
  }));
  list.querySelector("[data-shortcuts]").checked = !off();
  if (!list.open) list.showModal();
}

if (list) {
  list.querySelector("[data-shortcuts]").addEventListener("change", (event) => {
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
