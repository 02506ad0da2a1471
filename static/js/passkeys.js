/* Shows the controls of passkeys where the browser can use one, and says why where it cannot.
   allauth's own scripts do the ceremony; they tell of a failure by the event "allauth.error". */
const byNumber = /^(\d+\.){3}\d+$|^\[/.test(location.hostname);
const reason = byNumber ? "address" : !window.isSecureContext || !window.PublicKeyCredential ? "insecure" : "";

for (const control of document.querySelectorAll("[data-passkey]")) control.hidden = Boolean(reason);
if (reason) {
  for (const text of document.querySelectorAll(`[data-passkey-missing="${reason}"]`)) text.hidden = false;
  // On one's own machine the name is always the same.
  const named = new URL(location.href);
  named.hostname = "localhost";
  for (const link of document.querySelectorAll("[data-passkey-elsewhere]")) link.href = named;
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[id*=webauthn], #passkey_login")) return;
  for (const text of document.querySelectorAll("[data-passkey-error]")) text.hidden = true;
});
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const text of document.querySelectorAll("[data-passkey-error]")) text.hidden = false;
});
