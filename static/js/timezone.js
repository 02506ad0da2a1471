/* The browser knows the reader's time zone; it proposes, the reader decides.
   select[data-guess-zone] is set to it before anything was chosen; form[data-ask-zone] asks. */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function propose(select) {
  const listed = [...select.options].some((option) => option.value === zone);
  // An older name of a zone (Asia/Calcutta): the server leads it to the listed one.
  if (!listed) select.add(new Option(zone.replaceAll("_", " "), zone), 0);
  select.value = zone;
}

function ask(form) {
  form.elements.time_zone.value = zone;
  form.querySelector("[data-zone-name]").textContent = zone.replaceAll("_", " ");
  form.hidden = false;
}

if (zone) {
  document.querySelectorAll("select[data-guess-zone]").forEach(propose);
  document.querySelectorAll("form[data-ask-zone]").forEach(ask);
}
