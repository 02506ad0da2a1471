/* The place to note what was asked: arrows move between the line and what was found, Escape
   empties both. The server does the rest. */
const places = (form) => [form.elements.q, ...form.querySelectorAll("#found button")];

function step(form, by) {
  const all = places(form);
  const here = all.indexOf(document.activeElement);
  all.at((here + by + all.length) % all.length)?.focus();
}

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("[data-finder]");
  if (!form || event.isComposing) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by && places(form).length > 1) {
    event.preventDefault();
    step(form, by);
  } else if (event.key === "Escape" && form.elements.q.value) {
    event.preventDefault();
    form.elements.q.value = "";
    form.elements.q.focus();
    form.querySelector("#found").replaceChildren();
  }
});

// The letters typed last would be looked up beside the line that is being noted, and end its sending.
document.addEventListener("htmx:confirm", (event) => {
  if (event.target.matches("[data-finder] [name=q]") && event.target.form.matches(".htmx-request")) {
    event.preventDefault();
  }
});

// What was typed before the scripts ran is looked up as soon as they do.
document.addEventListener("htmx:load", ({ target }) => {
  const line = target.querySelector("[data-finder] [name=q]");
  if (line && line.value !== line.defaultValue) line.dispatchEvent(new Event("early"));
});
