/* "Take a note" remembers the page by its title; without this script, by its address alone. */
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-capture]")) event.target.elements.source_title.value = document.title.replace(/ · Prepsite$/, "");
});
