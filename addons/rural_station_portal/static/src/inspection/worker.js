// @odoo-module ignore

/* Keeps the pages of inspections, with their scripts and styles, for villages without a network (ST-06).
   Its scope is the inspections only; what is sent is the pages' own affair. */

const CACHE = "rural-inspections-1";
const PAGE = /^\/my\/area\/inspect(ions|\/\d+)$/;
const PART = /^\/(web\/assets|[^/]+\/static)\//;
const WHOSE = "/my/area/inspect/whose";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** Keep a page as long as it is one: after the session's end there is a login in its place. */
async function keepPage(request, response) {
    if (response.ok && !response.redirected) {
        const cache = await caches.open(CACHE);
        await cache.put(new URL(request.url).pathname, response.clone());
    }
    return response;
}

/** A page comes from the server as long as there is one, else as it was kept. */
async function givePage(request) {
    try {
        return await keepPage(request, await fetch(request));
    } catch (error) {
        const kept = await caches.match(new URL(request.url).pathname, {cacheName: CACHE});
        if (kept) {
            return kept;
        }
        throw error;
    }
}

/** Scripts and styles say by their address which version they are. */
async function givePart(request) {
    const kept = await caches.match(request, {cacheName: CACHE});
    if (kept) {
        return kept;
    }
    const response = await fetch(request);
    if (response.ok) {
        const cache = await caches.open(CACHE);
        await cache.put(request, response.clone());
    }
    return response;
}

self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== "GET" || url.origin !== self.location.origin) {
        return;
    }
    if (PAGE.test(url.pathname)) {
        event.respondWith(givePage(event.request));
    } else if (PART.test(url.pathname)) {
        event.respondWith(givePart(event.request));
    }
});

/** What another person of the same telephone has kept is nobody else's. */
async function forgetOthers(whose) {
    const cache = await caches.open(CACHE);
    const before = await cache.match(WHOSE);
    if (before && (await before.text()) !== whose) {
        await caches.delete(CACHE);
    }
    await (await caches.open(CACHE)).put(WHOSE, new Response(whose));
}

/** Keep what a page stands on, and other pages that will be wanted in the village. */
async function keepAll({whose, parts, pages}) {
    await forgetOthers(whose);
    const cache = await caches.open(CACHE);
    for (const part of parts) {
        if (PART.test(new URL(part).pathname) && !(await cache.match(part))) {
            await cache.add(part).catch(() => undefined);
        }
    }
    for (const page of pages) {
        const request = new Request(page, {credentials: "same-origin", headers: {Accept: "text/html"}});
        await fetch(request)
            .then((response) => keepPage(request, response))
            .catch(() => undefined);
    }
}

self.addEventListener("message", (event) => {
    const answer = event.ports[0];
    event.waitUntil(keepAll(event.data).then(() => answer && answer.postMessage("kept")));
});
