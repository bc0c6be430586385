import { registry } from "@web/core/registry";
import { IntegerField, integerField } from "@web/views/fields/integer/integer_field";
import { onMounted, onWillUnmount } from "@odoo/owl";

const REFRESH_MILLISECONDS = 2000;

/** A count that is read again and again for as long as the load is in progress. */
export class LoadProgressField extends IntegerField {
    setup() {
        super.setup();
        let timer;
        const wait = () => (timer = setTimeout(refresh, REFRESH_MILLISECONDS));
        const refresh = async () => {
            try {
                if (this.props.record.data.state === "queued") {
                    await this.props.record.load();
                }
            } finally {
                // Also when the server was out of reach, but not after the screen has gone.
                if (timer) {
                    wait();
                }
            }
        };
        onMounted(wait);
        onWillUnmount(() => (timer = clearTimeout(timer)));
    }
}

registry.category("fields").add("rural_load_progress", {
    ...integerField,
    component: LoadProgressField,
});
