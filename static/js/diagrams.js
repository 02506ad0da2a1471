/* A diagram that is still being drawn shows a stand-in of exactly this size
   (writing/diagram_views.py). Ask for the drawing again until it is there. */
const WIDTH = 361, HEIGHT = 121;
const TRIES = 30;

document.addEventListener("load", (event) => {
  const img = event.target;
  if (!(img instanceof HTMLImageElement) || !img.closest(".diagram")) return;
  if (img.naturalWidth !== WIDTH || img.naturalHeight !== HEIGHT) return;
  const address = new URL(img.src);
  const tries = Number(address.searchParams.get("again")) + 1;
  if (tries > TRIES) return;
  address.searchParams.set("again", tries);
  setTimeout(() => { img.src = address; }, 1000);
}, true);

/* Those that were there before this module was. */
for (const img of document.querySelectorAll(".diagram img")) {
  if (img.complete) img.dispatchEvent(new Event("load"));
}
