/** Half a minute to think before the story is chosen: a bar that fills, and nothing that forces. */

const box = document.querySelector("[data-thinking]");
const which = document.querySelector("details.which");

function begin() {
  const seconds = Number(box.dataset.thinking);
  const [button, rest] = box.children;
  const bar = rest.querySelector("progress"), status = rest.querySelector("[role=status]");
  const until = Date.now() + seconds * 1000;
  button.hidden = true;
  rest.hidden = false;
  status.textContent = "Which story, and which number is in it?";
  const timer = setInterval(() => {
    const left = (until - Date.now()) / 1000;
    bar.value = Math.min(seconds, seconds - left);
    if (left > 0 && !which?.open) return;
    clearInterval(timer);
    if (left <= 0) status.textContent = "Half a minute. An interviewer would wait no longer.";
    else rest.hidden = true;
  }, 250);
}

box?.querySelector("button").addEventListener("click", begin);
