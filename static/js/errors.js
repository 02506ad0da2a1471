/* A request of htmx that failed is said aloud, with a way on. Nothing fails in silence. */
const WHY = {
  0: "the server did not answer",
  401: "you are signed out",
  403: "this page is out of date",
  404: "it is not there any more",
  409: "it was changed elsewhere",
  413: "it is too large",
  429: "too many requests at once",
};

function again({ requestConfig: { elt, verb, path, triggeringEvent }, target, etc }) {
  if (!elt.isConnected) return location.reload();
  if (elt instanceof HTMLFormElement) {
    const by = triggeringEvent?.submitter;
    return elt.requestSubmit(by?.isConnected ? by : undefined);
  }
  if (elt.matches("[hx-get], [hx-post]")) return htmx.trigger(elt, triggeringEvent?.type ?? "click");
  // A script had asked (htmx.ajax): no event of the page does so again.
  return htmx.ajax(verb, path, { source: elt, target, swap: etc?.swapOverride }).catch(() => {});
}

function tell(failed) {
  const { requestConfig, xhr } = failed;
  const status = xhr?.status ?? 0;
  // What a page asks for by itself is asked again by itself; that there is no connection is said already.
  if (!status && requestConfig.verb === "get" && requestConfig.elt.matches("[hx-trigger*=every]")) return;
  // A form with data-reads sends words to be looked at, and keeps nothing.
  const saving = requestConfig.verb !== "get" && !requestConfig.elt.matches("[data-reads]");
  const why = WHY[status] ?? (status >= 500 ? "the server had a fault" : `the server refused (${status})`);
  const detail = { level: "error", message: `${saving ? "Not saved" : "Not loaded"}: ${why}.` };
  if (status === 401) Object.assign(detail, { action: "Sign in", href: location.href });
  else if ([403, 404, 409].includes(status)) Object.assign(detail, { action: "Reload", run: () => location.reload() });
  else if (status !== 413) {
    Object.assign(detail, { action: "Retry", run: () => again(failed) });
  }
  document.dispatchEvent(new CustomEvent("toast", { detail }));
}

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    // An element that shows its failures itself (the editor's "Not saved") opts out.
    if (!event.target.closest?.("[data-own-errors]")) tell(event.detail);
  });
}

// A control that was drawn anew meanwhile is heard by nobody in the page. 422 brings its form again.
document.addEventListener("htmx:beforeRequest", ({ detail: request }) => {
  const { elt, xhr } = request;
  xhr.addEventListener("readystatechange", () => {
    const failed = !xhr.status || (xhr.status >= 400 && xhr.status !== 422);
    if (xhr.readyState === XMLHttpRequest.DONE && failed && !elt.isConnected) tell(request);
  });
});
