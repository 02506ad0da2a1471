/** One row of writing in this page: its texts, what the server has of them, and the way there. */

import { TAB, put, remove, uuid } from "./drafts.js";
import { post, read } from "./autosave-server.js";

const IDLE = 1_200;      // ms after the last key
const LONGEST = 4_000;   // ms after the first unsaved key, however fast one types
const DRAFT = 250;       // ms between two drafts
const FIRST_RETRY = 1_000, LAST_RETRY = 30_000;

const KEPT = "Your text is kept in this browser and will be sent.";
const UNKEPT = "Your text is only in this page: keep it open.";

export const channel = "BroadcastChannel" in window ? new BroadcastChannel("prepsite-writing") : null;

export class Row {
  constructor({ writing, owner, tokenUrl }, version) {
    Object.assign(this, { url: writing, owner, tokenUrl, version });
    this.mine = new Map();      // field → text as it stands in the page
    this.saved = new Map();     // field → text as the server has it, as far as this page knows
    this.controls = new Map();  // field → its element
    this.panel = null;          // the element that tells the state
    this.job = null;            // the save on its way, until it is answered for certain
    this.sending = null;        // settles when the save on its way is answered
    this.handing = null;        // field → text that htmx has on its way to the server in another way
    this.conflict = null;
    this.stopped = false;
    this.tries = 0;
    this.since = 0;             // when the first unsaved key was struck
    this.kind = this.said = ""; // the state as last shown
    this.clock = "";            // of the last save that was acknowledged
    this.key = uuid();          // of the draft, should another page send it
    this.drafted = true;        // whether IndexedDB took the last draft
  }

  /** Join the fields in `scope`, around `panel`; again, when htmx brings a fresh copy of them. */
  bind(panel, scope, version) {
    this.panel = panel;
    this.scope = scope;
    const fresh = version >= this.version && !this.job;
    for (const name of panel.dataset.fields.split(" ")) {
      const control = scope.querySelector(`[name="${name}"]`);
      if (!control) continue;
      const served = control.defaultValue;
      if (!this.controls.has(name)) {
        this.saved.set(name, served);
        this.mine.set(name, control.value);   // somebody may have typed before this script came
      } else if (fresh && !this.differs(name)) {
        this.saved.set(name, served);
        this.mine.set(name, served);
      }
      // htmx put the caret back before the words were there.
      const caret = this.controls.get(name)?.selectionStart;
      this.controls.set(name, control);
      this.write(name, caret);
    }
    this.setVersion(fresh ? version : this.version);
    if (!this.unsaved()) return void (this.kind = "");   // the fresh panel says when it last changed
    if (this.kind) this.draw();
    this.typed();
  }

  differs(name) { return this.mine.get(name) !== this.saved.get(name); }

  changes() {
    const names = [...this.mine.keys()].filter((name) => this.differs(name));
    return Object.fromEntries(names.map((name) => [name, this.mine.get(name)]));
  }

  unsaved() { return Boolean(this.job) || [...this.mine.keys()].some((name) => this.differs(name)); }

  write(name, caret) {
    const control = this.controls.get(name), text = this.mine.get(name);
    if (!control || control.value === text) return;
    const at = caret ?? control.selectionStart;
    control.value = text;
    if (document.activeElement === control) control.setSelectionRange(at, at);
  }

  setVersion(version) {
    this.version = version;
    const field = this.scope?.querySelector("input[name=version]");
    if (field) field.value = version;
  }

  input(name, text) { this.mine.set(name, text); this.typed(); }

  typed() {
    this.draftSoon();
    if (this.conflict || this.stopped || this.tries || this.handing) return;
    if (!this.unsaved()) return this.settled();
    // At once: a "Saved" of the words before must not stand beside words that are not.
    if (this.kind === "saved") this.show("saving", "Saving…");
    this.since ||= performance.now();
    this.sendIn(Math.min(IDLE, this.since + LONGEST - performance.now()));
  }

  sendIn(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), Math.max(0, wait));
  }

  /* The first key is kept at once, the next ones four times a second. */
  draftSoon() {
    if (this.draftTimer) return void (this.draftAgain = true);
    this.keepDraft();
    this.draftTimer = setTimeout(() => {
      this.draftTimer = 0;
      if (this.draftAgain) this.draftSoon();
    }, DRAFT);
    this.draftAgain = false;
  }

  record() {
    const { owner, url, key, job, version: base } = this;
    const fields = this.changes();
    // What was put back while its save was on its way is a change too, from what the server may have.
    for (const name of Object.keys(job?.fields ?? {})) fields[name] = this.mine.get(name);
    return { owner, url, tab: TAB, key, base, fields, job, at: Date.now() };
  }

  async keepDraft() {
    try {
      await (this.unsaved() ? put(this.record()) : remove(this.record()));
      this.drafted = true;
    } catch {
      this.drafted = false;
    }
  }

  /** Send what is unsaved now. One save at a time; it is repeated with its key until answered. The
      promise settles with the one on its way, which may be an earlier one. */
  send() {
    clearTimeout(this.timer);
    if (this.sending || this.conflict || this.stopped || this.handing) return this.sending;
    if (!this.job) {
      const fields = this.changes();
      if (!Object.keys(fields).length) return null;
      this.job = { key: uuid(), base: this.version, fields };
    }
    return this.sending = this.deliver(this.job);
  }

  async deliver(job) {
    this.since = 0;
    if (!this.tries) this.show("saving", "Saving…");
    this.keepDraft();
    const { status, data } = await post(this, job, TAB);
    this.sending = null;
    if (this.job === job) this.heard(status, data);
    else this.overtaken(status, data);
    document.dispatchEvent(new CustomEvent("autosave", { detail: this }));
  }

  heard(status, data) {
    if (status === 200 && Number.isInteger(data?.version)) return this.acknowledged(data);
    if (status === 409 && data?.html) return this.disagree(data);
    if (status === 401) return this.later("signedout", "Signed out. Sign in in another tab.");
    if (status === 404) return this.stop("Not saved: this text is no longer on the server.");
    if (status === 423) return this.locked(data);
    if ([413, 415, 422].includes(status)) return this.refused(data);
    const why = navigator.onLine ? "the server does not answer" : "offline";
    return this.later("offline", `Not saved: ${why}.`);
  }

  /** The text was handed over while this save was on its way: only its version is news. */
  overtaken(status, data) {
    if (status === 200) this.clock = data.clock;
    if (status === 200 && data.version > this.version) this.setVersion(data.version);
    this.typed();
  }

  acknowledged(data) {
    const { fields } = this.job;
    this.job = null;
    this.tries = 0;
    this.setVersion(data.version);
    for (const [name, text] of Object.entries(fields)) this.saved.set(name, text);
    this.take(data.fields ?? {});
    this.keepDraft();
    const stored = { ...fields, ...data.fields };
    channel?.postMessage({ url: this.url, owner: this.owner, version: data.version, fields: stored });
    this.clock = data.clock;
    if (this.unsaved()) return this.typed();
    this.show("saved", `Saved ${data.clock}`);
  }

  /** What was typed was taken back: the server has these very words already. */
  settled() {
    clearTimeout(this.timer);
    this.since = 0;
    if (this.kind === "saving" && this.clock) this.show("saved", `Saved ${this.clock}`);
  }

  /** The server's texts, for every field that has no unsaved change and is not being typed in. */
  take(fields) {
    for (const [name, text] of Object.entries(fields)) {
      if (!this.mine.has(name) || this.differs(name)) continue;
      if (document.activeElement === this.controls.get(name) && this.mine.get(name).trim() === text) continue;
      this.saved.set(name, text);
      this.mine.set(name, text);
      this.write(name);
    }
  }

  /** Another tab saved `version`. Without unsaved changes this page follows. */
  async follow(version, fields) {
    if (version <= this.version || this.unsaved() || this.conflict) return;
    if (version > this.version + 1) return this.refresh();
    this.take(fields);
    this.setVersion(version);
  }

  async refresh() {
    if (this.unsaved() || this.conflict || this.stopped) return;
    const { status, data } = await read(this.url);
    if (status !== 200 || data.version <= this.version || this.unsaved()) return;
    this.take(data.fields);
    this.setVersion(data.version);
  }

  later(kind, why) {
    const wait = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** this.tries++);
    this.sendIn(wait * (0.8 + 0.4 * Math.random()));
    this.show(kind, why, true);
  }

  /** Until the server has every word of this row, or cannot have it now. */
  async flush() {
    while (this.unsaved() && !this.stopped && !this.handing) {
      await this.send();
      if (this.tries || this.conflict || this.kind === "unsaved") return;
    }
  }

  /** Something has changed for the better: do not wait any longer. */
  retry() { if (this.unsaved() && (this.tries || !this.sending)) this.send(); }

  refused(data) {
    this.job = null;   // certainly not stored; the next change makes a new save
    this.tries = 0;
    this.show("unsaved", `Not saved: ${data?.error ?? "the server refused this text."}`, true);
    this.keepDraft();
  }

  /** htmx sends `data`, a FormData, with this form: until it is answered, no save goes beside it. */
  hand(data) {
    clearTimeout(this.timer);
    const names = [...this.mine.keys()].filter((name) => data.has(name));
    this.handing = Object.fromEntries(names.map((name) => [name, data.get(name)]));
  }

  /** What was handed has arrived. Words typed since then are still unsaved. */
  handedOver() {
    this.job = null;
    this.saved = new Map(Object.entries({ ...Object.fromEntries(this.mine), ...this.handing }));
    if (this.kind === "saving") this.show("saved", "Saved");
    this.keepDraft();
  }

  /** The request is over, however it went. */
  handed() {
    this.handing = null;
    this.typed();
  }

  locked(data) {
    this.job = null;
    this.stop(`${data.error} Your last words are in the history.`);
    this.saved = new Map(this.mine);
    this.keepDraft();   // the server keeps them: nothing is left to send
    for (const control of this.controls.values()) control.readOnly = true;
  }

  stop(why) {
    this.stopped = true;
    // No more to bring along with a button of the page, which the server would refuse for it.
    for (const field of this.scope.querySelectorAll("[name=writing], [name=version]")) field.disabled = true;
    this.show("unsaved", why);
  }

  disagree(data) {
    this.conflict = { ...data, base: this.job.base, sent: this.job.fields };
    this.job = null;
    this.tries = 0;
    this.keepDraft();
    this.show("conflict", "Not saved: this text was changed elsewhere. Choose below which one to keep.");
  }

  /** Settle a conflict: `kind` is mine, theirs or merged, `merged` the texts of the last. */
  async choose(kind, merged = {}) {
    let theirs = this.conflict;
    const mine = this.changes();
    if (kind === "theirs" && Object.keys(mine).some((name) => mine[name] !== theirs.sent[name])) {
      // Typed since the server kept a copy: let it keep this one too before it leaves the page.
      const { status, data } = await post(this, { key: uuid(), base: theirs.base, fields: mine }, TAB);
      if (status !== 409) return this.show("offline", "Not yet: the server does not answer.", true);
      theirs = data;
    }
    this.conflict = null;
    for (const [name, text] of Object.entries(theirs.fields)) {
      const own = kind !== "theirs" && name in mine;
      this.saved.set(name, text);
      this.mine.set(name, merged[name] ?? (own ? mine[name] : text));
      this.write(name);
    }
    this.setVersion(theirs.version);
    this.clock = theirs.clock;
    await this.keepDraft();
    if (this.unsaved()) return this.send();
    this.show("saved", `Saved ${this.clock}`);
  }

  /** Take over the draft of a page that is gone. False when this page has its own changes. */
  adopt(draft) {
    if (this.unsaved() || this.conflict) return false;
    const news = Object.entries(draft.fields).filter(([name, text]) => text !== this.mine.get(name));
    if (!news.length) return true;
    for (const [name, text] of news) {
      this.mine.set(name, text);
      this.write(name);
    }
    this.setVersion(draft.base);
    this.job = draft.job;
    this.show("saving", "Restored from this browser. Saving…");
    this.keepDraft();
    this.send();
    return true;
  }

  show(kind, text, kept = false) {
    this.kind = kind;
    this.said = kept ? `${text} ${this.drafted ? KEPT : UNKEPT}` : text;
    this.draw();
  }

  draw() {
    const { kind, said, panel } = this;
    if (!panel) return;
    const seen = panel.querySelector("[data-save-state]");
    seen.dataset.state = kind;
    seen.textContent = said;
    // A status that is read aloud changes once a minute at most while all is well.
    const spoken = panel.querySelector("[data-save-said]");
    if (kind !== "saving" && spoken.textContent !== said) spoken.textContent = said;
    panel.querySelector("[data-sign-in-link]").hidden = kind !== "signedout";
  }
}
