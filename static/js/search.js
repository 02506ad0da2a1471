/* The search box of every page: opened by its link or "/", chosen from with the arrow keys.
   Results come from the server by htmx; this moves the choice among them (a combobox with a list
   of links). On the page of results, the arrow keys walk from one link to the next. */
const box = document.getElementById("seek");
const plain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);

if (box) {
  const input = box.querySelector("[role=combobox]");
  const status = box.querySelector("[role=status]");
  const list = () => document.getElementById("sought");
  const options = () => [...list().querySelectorAll("[role=option]")];
  let chosen = null;

  function choose(option) {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option ?? null;
    chosen?.setAttribute("aria-selected", "true");
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  function settle() {
    const found = options();
    found.forEach((option, number) => { option.id = `sought-${number}`; });
    input.setAttribute("aria-expanded", String(found.length > 0));
    choose(found[0]);
    const { total, words } = list().dataset;
    status.textContent = words ? `${total === "0" ? "Nothing" : total} found` : "";
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-seek]");
    if (!link || !plain(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!box.open) box.showModal();
    input.select();
    input.focus();
  }, true);

  // What stands in the list belongs to what was typed before: Enter must not open it.
  input.addEventListener("input", () => {
    choose(null);
    if (!input.value.trim()) list().replaceChildren();
  });
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.target?.id === "sought" || detail.elt?.id === "sought") settle();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const found = options();
    const at = found.indexOf(chosen);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (found.length) choose(found[at < 0 ? (step > 0 ? 0 : found.length - 1) : (at + step + found.length) % found.length]);
    } else if (event.key === "Enter" && chosen && plain(event)) {
      event.preventDefault();
      chosen.click();
    }
  });
  box.addEventListener("click", (event) => {
    const option = event.target.closest("[data-instead]");
    if (option && plain(event)) {
      event.preventDefault();
      input.value = option.dataset.instead;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.focus();
    } else if (event.target === box || event.target.closest("[data-close]")) box.close();
    // A place on this very page: the address changes and the page stays.
    else if (event.target.closest("[role=option]") && plain(event)) box.close();
  });
  box.addEventListener("pointermove", (event) => {
    const option = event.target.closest("[role=option]");
    if (option && option !== chosen) choose(option);
  });
  box.addEventListener("htmx:sendError", () => { status.textContent = "The server does not answer."; });
}

const field = document.querySelector(".search-page [type=search]");
field?.closest("main").addEventListener("keydown", (event) => {
  if (!["ArrowDown", "ArrowUp"].includes(event.key) || !plain(event)) return;
  const stops = [field, ...document.querySelectorAll("#results li > a, #results section .button")];
  const at = stops.indexOf(document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  stops[Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), stops.length - 1)].focus();
});
