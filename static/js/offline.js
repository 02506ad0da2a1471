/* Says so while there is no connection. */
const banner = document.getElementById("offline");

function show() {
  banner.hidden = navigator.onLine;
}

if (banner) {
  addEventListener("online", show);
  addEventListener("offline", show);
  show();
}
