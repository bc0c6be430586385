import { loadCSS, loadJS } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { registry } from "@web/core/registry";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { Component, onMounted, onWillStart, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";

const LIBRARY = "/rural_station/static/lib";
/** Thousandths of a degree, in which the outlines are kept. */
const SCALE = 1000;
const SHADES = 5;
const NO_FIGURE = "none";

/** The corners of a ring that is kept as its first corner and the steps to the next ones. */
export function corners(steps) {
    let [x, y] = [0, 0];
    const found = [];
    for (let place = 0; place < steps.length; place += 2) {
        [x, y] = [x + steps[place], y + steps[place + 1]];
        found.push([y / SCALE, x / SCALE]);
    }
    return found;
}

/** The lowest value of each shade: as many values have one shade as another. */
export function shadesOf(values) {
    const sorted = [...values].sort((one, other) => one - other);
    const lowest = [...Array(SHADES).keys()].map((shade) => sorted[Math.floor((shade * sorted.length) / SHADES)]);
    return [...new Set(lowest.filter((value) => value !== undefined))];
}

/** Stations on the outline of their county, in the colour of their state or of a figure; a click opens one. */
export class StationMapRenderer extends Component {
    static template = "rural_station.StationMap";
    static props = KanbanRenderer.props;

    setup() {
        this.orm = useService("orm");
        this.container = useRef("map");
        this.state = useState({ shown: "state", unplaced: 0 });
        this.outlines = new Map();
        onWillStart(() =>
            Promise.all([loadJS(`${LIBRARY}/leaflet/leaflet.js`), loadCSS(`${LIBRARY}/leaflet/leaflet.css`)])
        );
        onMounted(() => this.open());
        useEffect(
            () => {
                this.draw();
            },
            () => [this.records.map((record) => record.id).join(), this.state.shown]
        );
        onWillUnmount(() => this.map.remove());
    }

    get records() {
        const { list } = this.props;
        return list.isGrouped ? list.groups.flatMap((group) => group.list.records || []) : list.records;
    }

    get placed() {
        return this.records.filter(({ data }) => data.longitude || data.latitude);
    }

    /** The amounts by which stations can be coloured: all that the view names. */
    get measures() {
        return this.fieldsOf("monetary");
    }

    fieldsOf(...types) {
        const { activeFields, fields } = this.props.list;
        return Object.keys(activeFields)
            .filter((name) => types.includes(fields[name].type) && name !== "id")
            .map((name) => ({ name, label: fields[name].string }));
    }

    get states() {
        return this.props.list.fields.state.selection;
    }

    /** What the colours mean, each with the number of its stations. */
    get legend() {
        const { lowest } = this;
        const counts = {};
        for (const record of this.placed) {
            const colour = this.colourOf(record, lowest);
            counts[colour] = (counts[colour] || 0) + 1;
        }
        const count = (key) => counts[key] || 0;
        if (this.state.shown === "state") {
            return this.states.map(([key, label]) => ({ key, label, count: count(key) })).filter((each) => each.count);
        }
        const name = this.state.shown;
        const shades = lowest.map((value, shade) => ({
            key: `shade_${shade}`,
            label: _t("from %s on", this.figure(name, value)),
            count: count(`shade_${shade}`),
        }));
        const without = { key: NO_FIGURE, label: _t("No figure"), count: count(NO_FIGURE) };
        return [...shades.reverse(), without].filter((each) => each.count);
    }

    get lowest() {
        if (this.state.shown === "state") {
            return [];
        }
        return shadesOf(
            this.placed.filter((record) => this.hasFigure(record)).map((record) => record.data[this.state.shown])
        );
    }

    hasFigure({ data }) {
        return Boolean(data[this.state.shown]);
    }

    colourOf(record, lowest) {
        if (this.state.shown === "state") {
            return record.data.state;
        }
        if (!this.hasFigure(record)) {
            return NO_FIGURE;
        }
        return `shade_${lowest.findLastIndex((value) => record.data[this.state.shown] >= value)}`;
    }

    figure(name, value) {
        if (this.props.list.fields[name].type === "monetary") {
            return formatMonetary(value, { currencyId: this.records[0]?.data.currency_id?.id, digits: [16, 0] });
        }
        return formatFloat(value, { digits: [16, 0] });
    }

    open() {
        // eslint-disable-next-line no-undef
        this.leaflet = L;
        this.map = L.map(this.container.el, { attributionControl: false, zoomSnap: 0.25, minZoom: 4, maxZoom: 16 });
        this.map.zoomControl.setPosition("topleft");
        this.map.setView([30.3, 108.9], 8);
        this.counties = L.featureGroup().addTo(this.map);
        this.stations = L.featureGroup().addTo(this.map);
    }

    async draw() {
        const { placed } = this;
        this.state.unplaced = this.records.length - placed.length;
        this.stations.clearLayers();
        const { lowest } = this;
        for (const record of placed) {
            const { latitude, longitude } = record.data;
            this.leaflet
                .circleMarker([latitude, longitude], {
                    radius: record.data.level === "township" ? 9 : 7,
                    className: `o_rural_station_marker o_rural_station_${this.colourOf(record, lowest)}`,
                })
                .bindTooltip(this.description(record), { className: "o_rural_station_tooltip" })
                .on("click", () => this.props.openRecord(record))
                .addTo(this.stations);
        }
        const regions = [...new Set(placed.map(({ data }) => data.region_id?.id).filter(Boolean))].sort();
        if (regions.join() !== this.drawnRegions) {
            this.drawnRegions = regions.join();
            await this.drawOutlines(regions);
        }
    }

    async drawOutlines(regions) {
        const known = await this.orm.read("rural.region", regions, ["code"]);
        const outlines = await Promise.all(known.map(({ code }) => this.outline(code)));
        if (!this.container.el) {
            return;
        }
        this.counties.clearLayers();
        const rings = outlines.flat().map(corners);
        if (rings.length) {
            const shape = { className: "o_rural_station_county", interactive: false };
            this.leaflet.polygon(rings, shape).addTo(this.counties);
        }
        this.counties.bringToBack();
        const bounds = this.leaflet.latLngBounds([]);
        [this.counties, this.stations].forEach((group) => bounds.extend(group.getBounds()));
        if (bounds.isValid()) {
            this.map.invalidateSize();
            this.map.fitBounds(bounds.pad(0.05), { animate: false });
        }
    }

    /** The outline of a county, from the file of its province. */
    async outline(code) {
        const province = code.slice(0, 2);
        if (!this.outlines.has(province)) {
            const read = async () => {
                const answer = await fetch(`${LIBRARY}/outlines/${province}.json`).catch(() => null);
                return answer?.ok ? answer.json() : {};
            };
            this.outlines.set(province, read());
        }
        return (await this.outlines.get(province))[code] || [];
    }

    /** What is said of a station that is pointed at; as text, since names come from people. */
    description({ data }) {
        const element = document.createElement("div");
        const lines = [
            data.name,
            [data.township, data.village].filter(Boolean).join(" "),
            data.area_id?.display_name,
            this.states.find(([key]) => key === data.state)?.[1],
            ...this.fieldsOf("monetary", "integer")
                .filter(({ name }) => data[name])
                .map(({ name, label }) => `${label}: ${this.figure(name, data[name])}`),
        ];
        for (const line of lines.filter(Boolean)) {
            const row = document.createElement("div");
            row.textContent = line;
            element.append(row);
        }
        element.firstChild?.classList.add("fw-bold");
        return element;
    }
}

registry.category("views").add("rural_station_map", {
    ...registry.category("views").get("kanban"),
    Renderer: StationMapRenderer,
});
