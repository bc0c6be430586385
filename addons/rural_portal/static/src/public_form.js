import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

const MEGABYTE = 1024 * 1024;

/** A form that anybody may send: files that are too big, sending once. */
export class PublicForm extends Interaction {
    static selector = ".o_rural_public_form";
    dynamicContent = {
        "input[type=file]": {"t-on-change": this.onFile},
        _root: {"t-on-submit": this.onSubmit},
    };

    onFile(ev) {
        const limit = Number(this.el.dataset.maxMegabytes) * MEGABYTE;
        const tooBig = [...ev.target.files].some((file) => file.size > limit);
        ev.target.setCustomValidity(tooBig ? this.el.dataset.tooBig : "");
        ev.target.reportValidity();
    }

    onSubmit() {
        const button = this.el.querySelector("button[type=submit]");
        button.disabled = true;
        button.textContent = this.el.dataset.sending;
    }
}

/** Ask before something that cannot be taken back. */
export class PublicQuestion extends Interaction {
    static selector = ".o_rural_public_question";
    dynamicContent = {
        _root: {"t-on-submit": this.onSubmit},
    };

    onSubmit(ev) {
        // The page has no dialog service that waits for a form.
        if (!window.confirm(this.el.dataset.question)) {
            ev.preventDefault();
        }
    }
}

registry.category("public.interactions").add("rural_portal.public_form", PublicForm);
registry.category("public.interactions").add("rural_portal.public_question", PublicQuestion);
