/** The matrix by keyboard and without leaving the page. Every cell is a button that sends its form;
    here the answer is put in its place, arrows go from cell to cell, 1, 2 and 0 set one outright. */

import { inTurn } from "./turns.js";

const form = document.getElementById("matrix");
const table = form?.querySelector("table");
const cellOf = (element) => element.closest?.("th, td");
const visible = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? true;

/** What can be reached in a line: the story's link and the cells, or the links of the headings. */
const reach = (line) => [...line.cells].map((cell) => cell.querySelector("a, .cell"));
const lines = () => [...table.rows].filter((line) => !line.matches(".groups"));

/* One stop for the Tab key in the whole table, at the cell that was last used. */
let current = null;

function settle(element) {
  current = element.id || element;
  for (const line of lines()) for (const each of reach(line)) if (each) each.tabIndex = each === element ? 0 : -1;
}

const held = () => (typeof current === "string" ? document.getElementById(current) : current);

/* What a cell's button leads to is read when its turn has come: two clicks are two steps. */
function send(button, level) {
  if (!button.matches("button")) return;
  inTurn(button.id, ({ formAction }) => (level ? formAction.replace(/[a-z]+\/$/, `${level}/`) : formAction));
}

function step(from, dx, dy) {
  const all = lines().map(reach);
  let y = all.findIndex((line) => line.includes(from));
  let x = all[y].indexOf(from);
  for (;;) {
    y += dy;
    x += dx;
    if (y < 0 || x < 0 || y >= all.length || x >= all[y].length) return;
    const next = all[y][x];
    if (next && visible(next)) return next.focus();
  }
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LEVELS = { 1: "primary", 2: "secondary", 0: "none" };

if (table) {
  table.setAttribute("role", "grid");
  settle(table.querySelector("tbody .cell"));

  form.addEventListener("submit", (event) => {
    if (!event.submitter) return;
    event.preventDefault();
    send(event.submitter);
  });

  table.addEventListener("focusin", ({ target }) => {
    const stop = target.closest("a, .cell");
    if (stop) settle(stop);
    mark(cellOf(target));
  });
  table.addEventListener("pointerover", ({ target }) => mark(cellOf(target)));
  table.addEventListener("pointerleave", () => mark(null));

  table.addEventListener("keydown", (event) => {
    const at = event.target.closest("a, .cell");
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
    if (ARROWS[event.key]) {
      event.preventDefault();
      step(at, ...ARROWS[event.key]);
    } else if (LEVELS[event.key] && at.matches("button") && document.documentElement.dataset.keys !== "off") {
      event.preventDefault();
      send(at, LEVELS[event.key]);
    }
  });

  // A cell that was drawn again takes the place of the old one in the order of Tab.
  document.addEventListener("htmx:afterSettle", () => {
    const stop = held();
    settle(stop?.isConnected ? stop : table.querySelector("tbody .cell"));
  });
}

/** The column under the pointer or the focus, faintly, up to its rotated heading. */
function mark(cell) {
  const cols = table.querySelectorAll("col");
  for (const col of cols) col.classList.remove("here");
  if (cell && !cell.closest(".groups") && cell.cellIndex > 0) cols[cell.cellIndex]?.classList.add("here");
}
