/** Writing that saves itself: joins every [data-autosave], a form or a part of one, to its row.

    A key is in IndexedDB within 300 ms, on the server within 2 s of a pause and within 5 s of steady
    typing. "Saved" is shown only when the server echoed the version it stored. */

import { TAB, draft, drafts, held, remove, uuid, whenGone } from "./drafts.js";
import { post } from "./autosave-server.js";
import { Row, channel } from "./autosave-row.js";

const rows = new Map();       // save address → Row
const scopes = new WeakMap(); // element with data-autosave → its Row
let owner = null;
let swept = false;
const watched = new Set();   // tabs whose end this page waits for
const GRACE = 5_000;         // ms in which a page that was reloaded takes its own words up again

function join(panel) {
  const scope = panel.closest("[data-autosave]");
  if ("joined" in panel.dataset || !scope) return;
  panel.dataset.joined = "";
  const version = Number(scope.querySelector("input[name=version]").defaultValue);
  const key = panel.dataset.writing;
  owner = panel.dataset.owner;
  const known = rows.get(key);
  const row = known ?? new Row(panel.dataset, version);
  rows.set(key, row);
  row.bind(panel, scope, version);
  listen(row, scope);
  if (row.conflict) showConflict(row);
  if (!known) recover(row);
}

function listen(row, scope) {
  scopes.set(scope, row);
  scope.addEventListener("input", ({ target }) => {
    if (row.controls.get(target.name) === target) row.input(target.name, target.value);
  });
  scope.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    row.send();
  });
}

/* In a form around a whole page the first button is another's: Enter presses the one beside it. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
  const beside = event.target.matches("input") && event.target.closest("[data-autosave], [data-enter]");
  if (!beside) return;
  event.preventDefault();
  beside.querySelector("button[type=submit]")?.click();
});

const within = (form) => [...rows.values()].filter(({ scope }) => form.contains(scope));

/* The save address itself: save without leaving. Another address: save every text of the form first,
   so that it goes with the versions they are then at. htmx sends its forms itself; what it brought to
   the server is no draft any more. Before htmx hears of it: capturing. */
async function submit(event) {
  const form = event.target, { submitter } = event;
  const inside = within(form);
  const to = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const own = inside.find((row) => row.url === to);
  if (own) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (own.unsaved()) own.send();
    else if (own.clock) own.show("saved", `Saved ${own.clock}`);
  } else if (form.matches("[hx-post], [hx-put], [hx-patch]")) {
    for (const row of inside) clearTimeout(row.timer);   // htmx decides; see below
  } else if (inside.some((row) => row.unsaved() && !row.stopped)) {
    event.preventDefault();
    await Promise.all(inside.map((row) => row.flush()));
    if (inside.every((row) => row.stopped || !row.unsaved())) form.requestSubmit(submitter);
  }
}

/* Drafts of pages that are gone: this row's come back into the page, other rows' are sent. */
async function recover(row) {
  try {
    for (const { tab } of await drafts(row.owner, row.url)) watch(row, tab);
    if (!swept) {
      swept = true;
      for (const other of await drafts(row.owner)) {
        if (!rows.has(other.url)) whenGone(other.tab, () => sendOther(row, other));
      }
    }
  } catch {
    row.drafted = false;   // no IndexedDB: the page says so when it matters
  }
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") row.refresh();
}

async function watch(row, tab, grace = 0) {
  const name = `${tab} ${row.url}`;
  if (tab === TAB || watched.has(name)) return;
  watched.add(name);
  if (grace) {
    await whenGone(tab, () => {});
    await new Promise((resolve) => { setTimeout(resolve, grace); });
  }
  whenGone(tab, () => takeOver(row, tab));
}

async function takeOver(row, tab) {
  const left = await draft({ owner: row.owner, url: row.url, tab });
  if (!left) return;
  if (row.adopt(left)) {
    await row.keepDraft();
    return remove(left);
  }
  // This page has changes of its own: the server keeps the draft, and says if the two disagree.
  const status = await deliver(row, left);
  if ([200, 409, 423].includes(status)) await remove(left);
}

async function sendOther({ tokenUrl }, { owner: whose, url, tab }) {
  const left = await draft({ owner: whose, url, tab });
  if (!left) return;
  // A conflict stays a draft: the page it belongs to asks.
  const status = await deliver({ url, owner: whose, tokenUrl }, left);
  if ([200, 423].includes(status)) await remove(left);
}

async function deliver(place, { key, base, fields, job }) {
  let from = base;
  if (job) {
    const { status, data } = await post(place, job, TAB);
    if (status === 200) from = data.version;
    else if (status !== 409) return status;
  }
  return (await post(place, { key: key ?? uuid(), base: from, fields }, TAB)).status;
}

/* Both texts and the choice, beneath the form; the server wrote and escaped the markup. */
function showConflict(row) {
  document.querySelectorAll("[data-conflict]").forEach((form) => {
    if (form.getAttribute("action") === row.url) form.closest(".conflict").remove();
  });
  if (!row.conflict) return;
  const holder = document.createElement("template");
  holder.innerHTML = row.conflict.html;
  const panel = holder.content.querySelector(".conflict");
  panel.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-choice]");
    if (!button) return;
    event.preventDefault();
    const merged = {};
    if (button.dataset.choice === "merged") {
      for (const text of panel.querySelectorAll("textarea[name]")) merged[text.name] = text.value;
    }
    await row.choose(button.dataset.choice, merged);
    if (row.conflict) return;
    showConflict(row);
    row.controls.values().next().value?.focus();
  });
  panel.addEventListener("submit", (event) => event.preventDefault());
  row.scope.after(panel);
}

document.addEventListener("autosave", ({ detail: row }) => { if (row.conflict) showConflict(row); });

const all = (work) => rows.forEach(work);

function joinAll(root = document) {
  for (const panel of root.querySelectorAll("[data-autosave] [data-writing]")) join(panel);
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") all((row) => row.send());
  else all((row) => { row.retry(); row.refresh(); });
});
addEventListener("pagehide", () => all((row) => row.send()));
addEventListener("online", () => all((row) => row.retry()));
addEventListener("focus", () => all((row) => { if (row.tries) row.retry(); }));
document.addEventListener("submit", submit, true);
/* The row whose words htmx sends: with its form, or by a button beside them. */
const handing = ({ verb, elt }) => {
  if (verb === "get") return undefined;
  return scopes.get(elt) ?? (elt.matches("button") ? scopes.get(elt.closest("[data-autosave]")) : undefined);
};
/* Not beside a save of the same words that is on its way: it would come too late. What is typed while
   they wait for its answer belongs to what comes next. */
document.addEventListener("htmx:confirm", async (event) => {
  const { detail } = event, row = handing(detail);
  if (!row?.sending || detail.question) return;
  event.preventDefault();
  if (row.pressed) return;
  row.pressed = new Map([...row.controls].map(([name, { value }]) => [name, value]));
  await row.sending;
  detail.issueRequest(true);
  row.pressed = null;   // also when htmx has not asked, as for a button that is gone
});
// The texts of a form save themselves: a request of its buttons brings along none but its own.
document.addEventListener("htmx:configRequest", ({ detail: { verb, elt, formData } }) => {
  const form = elt.form ?? elt.closest("form");
  if (verb === "get" || !form) return;
  const own = handing({ verb, elt });
  formData.delete("writing");
  // hx-include says which words are needed, to look at them.
  if (!elt.closest("[hx-include]")) {
    const names = within(form).flatMap((row) => [...row.controls.keys()]);
    for (const name of names) if (name !== elt.name) formData.delete(name);
  }
  for (const [name, { value }] of own?.controls ?? []) formData.set(name, own.pressed?.get(name) ?? value);
});
document.addEventListener("htmx:beforeRequest", ({ detail: { requestConfig } }) => {
  handing(requestConfig)?.hand(requestConfig.formData);
});
// Before the answer is swapped in, so that a fresh copy of the form is taken as it came.
document.addEventListener("htmx:beforeOnLoad", ({ detail: { xhr, requestConfig } }) => {
  if (xhr.status < 300) handing(requestConfig)?.handedOver();
});
document.addEventListener("htmx:afterRequest", ({ detail: { requestConfig } }) => {
  handing(requestConfig)?.handed();
});
// At once: what is typed into a fresh copy before it is joined would be written over.
for (const brought of ["htmx:afterSwap", "htmx:load"]) {
  document.addEventListener(brought, ({ target }) => joinAll(target.closest?.("[data-autosave]") ?? target));
}

/* Tabs tell each other that they are there and with which rows: each then waits to take over what
   the other may leave unsent. It also says that this person is signed in. */
const greet = (hello) => channel?.postMessage({ owner, tab: TAB, urls: [...rows.keys()], hello });

channel?.addEventListener("message", ({ data }) => {
  if (data.owner !== owner) return;
  if (data.url) return void rows.get(data.url)?.follow(data.version, data.fields);
  for (const url of data.urls) if (rows.has(url)) watch(rows.get(url), data.tab, GRACE);
  all((row) => { if (row.tries) row.retry(); });
  if (data.hello) greet(false);
});

joinAll();
if (owner) held.then(() => greet(true));
