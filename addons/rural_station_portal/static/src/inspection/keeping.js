/** Has the telephone keep the inspections' pages for places without a network. */

/**
 * @param {HTMLElement} root of the page; says whose it is, and by `data-pages` which other pages will be wanted
 * @returns {Promise<Boolean>} whether the pages are kept
 */
export async function keepPages(root) {
    if (!("serviceWorker" in navigator)) {
        return false;
    }
    try {
        await navigator.serviceWorker.register("/my/area/inspect-worker.js", {scope: "/my/area/inspect"});
        const {active} = await navigator.serviceWorker.ready;
        if (!navigator.onLine) {
            return true;
        }
        const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
        const named = [...document.querySelectorAll("script[src], script[data-src], link[rel=stylesheet]")];
        const addresses = named.map((each) => new URL(each.dataset.src || each.src || each.href, location).href);
        const channel = new MessageChannel();
        const isKept = new Promise((resolve) => {
            channel.port1.onmessage = () => resolve(true);
        });
        active.postMessage(
            {
                whose: root.dataset.partner,
                parts: [...new Set([...parts, ...addresses])],
                pages: [location.pathname, ...(root.dataset.pages || "").split(" ").filter(Boolean)],
            },
            [channel.port2]
        );
        return await isKept;
    } catch {
        return false;
    }
}
