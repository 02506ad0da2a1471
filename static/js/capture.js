/* Taking something down from any page. What is typed is in IndexedDB within 300 ms and stays there
   until the server has it; a page that dies leaves it to the next one (autosave.js sends what it
   finds, this sheet takes it up again). Cancelled words stay in the sheet while the page does. */
const sheet = document.getElementById("capture");
const SOON = 250;   // ms between two drafts
const plain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);

if (sheet) {
  const form = sheet.querySelector("form");
  const text = form.elements.text;
  const said = form.querySelector("[data-said]");
  const url = form.getAttribute("action");
  const place = { url, owner: form.dataset.owner, tokenUrl: form.dataset.tokenUrl };
  let loading = null, key = null, timer = 0, sending = false;

  const tools = () => loading ??= Promise.all([import("./drafts.js"), import("./autosave-server.js")])
    .then(([drafts, server]) => ({ ...drafts, post: server.post }));

  const fields = () => ({
    kind: form.elements.kind.value,
    text: text.value,
    source: location.pathname + location.search,
    source_title: document.title.replace(/ · Prepsite$/, ""),
  });

  async function draft() {
    const { TAB, put, remove, uuid } = await tools();
    key ??= uuid();
    const record = { owner: place.owner, url, tab: TAB, key, base: 0, fields: fields(), job: null, at: Date.now() };
    await (text.value.trim() && sheet.open ? put(record) : remove(record)).catch(() => {});
  }

  async function recover() {
    const { TAB, drafts, draft: one, remove, whenGone } = await tools();
    const left = await drafts(place.owner, url).catch(() => []);
    for (const { tab } of left.filter((each) => each.tab !== TAB)) {
      whenGone(tab, async () => {
        const found = await one({ owner: place.owner, url, tab });
        if (!found || text.value) return;
        text.value = found.fields.text;
        form.elements.kind.value = found.fields.kind;
        key = found.key;
        await draft();
        await remove(found);
      });
    }
  }

  function tell(words, link) {
    said.textContent = words;
    said.hidden = !words;
    if (!link) return;
    const anchor = Object.assign(document.createElement("a"), { href: link, target: "_blank", textContent: "Sign in" });
    said.append(" ", anchor);
  }

  function open() {
    const picked = String(getSelection()).trim();
    if (picked && !text.value && picked.length < 1_000) text.value = `> ${picked.replace(/\n+/g, "\n> ")}\n\n`;
    tell("");
    sheet.showModal();
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
    recover();
  }

  async function save() {
    if (sending || !text.value.trim()) return void text.focus();
    sending = true;
    const { TAB, post, uuid } = await tools();
    key ??= uuid();
    const { status, data } = await post(place, { key, base: 1, fields: fields() }, TAB);
    sending = false;
    if (status === 200) return kept(data);
    const waits = "Your words are kept in this browser.";
    if (status === 401) tell(`Signed out. ${waits}`, form.dataset.signIn);
    else if (status === 422 || status === 413) tell(data?.error ?? "This is too long to be kept in one go.");
    else tell(`Not kept yet: ${navigator.onLine ? "the server does not answer" : "you are offline"}. ${waits} Press Keep again.`);
    text.focus();
  }

  async function kept(data) {
    text.value = "";
    await draft();
    key = null;
    sheet.close();
    const region = document.getElementById("toasts");
    region.insertAdjacentHTML("beforeend", data.toast);
    htmx.process(region.lastElementChild);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-capture]");
    if (!link || !plain(event)) return;
    event.preventDefault();
    open();
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draft, SOON);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    save();
  });
  sheet.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) sheet.close(); });
  sheet.addEventListener("close", () => { clearTimeout(timer); if (key) draft(); });
}
