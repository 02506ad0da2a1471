/** The plan page: ticks and panels without leaving it, keys, and lines that are dragged into place.
    The rows carry plain buttons and links only, which also keeps them light. */

import { inTurn, waits } from "./turns.js";

const LINE = ".lines > .item";
const idOf = (line) => line.id.replace("line-", "");

/* A tick, or its undo, is one POST whose answer is the line and everything that moves with it. */
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.target.id !== "tick-form" || !button) return;
  event.preventDefault();
  const { id } = button.closest(".item");
  const url = button.getAttribute("formaction");
  if (!waits(id)) inTurn(id, () => url);
});

/* The link to a line's own page opens it in place; the second time it closes it. */
document.addEventListener("click", (event) => {
  const link = event.target.closest(`${LINE} > a.more`);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const line = link.closest(".item");
  const open = line.querySelector(".panel");
  if (open) return open.remove();
  htmx.ajax("GET", link.href, { source: line, target: line, swap: "beforeend" })
    .then(() => line.querySelector(".panel textarea")?.focus(), () => {});
});

/* A line that is drawn again keeps its open panel, with the words that are in it. When the line goes,
   the focus goes to its neighbour. The swap itself follows at once, before any timer. */
function keepPanel({ detail }) {
  const line = detail.target;
  if (!detail.shouldSwap || !line?.matches?.(LINE)) return;
  const panel = line.querySelector(".panel");
  const focus = panel?.contains(document.activeElement) ? document.activeElement : null;
  const neighbour = (line.nextElementSibling ?? line.previousElementSibling)?.id;   // it may be drawn again too
  const going = panel?.contains(detail.requestConfig?.elt);
  if (panel && !going) panel.remove();
  setTimeout(() => {
    const fresh = document.getElementById(line.id);
    if (fresh && panel && !going) {
      fresh.append(panel);
      focus?.focus();
    } else if (!fresh && focus) document.getElementById(neighbour)?.querySelector("button, a.more")?.focus();
  });
}
document.addEventListener("htmx:beforeSwap", keepPanel);
document.addEventListener("htmx:oobBeforeSwap", keepPanel);

function closePanel(panel) {
  const link = panel.parentElement.querySelector("a.more");
  panel.remove();
  link.focus();
}

const ticks = () => [...document.querySelectorAll("#ticks .item > button:first-child")];
const typing = (element) => element.closest("input, textarea, select, [contenteditable], dialog");

function stepFocus(by) {
  const all = ticks();
  const line = document.activeElement?.closest(LINE);
  let at = all.findIndex((button) => line?.contains(button));
  if (at < 0) at = by > 0 ? all.findIndex((b) => b.closest(".next")) - 1 : all.length;
  all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
}

/** POST without leaving the page; resolves to whether the server did it. */
async function post(url, values) {
  const token = document.querySelector("#tick-form input[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams(values);
  try {
    const answer = await fetch(url, {
      method: "POST", body, redirect: "manual",
      headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" },
    });
    return answer.status === 204;
  } catch {
    return false;
  }
}

const lineUrl = (line) => line.querySelector("a.more").getAttribute("href");

/** Where a line stands now, as the server wants to hear it: behind another, or atop a block. */
function place(line) {
  const above = line.previousElementSibling?.closest(LINE);
  return above ? { after: idOf(above) } : { block: line.parentElement.dataset.block };
}

async function keepPlace(line, before) {
  if (await post(`${lineUrl(line)}move/`, place(line))) return;
  before.parent.insertBefore(line, before.next);
  document.dispatchEvent(new CustomEvent("toast", {
    detail: { level: "error", message: "The line was not moved: the server did not answer. Try again." },
  }));
}

const standing = (line) => ({ parent: line.parentElement, next: line.nextElementSibling });

function nudge(line, by) {
  const before = standing(line);
  const lists = [...document.querySelectorAll(".lines")];
  const list = lists.indexOf(line.parentElement);
  const sibling = by < 0 ? line.previousElementSibling : line.nextElementSibling;
  if (sibling) sibling[by < 0 ? "before" : "after"](line);
  else if (lists[list + by]) lists[list + by][by < 0 ? "append" : "prepend"](line);
  else return;
  line.querySelector("button, a.more")?.focus();
  keepPlace(line, before);
}

document.addEventListener("keydown", (event) => {
  const panel = event.target.closest?.(`${LINE} > .panel`);
  if (event.key === "Escape" && panel && !event.isComposing) return closePanel(panel);
  if (event.ctrlKey || event.metaKey || typing(event.target)) return;
  if (document.documentElement.dataset.keys === "off") return;
  const line = event.target.closest?.(LINE);
  const key = event.key;
  if (event.altKey) {
    if (line && (key === "ArrowUp" || key === "ArrowDown")) {
      event.preventDefault();
      nudge(line, key === "ArrowUp" ? -1 : 1);
    }
    return;
  }
  if (key === "j" || (key === "ArrowDown" && line)) { event.preventDefault(); stepFocus(1); }
  else if (key === "k" || (key === "ArrowUp" && line)) { event.preventDefault(); stepFocus(-1); }
  else if (key === "x" && line) line.querySelector("button")?.click();
  else if (key === "n" && line) line.querySelector("a.more")?.click();
  else if (key === "u") [...document.querySelectorAll("#toasts .undo")].at(-1)?.click();
});

/* Dragging: the line follows the pointer among the lines; the server hears of it when it is let go.
   A mouse drags by the line's text; a finger first rests on it, so that scrolling stays scrolling. */
let drag = null;

function begin(event) {
  const line = event.target.closest?.(LINE);
  if (!line || event.button || event.target.closest("button, a, input, textarea, .panel")) return;
  drag = { line, before: standing(line), y: event.clientY, on: false, touch: event.pointerType === "touch" };
  if (drag.touch) drag.timer = setTimeout(() => drag && lift(), 350);
}

function lift() {
  drag.on = true;
  drag.line.classList.add("dragged");
  requestAnimationFrame(scroll);
  navigator.vibrate?.(10);
}

function follow(event) {
  if (!drag) return;
  const moved = Math.abs(event.clientY - drag.y) > 6;
  if (!drag.on && drag.touch && moved) return drop();
  if (!drag.on && moved) lift();
  if (!drag.on) return;
  event.preventDefault();
  getSelection().removeAllRanges();   // a selection began before it was clear that this is a drag
  drag.at = { x: event.clientX, y: event.clientY };
  settle();
}

function settle() {
  const { x, y } = drag.at;
  const over = document.elementFromPoint(x, y)?.closest(LINE);
  if (!over || over === drag.line) return;
  const box = over.getBoundingClientRect();
  over[y > box.top + box.height / 2 ? "after" : "before"](drag.line);
}

/** Near the edge of the window the page comes along. */
function scroll() {
  if (!drag?.on) return;
  const edge = 72;
  const below = drag.at ? drag.at.y - (innerHeight - edge) : 0;
  const above = drag.at ? edge - drag.at.y : 0;
  if (below > 0 || above > 0) {
    scrollBy(0, (below > 0 ? below : -above) / 5);
    settle();
  }
  requestAnimationFrame(scroll);
}

function drop() {
  if (!drag) return;
  clearTimeout(drag.timer);
  const { line, before, on } = drag;
  drag = null;
  line.classList.remove("dragged");
  const moved = line.parentElement !== before.parent || line.nextElementSibling !== before.next;
  if (on && moved) keepPlace(line, before);
}

document.addEventListener("pointerdown", begin);
document.addEventListener("pointermove", follow);
document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);
document.addEventListener("touchmove", (event) => { if (drag?.on) event.preventDefault(); }, { passive: false });
document.addEventListener("selectstart", (event) => { if (drag?.on) event.preventDefault(); });
