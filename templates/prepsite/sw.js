{% load static %}/* Shows the offline page when the server cannot be reached, and does nothing else.
   It keeps that page and the three public files it needs; no page of a person is ever stored. */
const KEPT = "offline {% static 'css/site.css' %}";
const OFFLINE = "{% url 'offline' %}";
const FILES = [OFFLINE, "{% static 'css/site.css' %}", "{% static 'img/mark.svg' %}"];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)))));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  // A form that could not be sent is left to the browser, which offers to send it again.
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE, { ignoreVary: true })));
  } else if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request, { ignoreVary: true })));
  }
});
