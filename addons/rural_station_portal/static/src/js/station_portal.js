import { registry } from "@web/core/registry";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { Interaction } from "@web/public/interaction";

/**
 * What a page of a station does by itself: read a courier number with the camera, fill in an example, copy a notice.
 */
export class StationPage extends Interaction {
    static selector = ".o_station_page";
    dynamicContent = {
        "[data-scan]": { "t-on-click": this.onScan },
        "[data-fill]": { "t-on-click": this.onFill },
        "[data-copy]": { "t-on-click": this.onCopy },
        "form[method='post']": { "t-on-submit": this.onSubmit },
    };

    /** Write what the camera reads into the field; where there is no camera the number is typed. */
    async onScan(ev) {
        const { scan, scanSubmit } = ev.currentTarget.dataset;
        const input = this.el.querySelector(`#${scan}`);
        try {
            input.value = await this.waitFor(scanBarcode(this.env));
        } catch {
            input.focus();
            return;
        }
        if (scanSubmit) {
            input.form.submit();
        }
    }

    onFill(ev) {
        const chip = ev.currentTarget;
        chip.closest("form").querySelector("[name='item']").value = chip.dataset.fill;
    }

    async onCopy(ev) {
        const button = ev.currentTarget;
        await this.waitFor(navigator.clipboard.writeText(button.dataset.copy));
        button.classList.add("btn-success");
    }

    /** Take a form once: who taps twice means the same. */
    onSubmit(ev) {
        if (ev.currentTarget.dataset.sent) {
            ev.preventDefault();
        }
        ev.currentTarget.dataset.sent = "1";
    }
}

registry.category("public.interactions").add("rural_station_portal.station_page", StationPage);
