/** Changes of one page, one after the other. Answers that passed each other on a slow line would
    show counts, and rows, from before. */

let last = Promise.resolve();
const waiting = new Map();   // id → its changes that are not answered yet

export const waits = (id) => waiting.has(id);

/** POST to `url(element)` for the element with this id, as it stands when its turn has come: the
    answer before may have drawn it anew. The answer takes its place. */
export function inTurn(id, url) {
  waiting.set(id, (waiting.get(id) ?? 0) + 1);
  document.getElementById(id).setAttribute("aria-busy", "true");
  last = last.then(() => take(id, url));
}

async function take(id, url) {
  const source = document.getElementById(id);
  if (source) await htmx.ajax("POST", url(source), { source, target: source, swap: "outerHTML" }).catch(() => {}); // errors.js has said so
  const left = waiting.get(id) - 1;
  if (left) return void waiting.set(id, left);
  waiting.delete(id);
  document.getElementById(id)?.removeAttribute("aria-busy");
}
