/*
 * Answers for the calm page of one talk, and for nothing else, when there is no connection. KEPT stands above this
 * file when it is served: the page, its empty twin, and the files both need. No page with a text in it is ever kept:
 * what lies in the cache is the empty twin. The words themselves are sealed elsewhere (see calm.js).
 */
"use strict";

const PATIENCE = 8000;
const NAME = `klankbord-calm ${KEPT.page} ${KEPT.version}`;

const keepAll = async () => {
  const cache = await caches.open(NAME);
  // A redirect would be the page to sign in, and that is not what should be kept.
  const twin = await fetch(KEPT.shell, { redirect: "error", cache: "no-store" });
  if (!twin.ok) throw new Error("the empty page cannot be kept now");
  await cache.put(KEPT.shell, twin);
  await cache.addAll(KEPT.files);
};

const forgetOlder = async () => {
  const ours = (await caches.keys()).filter((name) => name.startsWith(`klankbord-calm ${KEPT.page} `));
  await Promise.all(ours.filter((name) => name !== NAME).map((name) => caches.delete(name)));
};

const kept = async (address) => (await caches.open(NAME)).match(address);

const pageOrTwin = async (request) => {
  const late = new Promise((resolve, reject) => {
    setTimeout(reject, PATIENCE);
  });
  try {
    return await Promise.race([fetch(request), late]);
  } catch {
    return (await kept(KEPT.shell)) ?? Response.error();
  }
};

self.addEventListener("install", (event) => event.waitUntil(keepAll().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method !== "GET") return;
  if (event.request.mode === "navigate") {
    if (pathname === KEPT.page) event.respondWith(pageOrTwin(event.request));
  } else if (KEPT.files.includes(pathname)) {
    event.respondWith(kept(pathname).then((found) => found ?? fetch(event.request)));
  }
});
