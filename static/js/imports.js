/* An import that the server refused or never answered: what told how far it is goes back to where it
   began, or it would ask for ever. The toast says why (errors.js). */
const told = () => document.getElementById("import-progress");
const first = told()?.cloneNode(true);

document.addEventListener("htmx:afterRequest", ({ detail, target }) => {
  if (!first || detail.successful || !target.matches?.("#import-form, #bring")) return;
  const again = first.cloneNode(true);
  told()?.replaceWith(again);
  htmx.process(again);
});
