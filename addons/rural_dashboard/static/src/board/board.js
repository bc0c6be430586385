import { _t } from "@web/core/l10n/translation";
import { getCurrency } from "@web/core/currency";
import { localization } from "@web/core/l10n/localization";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";
import { Layout } from "@web/search/layout";
import { useSetupAction } from "@web/search/action_hook";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useState } from "@odoo/owl";

import { BoardChart } from "./board_chart";

/** A board, drawn as the server gives it: figures at the top, charts and tables below, each opening its records. */
export class Board extends Component {
    static template = "rural_dashboard.Board";
    static components = { BoardChart, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.model = this.props.action.params.board;
        this.state = useState({ filters: this.props.state?.filters || {}, content: null });
        this.compact = new Intl.NumberFormat(user.lang, { notation: "compact", maximumFractionDigits: 1 });
        useSetupAction({ getLocalState: () => ({ filters: this.chosen }) });
        onWillStart(() => this.read(this.state.filters));
    }

    /** The filters as they are asked for again. */
    get chosen() {
        const { year, macro_region_id } = this.state.content.filters;
        return { year, macro_region_id };
    }

    async read(filters) {
        this.state.content = await this.orm.call(this.model, "read_board", [], filters);
    }

    onFilter(name, ev) {
        return this.read({ ...this.chosen, [name]: Number(ev.target.value) });
    }

    open(action) {
        return action && this.action.doAction(action);
    }

    openPoint(panel, series, index) {
        return this.open({ ...panel.action, domain: panel.domains[series][index] });
    }

    /** A number in few characters, as cards and axes have room for. */
    short(value, type) {
        if (type === "amount") {
            const currency = getCurrency(this.state.content.currency_id);
            const text = this.compact.format(value);
            return currency?.position === "after" ? `${text} ${currency.symbol}` : `${currency?.symbol || ""} ${text}`;
        }
        return this.full(value, type);
    }

    /** A number with all its digits. */
    full(value, type) {
        if (value === null || value === undefined) {
            return "–";
        }
        switch (type) {
            case "amount":
                return formatMonetary(value, { currencyId: this.state.content.currency_id });
            case "share":
                return `${formatFloat(value * 100, { digits: [16, 1] })}%`;
            default:
                return formatFloat(value, { digits: [16, 0], thousandsSep: localization.thousandsSep });
        }
    }

    shown(row, column) {
        const value = row[column.name];
        return ["amount", "count", "share"].includes(column.type) ? this.full(value, column.type) : value;
    }

    isNumber(column) {
        return ["amount", "count", "share"].includes(column.type);
    }

    percent(share) {
        return `${Math.min(Math.max(share, 0), 1) * 100}%`;
    }

    get moreLabel() {
        return _t("All of them");
    }
}

registry.category("actions").add("rural_board", Board);
