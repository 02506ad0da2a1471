/** The diagram while it is drawn: the palette writes Mermaid, the picture follows what is typed.
    A mistake leaves the last good drawing where it is and says what is wrong. */

const PAUSE = 700;        // ms after the last key
const AGAIN = 700;        // ms until a drawing in the making is asked for again
const TRIES = 40;

const place = document.querySelector("[data-sketch]");
const text = document.getElementById("diagram");
const picture = place?.querySelector("[data-drawing]");
const state = place?.querySelector("[data-sketch-state]");
let turn = 0, timer = 0, tried = text?.value ?? "";

function tell(words, kind = "") {
  state.textContent = words;
  state.dataset.state = kind;
}

async function post(url, values) {
  const token = place.closest("form").elements.csrfmiddlewaretoken.value;
  try {
    const answer = await fetch(url, {
      method: "POST", body: new URLSearchParams(values), redirect: "manual",
      headers: { "X-Requested-With": "fetch", "X-CSRFToken": token },
    });
    return answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
  } catch {
    return null;
  }
}

/* The boxes one can choose from, as the server reads them out of the text. */
function offer(nodes) {
  for (const select of place.querySelectorAll("[data-nodes]")) {
    const chosen = select.value;
    select.replaceChildren(select.options[0], ...nodes.map(([id, label]) => new Option(label, id)));
    select.value = nodes.some(([id]) => id === chosen) ? chosen : "";
  }
}

async function draw() {
  const mine = ++turn, source = text.value;
  clearTimeout(timer);
  tried = source;
  if (!source.trim()) return tell("");
  tell("Drawing…", "waiting");
  picture.classList.add("stale");
  const named = post(place.dataset.sketch, { diagram: source });
  let answer = await post(place.dataset.preview, { text: source });
  for (let tries = 0; answer?.state === "waiting" && tries < TRIES; tries += 1) {
    await new Promise((resolve) => { setTimeout(resolve, AGAIN); });
    if (mine !== turn) return;
    answer = await fetch(answer.check, { headers: { "X-Requested-With": "fetch" } }).then((r) => r.json()).catch(() => null);
  }
  const names = await named;
  if (mine !== turn) return;
  if (names?.nodes) offer(names.nodes);
  if (answer?.state === "drawn") return show(answer.url);
  picture.classList.toggle("stale", Boolean(picture.querySelector("img")));
  tell(answer?.problem || "The picture cannot be drawn now. The text is kept; go on.");
}

function show(url) {
  const img = new Image();
  img.alt = `Diagram of ${[...place.querySelectorAll("#start option")].slice(1).map((o) => o.text).join(", ")}`;
  img.onload = () => {
    const link = document.createElement("a");
    link.href = url;
    link.append(img);
    picture.replaceChildren(link);
    picture.classList.remove("stale");
    tell("");
  };
  img.onerror = () => tell("The picture did not arrive. The text is kept; go on.");
  img.src = url;
}

function write(value) {
  text.value = value;
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

/* One press after the other: each builds on the text that the one before it made. */
let pressed = Promise.resolve();
const press = (values) => { pressed = pressed.then(() => apply(values)); return pressed; };

async function apply(values) {
  let answer, from;
  do {
    from = text.value;
    answer = await post(place.dataset.sketch, { diagram: from, ...values });
  } while (answer && text.value !== from);   // typed meanwhile: never overwrite that
  if (answer && !answer.error) {
    offer(answer.nodes);
    write(answer.diagram);
    draw();
    return true;
  }
  tell(answer?.error ?? "The server does not answer. You can go on in the text below.");
  return false;
}

async function add(box) {
  const named = document.getElementById("named"), { value } = named;
  if (await press({ box, named: value }) && named.value === value) named.value = "";
}

function connect() {
  const [start, end, label] = ["start", "end", "label"].map((id) => document.getElementById(id));
  return press({ start: start.value, end: end.value, label: label.value }).then((done) => {
    if (!done) return;   // what was chosen stays, to be put right
    // A flow goes on from where the last arrow ended.
    start.value = end.value;
    end.value = label.value = "";
  });
}

if (place && text) {
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (text.value !== tried) draw(); }, PAUSE);
  });
  place.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=box], button[name=connect]");
    if (!button) return;
    event.preventDefault();
    if (button.name === "connect") connect();
    else add(button.value);
  });
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("#label, #named")) return;
    event.preventDefault();
    if (event.target.id === "label") connect();
  });
  // Text that came back from this browser's drafts, or from another tab, was not typed here.
  document.addEventListener("autosave", () => { if (text.value !== tried) draw(); });
}
