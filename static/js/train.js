/** Stories one a screen, turned by key, button or thumb. Everything is in the page: once it is
    open, it needs no connection. Without this script one swipes, and each screen says its number. */

const carriage = document.querySelector(".carriage");
const seats = carriage ? [...carriage.querySelectorAll(".seat")] : [];
const where = document.querySelector("[data-where]");
const buttons = [...document.querySelectorAll("[data-turn]")];
let at = 0;

function stand(number) {
  at = number;
  where.textContent = `${at + 1} of ${seats.length}`;
  for (const button of buttons) button.setAttribute("aria-disabled", String(!seats[at + Number(button.dataset.turn)]));
}

function turn(by) {
  const seat = seats[at + by];
  if (!seat) return;
  // As the reader wishes it: without motion when that was asked for.
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  carriage.scrollTo({ left: seat.offsetLeft - seats[0].offsetLeft, behavior });
  seat.focus({ preventScroll: true });
  stand(at + by);
}

const KEYS = { ArrowRight: 1, n: 1, ArrowLeft: -1, p: -1 };

if (seats.length) {
  const seen = new IntersectionObserver((entries) => {
    const entry = entries.filter((one) => one.isIntersecting).at(-1);
    if (entry) stand(seats.indexOf(entry.target));
  }, { root: carriage, threshold: 0.6 });
  seats.forEach((seat) => seen.observe(seat));
  for (const button of buttons) button.addEventListener("click", () => turn(Number(button.dataset.turn)));
  document.addEventListener("keydown", (event) => {
    if (!(event.key in KEYS) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.documentElement.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    turn(KEYS[event.key]);
  });
  stand(0);
}
