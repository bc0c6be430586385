import { _t } from "@web/core/l10n/translation";
import { sprintf } from "@web/core/utils/strings";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const MEGABYTE = 1024 * 1024;
/** The longer side of a photo that is sent: enough to see a station, and little for a slow network. */
const LONGEST_SIDE = 1600;

/** The form of a daily report: hours go away for a day on which the station stayed shut, photos are made small. */
export class StationReport extends Interaction {
    static selector = ".o_station_report_form";
    dynamicContent = {
        "input[name=stayed_shut]": { "t-on-change": this.onShut },
        "input[name=photo]": { "t-on-change": this.onPhoto },
    };

    onShut(ev) {
        this.el.querySelector("[name=hours]").classList.toggle("o_report_shut", ev.target.checked);
    }

    async onPhoto(ev) {
        const input = ev.target;
        const [file] = input.files;
        this.note("");
        if (!file) {
            return;
        }
        const small = await this.waitFor(this.makeSmall(file));
        if (!small) {
            this.note(sprintf(_t("“%s” is no photo. Choose another one."), file.name));
            input.value = "";
        } else if (small.size > Number(this.el.dataset.maxMegabytes) * MEGABYTE) {
            this.note(sprintf(_t("“%s” is too big. Choose a smaller photo."), file.name));
            input.value = "";
        } else if (small !== file) {
            const files = new DataTransfer();
            files.items.add(small);
            input.files = files.files;
        }
    }

    /** The photo in the size in which it is sent, null for what is none. */
    async makeSmall(file) {
        let picture;
        try {
            picture = await createImageBitmap(file);
        } catch {
            return null;
        }
        const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
        if (scale === 1 && file.size < MEGABYTE) {
            return file;
        }
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(picture.width * scale);
        canvas.height = Math.round(picture.height * scale);
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
        return blob ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
    }

    note(text) {
        this.el.querySelector(".o_report_photo_note").textContent = text;
    }
}

registry.category("public.interactions").add("rural_station_portal.station_report", StationReport);
