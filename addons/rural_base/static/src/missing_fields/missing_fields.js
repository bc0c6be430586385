import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";

/** Name the fields that are still to be filled in: Odoo marks them, which is not seen further down a form. */
patch(Record.prototype, {
    /** @override */
    _displayInvalidFieldNotification() {
        const names = [...this._invalidFields].map((name) => this.fields[name]?.string ?? name);
        return this.model.notification.add(_t("Fill in or correct first: %s", names.join(", ")), { type: "danger" });
    },
});
