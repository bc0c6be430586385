import { Component, onWillUnmount, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { humanNumber } from "@web/core/utils/numbers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A file that goes to the server as it is, however big, and shows how far it has come. */
export class LoadFileField extends Component {
    static template = "rural_bulk.LoadFileField";
    static props = { ...standardFieldProps, extensions: { type: String, optional: true } };

    setup() {
        this.uploads = useService("file_upload");
        this.notification = useService("notification");
        this.input = useRef("input");
        this.state = useState({ upload: null });
        useBus(this.uploads.bus, "FILE_UPLOAD_LOADED", ({ detail }) => this.onEnd(detail.upload, true));
        useBus(this.uploads.bus, "FILE_UPLOAD_ERROR", ({ detail }) => this.onEnd(detail.upload, false));
        onWillUnmount(() => this.state.upload?.xhr.abort());
    }

    get fileName() {
        return this.props.record.data.file_name;
    }

    get percent() {
        return Math.floor(100 * this.state.upload.progress);
    }

    async onChoose() {
        const [file] = this.input.el.files;
        if (!file || !this.accepts(file)) {
            return;
        }
        // What was chosen before does not count while another one is under way.
        await this.props.record.update({ file_name: false });
        if (await this.props.record.save()) {
            const route = `/rural_bulk/upload/${this.props.record.resId}`;
            this.state.upload = await this.uploads.upload(route, [file]);
        }
    }

    accepts(file) {
        const most = this.props.record.data.most_bytes;
        if (file.size <= most) {
            return true;
        }
        const sizes = { size: humanNumber(file.size), most: humanNumber(most) };
        this.notification.add(
            _t("The file has %(size)sB, and %(most)sB are the most: export fewer months at a time.", sizes),
            { type: "danger", sticky: true }
        );
        return false;
    }

    async onEnd(upload, isLoaded) {
        if (upload.id === this.state.upload?.id) {
            this.state.upload = null;
            this.input.el.value = "";
            await this.props.record.update({ file_name: isLoaded && upload.title });
        }
    }
}

registry.category("fields").add("rural_load_file", {
    component: LoadFileField,
    supportedTypes: ["binary"],
    extractProps: ({ options }) => ({ extensions: options.extensions }),
});
