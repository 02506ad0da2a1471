/* A question before something that cannot be taken back, and menus that close.
   <form data-confirm="Delete this plan?" data-confirm-yes="Delete">, or the same on one of its
   buttons, or htmx's own hx-confirm. Without a script the form is simply sent. */
const dialog = document.getElementById("confirm");

function ask(question, yes = "Go ahead") {
  dialog.querySelector("h2").textContent = question;
  dialog.querySelector("[data-answer]").textContent = yes;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

if (dialog) {
  const agreed = new WeakSet();
  // On the way down, so that it is heard before htmx, which listens on the form itself.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const by = event.submitter;
    const says = by?.dataset.confirm ? by : form;
    if (!says.dataset.confirm || agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!(await ask(says.dataset.confirm, says.dataset.confirmYes))) return;
    agreed.add(form);
    form.requestSubmit(by ?? undefined);
  }, true);

  document.addEventListener("htmx:confirm", async (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    if (await ask(event.detail.question, event.detail.elt.dataset.confirmYes)) event.detail.issueRequest(true);
  });
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
