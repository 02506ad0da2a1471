/* Says so while there is no connection, and has the offline page kept for when a page cannot come. */
const banner = document.getElementById("offline");

function show() {
  banner.hidden = navigator.onLine;
}

if (banner) {
  addEventListener("online", show);
  addEventListener("offline", show);
  show();
}

// A plain http address on another machine has no service worker; the page works without.
navigator.serviceWorker?.register("/sw.js").catch(() => {});
