/** The form of an inspection: begun at the place, kept as it grows, handed in when it is whole (ST-06). */

import {nameOf, shrink} from "./photos";
import {metresBetween, takePosition} from "./place";
import {
    listInspections,
    listPhotos,
    newNumber,
    removeInspection,
    removePhoto,
    saveInspection,
    savePhoto,
} from "./queue";
import {say} from "./waiting";

export class InspectionForm {
    /**
     * @param {HTMLElement} el the form
     * @param {Function} onWaiting called when an inspection was handed in
     */
    constructor(el, onWaiting) {
        this.el = el;
        this.onWaiting = onWaiting;
        this.partner = Number(el.dataset.partner);
        this.station = Number(el.dataset.station);
        this.inspection = null;
        el.addEventListener("input", () => this.keep());
        el.addEventListener("change", (event) => this.onChange(event));
        el.addEventListener("click", (event) => this.onClick(event));
        el.addEventListener("submit", (event) => this.onSubmit(event));
        document.getElementById("begin_inspection").addEventListener("click", () => this.begin());
    }

    /** Go on with the draft of this station, if there is one. */
    async start() {
        const drafts = await listInspections(this.partner);
        const draft = drafts.find((each) => each.state === "draft" && each.station === this.station);
        if (draft) {
            this.inspection = draft;
            this.fill();
            await this.showPhotos();
        }
        this.showStep();
    }

    async begin() {
        const now = new Date();
        this.inspection = {
            number: newNumber(now),
            partner: this.partner,
            station: this.station,
            station_name: this.el.dataset.stationName,
            state: "draft",
            inspected_at: now.toISOString(),
            answers: {},
            problems: {},
            remark: "",
        };
        this.el.reset();
        await saveInspection(this.inspection);
        await this.showPhotos();
        this.showStep();
        await this.locate();
    }

    // ------------------------------------------------------------------
    // Where
    // ------------------------------------------------------------------

    async locate() {
        this.showPlace(say("locating"), "");
        try {
            Object.assign(this.inspection, await takePosition());
            await saveInspection(this.inspection);
        } catch {
            // What is shown below says that there is none.
        }
        this.showPosition();
    }

    showPosition() {
        const {longitude, latitude, accuracy} = this.inspection;
        if (!longitude) {
            this.showPlace(say("no_position"), "alert-warning");
            return;
        }
        const there = {longitude: Number(this.el.dataset.longitude), latitude: Number(this.el.dataset.latitude)};
        if (!there.longitude) {
            this.showPlace(say("position", Math.round(accuracy)), "alert-success");
            return;
        }
        const metres = Math.round(metresBetween(this.inspection, there));
        const isFar = metres > Number(this.el.dataset.distance);
        this.showPlace(say(isFar ? "too_far" : "near", metres), isFar ? "alert-danger" : "alert-success");
    }

    showPlace(text, kind) {
        const place = this.el.querySelector("[data-name=place]");
        place.textContent = text;
        place.className = `alert flex-grow-1 mb-0 ${kind || "alert-secondary"}`;
    }

    // ------------------------------------------------------------------
    // What
    // ------------------------------------------------------------------

    /** Write down what the form says now. */
    read() {
        const entered = new FormData(this.el);
        for (const item of this.el.querySelectorAll("[data-item]")) {
            const id = item.dataset.item;
            const answer = entered.get(`item-${id}`) || "not_checked";
            this.inspection.answers[id] = {answer, note: (entered.get(`item-note-${id}`) || "").trim()};
        }
        for (const problem of this.el.querySelectorAll("[data-problem]")) {
            const id = problem.dataset.problem;
            const result = entered.get(`problem-${id}`) || "";
            this.inspection.problems[id] = {result, note: (entered.get(`problem-note-${id}`) || "").trim()};
        }
        this.inspection.remark = (entered.get("remark") || "").trim();
    }

    /** Put a draft into the form. */
    fill() {
        const {answers, problems, remark} = this.inspection;
        const choose = (name, value) => {
            const box = this.el.querySelector(`[name="${name}"][value="${value}"]`);
            if (box) {
                box.checked = true;
            }
        };
        const write = (name, text) => {
            const box = this.el.querySelector(`[name="${name}"]`);
            if (box) {
                box.value = text || "";
            }
        };
        for (const [id, {answer, note}] of Object.entries(answers)) {
            choose(`item-${id}`, answer);
            write(`item-note-${id}`, note);
        }
        for (const [id, {result, note}] of Object.entries(problems)) {
            choose(`problem-${id}`, result);
            write(`problem-note-${id}`, note);
        }
        write("remark", remark);
        this.showPosition();
    }

    async keep() {
        if (this.inspection) {
            this.read();
            this.showProgress();
            await saveInspection(this.inspection);
        }
    }

    async onChange(event) {
        if (event.target.type === "file") {
            await this.addPhotos(event.target);
        }
        await this.keep();
    }

    // ------------------------------------------------------------------
    // Photos
    // ------------------------------------------------------------------

    async addPhotos(box) {
        const {place} = box.closest("[data-place]").dataset;
        for (const file of [...box.files]) {
            try {
                const blob = await shrink(file);
                const key = `photo-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;
                await savePhoto({key, number: this.inspection.number, place, name: nameOf(file), blob});
            } catch {
                window.alert(say("no_photo", file.name));
            }
        }
        box.value = "";
        await this.showPhotos();
    }

    async showPhotos() {
        const photos = this.inspection ? await listPhotos(this.inspection.number) : [];
        for (const holder of this.el.querySelectorAll("[data-place] [data-name=photos]")) {
            const {place} = holder.closest("[data-place]").dataset;
            for (const image of holder.querySelectorAll("img")) {
                URL.revokeObjectURL(image.src);
            }
            const here = photos.filter((photo) => photo.place === place);
            holder.replaceChildren(...here.map((photo) => this.thumbnail(photo)));
        }
        this.showProgress();
    }

    thumbnail(photo) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "o_inspection_photo";
        button.dataset.photo = photo.key;
        button.title = say("remove_photo");
        const image = document.createElement("img");
        image.src = URL.createObjectURL(photo.blob);
        image.alt = photo.name;
        button.append(image);
        return button;
    }

    // ------------------------------------------------------------------
    // How far
    // ------------------------------------------------------------------

    showStep() {
        const isBegun = Boolean(this.inspection);
        this.el.hidden = !isBegun;
        document.getElementById("before_inspection").hidden = isBegun;
        if (isBegun) {
            this.el.querySelector("[data-name=number]").textContent = this.inspection.number;
            this.showProgress();
        }
    }

    /** Sentences about what is not done yet. */
    missing() {
        const items = [...this.el.querySelectorAll("[data-item]")];
        const isOpen = (item) => !item.querySelector("input[type=radio]:checked");
        const lacksPhoto = (item) => "needsPhoto" in item.dataset && !item.querySelector("[data-photo]");
        const open = items.filter(isOpen).length;
        const photos = items.filter((item) => !isOpen(item) && lacksPhoto(item)).length;
        const isProblem = (item) => item.querySelector("[value=problem]:checked");
        const isSaid = (item) => item.querySelector("input[type=text]").value.trim();
        const notes = items.filter((item) => isProblem(item) && !isSaid(item)).length;
        return [
            ...(this.inspection?.longitude ? [] : [say("missing_position")]),
            ...(open ? [say("missing_answers", open)] : []),
            ...(photos ? [say("missing_photos", photos)] : []),
            ...(notes ? [say("missing_notes", notes)] : []),
        ];
    }

    showProgress() {
        const missing = this.missing();
        const list = this.el.querySelector("[data-name=missing]");
        list.replaceChildren(
            ...missing.map((text) => Object.assign(document.createElement("li"), {textContent: text}))
        );
        for (const item of this.el.querySelectorAll("[data-item]")) {
            item.classList.toggle("o_inspection_problem", Boolean(item.querySelector("[value=problem]:checked")));
        }
    }

    async onClick(event) {
        const photo = event.target.closest("[data-photo]");
        const action = event.target.closest("button[data-action]")?.dataset.action;
        if (photo && window.confirm(say("remove_photo_sure"))) {
            await removePhoto(photo.dataset.photo);
            await this.showPhotos();
        } else if (action === "locate") {
            await this.locate();
        } else if (action === "discard" && window.confirm(say("remove"))) {
            await removeInspection(this.inspection.number);
            this.leave();
        } else if (action === "all_in_order") {
            for (const item of event.target.closest("[data-subject]").querySelectorAll("[data-item]")) {
                if (!item.querySelector("input[type=radio]:checked")) {
                    item.querySelector("[value=ok]").checked = true;
                }
            }
            await this.keep();
        }
    }

    async onSubmit(event) {
        event.preventDefault();
        const missing = this.missing();
        if (missing.length && !window.confirm(`${missing.join("\n")}\n${say("send_all_the_same")}`)) {
            return;
        }
        this.read();
        await saveInspection({...this.inspection, state: "waiting"});
        this.leave();
        await this.onWaiting();
    }

    leave() {
        this.inspection = null;
        this.showStep();
        window.scrollTo(0, 0);
    }
}
