/* What one does while an answer is on its way, on a slow line, stands.

   Typing ahead: when the answer puts another copy of a form there, what came after the press goes into
   the field of the same id. */
const sent = new Map();   // request → [field, its text as it was sent]

const TEXT = "textarea, input:not([type]), input[type=text], input[type=search]";

/* The fields that go with a request: of its form, or beside its button (static/js/autosave.js). */
function texts(elt) {
  const around = elt instanceof HTMLFormElement ? elt : elt.matches("button") && elt.closest("[data-autosave]");
  return around ? [...around.querySelectorAll(TEXT)].filter((field) => field.id) : [];
}

function carry(field, text) {
  const next = document.getElementById(field.id);
  if (field.isConnected || field.value === text || !next) return;
  const whole = field.value;
  // A refused form comes back with its text; otherwise the field is there for something new.
  if (next.value === text) next.value = whole;
  else if (!next.value) next.value = (whole.startsWith(text) ? whole.slice(text.length) : whole).trimStart();
  else return;
  next.setSelectionRange(next.value.length, next.value.length);
  // The one that is gone holds what was sent, and no more: it may be saving itself.
  field.value = text;
  for (const each of [field, next]) each.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("htmx:beforeRequest", ({ detail: { xhr, requestConfig: { elt, verb, formData } } }) => {
  if (verb !== "get") sent.set(xhr, texts(elt).map((field) => [field, formData.get(field.name) ?? field.value]));
});
document.addEventListener("htmx:afterSwap", ({ detail: { xhr } }) => {
  for (const [field, text] of sent.get(xhr) ?? []) carry(field, text);
});
document.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => sent.delete(xhr));

/* Pressing ahead: what the answer is for may have been drawn anew by an answer before it. htmx would
   put it into the element that is gone. */
document.addEventListener("htmx:beforeRequest", ({ detail: request }) => {
  const { xhr } = request;
  xhr.addEventListener("readystatechange", () => {
    const { target } = request;
    if (xhr.readyState !== XMLHttpRequest.DONE || target.isConnected || !target.id) return;
    request.target = document.getElementById(target.id) ?? target;
  });
});
