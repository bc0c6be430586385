import { registry } from "@web/core/registry";
import { dateField, DateTimeField } from "@web/views/fields/datetime/datetime_field";

/** A month, kept as its first day: shown and chosen without the day. */
export class MonthField extends DateTimeField {
    static defaultProps = { ...DateTimeField.defaultProps, minPrecision: "months" };

    /** @override */
    getFormattedValue(valueIndex, numeric = this.props.numeric) {
        const value = this.values[valueIndex];
        if (!value) {
            return "";
        }
        return numeric ? value.toFormat("yyyy-MM") : value.toLocaleString({ year: "numeric", month: "long" });
    }
}

registry.category("fields").add("month", { ...dateField, component: MonthField });
