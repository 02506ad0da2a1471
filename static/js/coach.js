/** The coach beside a story: asked again while one writes, and pointing at the words it means.

    It reads the text as it stands in the page and saves nothing. Without an answer what it said
    before stays. */

const WAIT = 600;    // ms after the last key
const REST = 400;    // ms a pointer rests before an explanation opens by itself
// Length, theme and metrics, by what is swapped when they change: they bear on the same text.
const BESIDE = new Set(["about", "metrics-rows"]);

const form = document.getElementById("text")?.closest("form");
const place = document.querySelector(".coach-place");
const coach = () => document.getElementById("coach");
let timer, asked = 0, said = form && texts().toString();

function texts() {
  const body = new URLSearchParams();
  for (const { name, value } of document.querySelectorAll("#text textarea[name]")) body.set(name, value);
  return body;
}

async function ask() {
  const body = texts(), text = body.toString(), turn = asked += 1;
  if (text === said) return;
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "X-Requested-With": "fetch" };
  try {
    const answer = await fetch(coach().dataset.coach, { method: "POST", body, headers, redirect: "error" });
    // An older text's answer may come last, and nobody's typing is taken away.
    if (!answer.ok || turn !== asked || coach().contains(document.activeElement?.closest("input"))) return;
    put(await answer.text());
    said = text;
  } catch {
    // The next key asks again.
  }
}

function later(wait = WAIT) {
  clearTimeout(timer);
  timer = setTimeout(ask, wait);
}

/* The same text, under other circumstances. */
function again(wait) {
  said = null;
  later(wait);
}

/* What is open stays open, and the focus where it was. */
function put(html) {
  const old = coach(), fresh = new DOMParser().parseFromString(html, "text/html").getElementById("coach");
  const held = old.contains(document.activeElement) && key(document.activeElement);
  for (const { dataset } of old.querySelectorAll("details[open][data-keep]")) {
    const same = fresh.querySelector(`details[data-keep="${CSS.escape(dataset.keep)}"]`);
    if (same) same.open = true;
  }
  const scrolled = old.scrollTop;
  old.replaceWith(fresh);
  fresh.scrollTop = scrolled;
  window.htmx?.process(fresh);
  if (held) ([...fresh.querySelectorAll("a, summary, button")].find((one) => key(one) === held) ?? fresh).focus({ preventScroll: true });
}

function key(element) {
  const finding = element.closest("[data-finding]")?.dataset.finding ?? "";
  return `${element.tagName} ${finding} ${finding ? "" : element.textContent}`;
}

/* The server counts characters, the page UTF-16 units: an emoji is one there and two here. */
function units(text, characters) {
  let at = 0;
  for (let left = characters; left > 0 && at < text.length; left -= 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
}

const told = new WeakMap();   // link → how often it was followed: each time the next of its words

function point(link) {
  const area = form.elements[link.dataset.point] ?? form.elements.situation;
  const spans = link.dataset.spans.trim().split(" ").filter(Boolean).map((span) => span.split("-").map(Number));
  const turn = told.get(link) ?? 0;
  told.set(link, turn + 1);
  const [from, to] = (spans[turn % spans.length] ?? [0, 0]).map((end) => units(area.value, end));
  // A caret is scrolled to when the field takes the focus, a selection is not.
  area.setSelectionRange(from, from);
  area.blur();
  area.focus();
  area.setSelectionRange(from, to);
  inSight(area, from);
}

/* A long part is taller than the window: its words, not its middle, come into sight. */
function inSight(area, at) {
  const { top, height } = area.getBoundingClientRect();
  const share = area.value.length ? at / area.value.length : 0;
  const line = top + Math.min(share * area.scrollHeight, height);
  if (line < innerHeight * .15 || line > innerHeight * .75) scrollBy({ top: line - innerHeight * .4 });
}

if (form && place) {
  document.getElementById("text").addEventListener("input", () => later());
  place.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-point]");
    if (!link) return;
    event.preventDefault();
    point(link);
  });

  document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
    // A dismissal may be answered for the text that is saved: ask for the one that stands here.
    if (target?.id === "coach") coach().focus({ preventScroll: true });
    else if (!BESIDE.has(target?.id)) return;
    again(0);
  });
  document.addEventListener("autosave", ({ detail: { scope } }) => {
    if (scope.closest(".metric")) again();
  });
  // A text brought back by the browser or by a draft came without a key.
  addEventListener("pageshow", () => later());

  let resting;
  place.addEventListener("pointerover", ({ target, pointerType }) => {
    clearTimeout(resting);
    const why = target.closest(".why > summary")?.parentElement;
    if (pointerType === "mouse" && why && !why.open) resting = setTimeout(() => { why.open = true; }, REST);
  });

  new IntersectionObserver(([{ isIntersecting }]) => place.classList.toggle("in-view", isIntersecting)).observe(place);
}
