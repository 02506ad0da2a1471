/** The story page: each part as it reads, drawn by the server while one writes. */

const WAIT = 600;   // ms after the last key

const page = document.querySelector("[data-preview]");
const form = page?.closest("form");

async function draw(place) {
  const text = form.elements[place.dataset.reads].value;
  if (place.drawn === text) return;
  place.drawn = text;
  const body = new URLSearchParams({ text });
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "X-Requested-With": "fetch" };
  try {
    const answer = await fetch(page.dataset.preview, { method: "POST", body, headers, redirect: "error" });
    // An older text's answer may come last.
    if (place.drawn === text) {
      if (answer.ok || answer.status === 422) place.innerHTML = await answer.text();
      else place.drawn = null;
    }
  } catch {
    place.drawn = null;   // no answer: what was drawn before stays, and the next key tries again
  }
}

page?.addEventListener("toggle", ({ target }) => {
  const place = target.open && target.querySelector("[data-reads]");
  if (place) draw(place);
}, true);

const waiting = new Map();
page?.addEventListener("input", ({ target }) => {
  const place = page.querySelector(`[data-reads="${target.name}"]`);
  if (!place?.closest("details").open) return;
  clearTimeout(waiting.get(place));
  waiting.set(place, setTimeout(() => draw(place), WAIT));
});

/* A title is one line, however long: Enter goes on to the first part. */
form?.elements.title?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  form.elements.situation.focus();
});
