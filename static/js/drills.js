/* The drill by keyboard and thumb. Without this script every button is a form of its own.

   What is typed is kept in IndexedDB until its card is answered: over a reload, a closed tab, a
   session that ended. A draft belongs to one person, one card and one turn of it. */

const page = document.getElementById("main");
const drill = () => document.getElementById("drill");
const TAP = 350;   // ms in which a second tap still means the button before
let swapped = -Infinity;

/* --- what was typed ------------------------------------------------------------------------ */

const STORE = "typed";
let opening = null;

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("prepsite-drills", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function store(mode, work) {
  try {
    opening ??= open();
    const transaction = (await opening).transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    return await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } catch {
    opening = null;   // no IndexedDB: the text is in the page alone
    return undefined;
  }
}

const keyOf = ({ owner, card }) => [Number(owner), Number(card)];
const keep = (data, text) => store("readwrite", (drafts) => (text ? drafts.put({ text, turn: data.turn }, keyOf(data)) : drafts.delete(keyOf(data))));

async function recall(article) {
  const field = article.querySelector("#typed");
  if (!field || field.value) return;
  const draft = await store("readonly", (drafts) => drafts.get(keyOf(article.dataset)));
  if (!draft || field.value || !field.isConnected) return;
  // Answered since, here or elsewhere: those words belong to an answer that was given.
  if (draft.turn !== article.dataset.turn) keep(article.dataset, "");
  else field.value = draft.text;
}

/* --- the two sides of a card ---------------------------------------------------------------- */

function show(article) {
  article.dataset.revealed = "yes";
  article.querySelector("[data-think]").hidden = true;
  article.querySelector("[data-front]").hidden = true;
  article.querySelector("#answer").hidden = false;
  article.querySelector("[data-back]").hidden = false;
  swapped = performance.now();
  article.querySelector("#answer").focus({ preventScroll: true });
}

function arrive(article, focus) {
  if (!article?.dataset.card) {
    if (focus) article?.querySelector("#question")?.focus({ preventScroll: true });
    return;
  }
  recall(article);
  if (!focus) return;
  const revealed = article.dataset.revealed === "yes";
  article.querySelector(revealed ? "#answer" : "#question")?.focus({ preventScroll: true });
  if (!revealed) scrollTo({ top: 0 });
}

if (page) {
  page.addEventListener("input", ({ target }) => {
    if (target.id === "typed") keep(drill().dataset, target.value);
  });

  // Nothing typed: the answer is in the page already, and no round trip is needed.
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-think]") || form.elements.typed.value.trim()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    show(drill());
  }, { capture: true });

  // The second tap of a double tap falls on whatever came to lie there.
  page.addEventListener("click", (event) => {
    if (!event.detail || performance.now() - swapped > TAP) return;
    if (!event.target.closest(".thumbs button")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });

  page.addEventListener("keydown", (event) => {
    const field = event.target;
    if (field.id !== "typed" || event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    // On a screen to touch Enter is a new line, as everywhere there.
    if (!event.ctrlKey && !event.metaKey && !matchMedia("(pointer: fine)").matches) return;
    event.preventDefault();
    field.form.requestSubmit();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    if (event.target.closest?.("input, textarea, select") || event.defaultPrevented) return;
    const undo = drill()?.querySelector('[aria-keyshortcuts="u"]');
    if (!undo) return;
    event.preventDefault();
    undo.click();
  });

  document.addEventListener("htmx:afterSwap", ({ detail: { requestConfig } }) => {
    if (requestConfig.target?.id !== "drill") return;
    swapped = performance.now();
    // Its form is out of the page now, and still knows its card.
    const before = requestConfig.elt.closest("#drill");
    if (before && requestConfig.path.endsWith("/rate/")) keep(before.dataset, "");
    arrive(drill(), true);
  });

  arrive(drill(), false);
}
