/* Below a textarea with data-diagram-preview="ADDRESS" its text is drawn, a moment after the last
   key. The address answers a fetch with {state, url, problem, check} (writing/diagram_views.py). */
const PAUSE = 800;   // ms after the last key
const AGAIN = 700;   // ms between two looks at a drawing under way
const HEADERS = { "X-Requested-With": "fetch" };

function watch(field) {
  const shown = document.createElement("div");
  shown.className = "diagram diagram-preview";
  shown.setAttribute("role", "status");
  field.after(shown);
  let timer, turn = 0;

  function say(words) {
    const line = document.createElement("p");
    line.textContent = words;
    shown.replaceChildren(line);
  }

  function show(answer) {
    if (answer.state === "drawn") {
      const link = document.createElement("a"), img = new Image();
      link.href = img.src = answer.url;
      link.target = "_blank";
      img.alt = "The diagram as it is drawn";
      link.append(img);
      shown.replaceChildren(link);
    } else if (answer.state === "empty") shown.replaceChildren();
    else say(answer.problem || "Drawing…");
  }

  async function ask(mine, address, options) {
    try {
      const response = await fetch(address, { headers: HEADERS, ...options });
      if (mine !== turn) return;
      if (response.status === 401) return say("You are signed out: sign in again to see it drawn.");
      const answer = await response.json();
      if (mine !== turn) return;
      show(answer);
      if (answer.state === "waiting") timer = setTimeout(() => ask(mine, answer.check), AGAIN);
    } catch {
      if (mine === turn) say("The diagram could not be drawn just now.");
    }
  }

  function draw() {
    turn += 1;
    clearTimeout(timer);
    const body = new FormData();
    body.set("text", field.value);
    body.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    ask(turn, field.dataset.diagramPreview, { method: "POST", body });
  }

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(draw, PAUSE); });
  if (field.value.trim()) draw();
}

for (const field of document.querySelectorAll("[data-diagram-preview]")) watch(field);
