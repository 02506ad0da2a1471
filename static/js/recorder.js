/** Records a telling, where somebody asks for it, into this browser (recordings.js), and plays and
    deletes what is there. Without a microphone, a permission or room the telling goes on without. */

import * as kept from "./recordings.js";

const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const EVERY = 2_000;        // ms of sound in a chunk: so much at most is lost with the page
const SPEECH = 32_000;      // bits a second, plenty for a voice
const WHY = {
  NotAllowedError: "The microphone was refused, so nothing is recorded. The browser’s settings for this site can allow it.",
  NotFoundError: "No microphone was found, so nothing is recorded.",
  NotReadableError: "Another program has the microphone, so nothing is recorded.",
};

const place = document.getElementById("recordings");
const telling = () => document.getElementById("telling");
const able = () => Boolean(window.MediaRecorder && window.indexedDB && navigator.mediaDevices?.getUserMedia);

let recorder = null;   // the one under way, and what it is of
let about = null;
let trouble = "";

function say(text) {
  const said = document.querySelector("[data-recorder]");
  if (said && said.textContent !== text) said.textContent = text;
}

/* --- recording ------------------------------------------------------------------------------ */

const microphone = () => navigator.mediaDevices.getUserMedia({ audio: true });
const release = (stream) => stream?.getTracks().forEach((track) => track.stop());

async function ask(box) {
  say("");
  if (!box.checked) return;
  try {
    release(await microphone());
    say("Ready to record. It stays in this browser on this device; nobody else can hear it.");
  } catch (error) {
    refuse(box, error);
  }
}

function refuse(box, error) {
  box.checked = false;
  say(WHY[error.name] ?? "Recording does not work here, so nothing is recorded.");
}

async function begin(form) {
  const stream = await microphone();
  const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one)) ?? "";
  recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: SPEECH });
  trouble = "";
  form.dataset.ready = "";
}

/* The clock began: what the microphone hears is of this telling. */
function record(mine) {
  const { owner, story, title } = place.dataset;
  about = { owner: Number(owner), story: Number(story), telling: Number(telling().dataset.telling), title,
            at: new Date().toISOString(), type: mine.mimeType };
  const from = performance.now();
  const of = about;
  let last = Promise.resolve();
  mine.addEventListener("dataavailable", ({ data }) => {
    if (!data.size || trouble) return;
    const seconds = Math.round((performance.now() - from) / 1000);
    last = last.then(() => kept.add(of, data, seconds)).catch(() => {
      trouble = "This device has no more room, so the recording ends here. The telling goes on.";
      if (mine.state !== "inactive") mine.stop();
    });
  });
  mine.addEventListener("stop", async () => {
    release(mine.stream);
    await last;
    if (recorder === mine) recorder = null;
    say(trouble);
    show();
  });
  mine.addEventListener("error", () => { trouble ||= "The recording broke off. The telling goes on."; });
  navigator.storage?.persist?.().catch(() => {});
  mine.start(EVERY);
}

function drop() {
  if (recorder?.state === "inactive") {   // never begun: the clock did not start
    release(recorder.stream);
    recorder = null;
  } else recorder?.stop();
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.dataset?.start === undefined) return;
  const box = form.elements.record;
  if (!box?.checked || "ready" in form.dataset) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  try {
    await begin(form);
    form.requestSubmit();
  } catch (error) {
    refuse(box, error);
  }
}, true);

document.addEventListener("change", ({ target }) => { if (target.matches?.("[data-record] input")) ask(target); });

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, ({ detail: { requestConfig: { elt } } }) => {
    if (elt.dataset?.start === undefined) return;
    delete elt.dataset.ready;
    drop();
  });
}

document.addEventListener("htmx:afterSwap", ({ detail: { requestConfig } }) => {
  if (requestConfig.target?.id === "telling") arrive();
});

addEventListener("pagehide", () => { if (recorder?.state === "recording") recorder.requestData(); });

/* --- what is kept --------------------------------------------------------------------------- */

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function size(rows) {
  const bytes = rows.reduce((sum, row) => sum + kept.bytes(row), 0);
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

// In the reader's zone, as every other time on the page.
const spoken = new Intl.DateTimeFormat("en-GB", { timeZone: place?.dataset.zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

function button(text, name, work) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button plain";
  made.textContent = text;
  made.setAttribute("aria-label", `${text}: ${name}`);
  made.addEventListener("click", work);
  return made;
}

/** A recording as an element: when, how long, how large, Play and Delete. */
function item(row, tag) {
  // One that is there, perhaps playing, stays as long as nothing was added to it.
  const known = document.querySelector(`${tag}.recording[data-of="${row.telling}"][data-bytes="${kept.bytes(row)}"]`);
  if (known) return known;
  const element = document.createElement(tag);
  element.className = "recording";
  element.dataset.of = row.telling;
  element.dataset.bytes = kept.bytes(row);
  const name = spoken.format(new Date(row.at));
  const words = document.createElement("span");
  words.className = "num";
  words.textContent = [...(row.story === Number(place.dataset.story) ? [] : [row.title]), name, clock(row.seconds), size([row])].join(" · ");
  const listen = button("Listen", name, () => {
    const audio = document.createElement("audio");
    audio.controls = true;
    audio.src = URL.createObjectURL(kept.sound(row));
    audio.setAttribute("aria-label", `Recording of ${name}`);
    listen.replaceWith(audio);
    audio.play().catch(() => {});
  });
  const gone = button("Delete", name, () => discard([row], "The recording is deleted."));
  element.append(words, listen, gone);
  return element;
}

/* Gone from this device at once; only this page could still bring it back. */
async function discard(rows, message) {
  for (const row of rows) await kept.remove(row);
  say("");
  await show();
  (place.querySelector("button") ?? telling().querySelector("button"))?.focus();
  const run = async () => {
    for (const row of rows) await kept.putBack(row);
    await show();
  };
  document.dispatchEvent(new CustomEvent("toast", { detail: { message, level: "info", action: "Undo", run } }));
}

async function show() {
  const rows = await kept.all(Number(place.dataset.owner)).catch(() => []);
  place.hidden = !rows.length;
  place.querySelector("[data-kept]").textContent = `${rows.length} in all, ${size(rows)}.`;
  place.querySelector("ul").replaceChildren(...rows.map((row) => item(row, "li")));
  const here = telling().querySelector("[data-recording]");
  const of = here && rows.find((row) => row.telling === Number(here.dataset.recording));
  here?.replaceChildren(...(of ? [item(of, "p")] : []));
  return rows;
}

async function arrive() {
  const { state, telling: which } = telling().dataset;
  if (state === "running" && recorder?.state === "inactive") record(recorder);
  else if (state !== "running" && recorder) drop();
  const box = telling().querySelector("[data-record]");
  if (box && able()) box.hidden = false;
  else if (box) say(window.isSecureContext ? "This browser cannot record." : "Recording needs an https address.");
  if (state === "running" && recorder) {
    say("Recording, into this browser on this device.");
    return;
  }
  const rows = window.indexedDB ? await show() : [];
  const cut = state === "running" && rows.find((row) => row.telling === Number(which));
  if (cut) say(`The recording ended when this page was left; ${clock(cut.seconds)} of it is kept.`);
}

place?.querySelector("[data-delete-all]").addEventListener("click", async () => {
  const rows = await kept.all(Number(place.dataset.owner));
  if (rows.length) await discard(rows, rows.length === 1 ? "The recording is deleted." : `${rows.length} recordings are deleted.`);
});
if (place) arrive();
