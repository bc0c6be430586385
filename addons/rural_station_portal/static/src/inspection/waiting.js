/** The list of what the telephone keeps: drafts, what waits, what was refused, what has arrived. */

import {listInspections, readInspection, removeInspection, saveInspection, sendWaiting} from "./queue";

const AGAIN_MILLISECONDS = 60000;

/** A sentence of the page, in the reader's language. */
export function say(name, ...values) {
    const text = document.querySelector(`[data-text=${name}]`)?.textContent.trim() || "";
    return values.reduce((sentence, value) => sentence.replace("%s", value), text);
}

export class Waiting {
    /** @param {HTMLElement} el holds the list; says whose by `data-partner` */
    constructor(el) {
        this.el = el;
        this.partner = Number(el.dataset.partner);
        this.el.addEventListener("click", (event) => this.onClick(event));
        window.addEventListener("online", () => this.send());
        window.addEventListener("offline", () => this.show());
        setInterval(() => this.send(), AGAIN_MILLISECONDS);
    }

    /** Send what waits, and show what has become of it. */
    async send() {
        await this.show();
        this.outcome = await sendWaiting(this.partner, () => this.show());
        await this.show();
    }

    async show() {
        const inspections = await listInspections(this.partner);
        const waiting = inspections.filter((each) => each.state === "waiting");
        this.el.replaceChildren(...inspections.map((each) => this.card(each)));
        if (waiting.length) {
            this.el.prepend(this.notice(waiting.length));
        }
    }

    notice(number) {
        const notice = document.createElement("div");
        notice.className = "alert alert-warning o_inspection_waiting";
        notice.role = "status";
        const hint = this.outcome === "login" && navigator.onLine ? "login" : "waiting_hint";
        notice.textContent = `${say("waiting_number", number)} ${say(hint)}`;
        return notice;
    }

    card(inspection) {
        const card = document.getElementById("inspection_card").content.firstElementChild.cloneNode(true);
        card.dataset.number = inspection.number;
        card.dataset.state = inspection.state;
        card.querySelector("[data-name=station]").textContent = inspection.station_name;
        const time = new Date(inspection.inspected_at).toLocaleString("zh-CN", {
            ...{timeZone: "Asia/Shanghai", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit"},
        });
        card.querySelector("[data-name=time]").textContent = `${time} · ${inspection.number}`;
        const state = inspection.state === "done" && !inspection.counts ? "done_not_counted" : inspection.state;
        card.querySelector("[data-name=state]").textContent = say(`state_${state}`);
        card.querySelector("[data-name=message]").textContent = inspection.message || "";
        for (const action of card.querySelectorAll("[data-action]")) {
            action.hidden = !action.dataset.states.split(" ").includes(inspection.state);
        }
        card.querySelector("[data-action=continue]").href = `/my/area/inspect/${inspection.station}`;
        card.querySelector("[data-action=view]").href = inspection.url || "#";
        return card;
    }

    async onClick(event) {
        const action = event.target.closest("button[data-action]");
        if (!action) {
            return;
        }
        const {number} = action.closest("[data-number]").dataset;
        if (action.dataset.action === "remove") {
            if (window.confirm(say("remove"))) {
                await removeInspection(number);
            }
        } else if (action.dataset.action === "send") {
            await saveInspection({...(await readInspection(number)), state: "waiting", message: ""});
        }
        await this.send();
    }
}
