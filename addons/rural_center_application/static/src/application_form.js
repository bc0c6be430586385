import {PublicForm, PublicQuestion} from "@rural_portal/public_form";
import {registry} from "@web/core/registry";

/** The form of applicants: regions one below the other, and the last days of documents. */
export class ApplicationForm extends PublicForm {
    static selector = ".o_application_form";
    dynamicContent = {
        ...this.dynamicContent,
        "[name=kind]": {"t-on-change": this.showChoices},
        "[name=region_province]": {"t-on-change": this.onProvince},
        "[name=region_city]": {"t-on-change": this.onCity},
        ".o_application_long_term": {"t-on-change": this.showLastDays},
    };

    setup() {
        this.province = this.el.querySelector("[name=region_province]");
        this.city = this.el.querySelector("[name=region_city]");
        this.county = this.el.querySelector("[name=region_county]");
        this.showLastDays();
        if (this.province) {
            this.showChoices();
        }
    }

    /** Somebody may have chosen before this was there. */
    async willStart() {
        if (this.province?.value && this.city.options.length === 1) {
            await this.onProvince();
        }
    }

    showChoices() {
        const isProvincial = this.el.querySelector("[name=kind]:checked")?.value === "province";
        const show = (select, isShown, isRequired) => {
            select.closest("[data-level]").classList.toggle("d-none", !isShown);
            select.required = isShown && isRequired;
        };
        show(this.province, true, true);
        show(this.city, !isProvincial, true);
        show(this.county, !isProvincial && this.county.options.length > 1, false);
    }

    async onProvince() {
        await this.fill(this.city, this.province.value, this.el.dataset.nothing);
        await this.fill(this.county, "", this.el.dataset.wholeCity);
        this.showChoices();
    }

    async onCity() {
        await this.fill(this.county, this.city.value, this.el.dataset.wholeCity);
        this.showChoices();
    }

    /** Offer the regions below another one; a later answer for an earlier choice is left aside. */
    async fill(select, parent, nothing) {
        select.dataset.parent = parent;
        let parts = [];
        if (parent) {
            const answer = await this.waitFor(fetch(`/centers/regions?parent=${encodeURIComponent(parent)}`));
            parts = answer.ok ? await this.waitFor(answer.json()) : [];
        }
        if (select.dataset.parent === parent) {
            select.replaceChildren(new Option(nothing, ""), ...parts.map(([id, name]) => new Option(name, id)));
        }
    }

    /** A document has a last day, or is long-term. */
    showLastDays() {
        for (const until of this.el.querySelectorAll(".o_application_until")) {
            const isLongTerm = until.parentElement.querySelector(".o_application_long_term").checked;
            until.required = Boolean(until.dataset.required) && !isLongTerm;
            until.disabled = isLongTerm;
        }
    }
}

/** Ask before an application is withdrawn. */
export class ApplicationWithdrawal extends PublicQuestion {
    static selector = ".o_application_withdraw";
}

registry.category("public.interactions").add("rural_center_application.application_form", ApplicationForm);
registry.category("public.interactions").add("rural_center_application.application_withdrawal", ApplicationWithdrawal);
