/* Plain scripts: the pages have to come up in a village although nothing can be asked of the server. */

import {InspectionForm} from "./inspection_form";
import {keepPages} from "./keeping";
import {Waiting} from "./waiting";

async function start() {
    const list = document.getElementById("inspections_waiting");
    if (!list) {
        return;
    }
    const waiting = new Waiting(list);
    const el = document.getElementById("inspection_form");
    if (el) {
        const form = new InspectionForm(el, () => waiting.send());
        await form.start();
    }
    document.body.dataset.inspections = "ready";
    await waiting.send();
    if (await keepPages(list)) {
        document.body.dataset.inspections = "kept";
    }
}

if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
} else {
    start();
}
