import { cookie } from "@web/core/browser/cookie";
import { getColor, getCustomColor } from "@web/core/colors/colors";
import { loadBundle } from "@web/core/assets";
import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";

const scheme = cookie.get("color_scheme");
const GRID = getCustomColor(scheme, "rgba(0,0,0,.08)", "rgba(255,255,255,.12)");
const TEXT = getCustomColor(scheme, "#374151", "#E4E4E4");
const COLORS = {
    main: getCustomColor(scheme, "#714B67", "#A5729A"),
    good: getCustomColor(scheme, "#43C5B1", "#0E8270"),
    warn: getCustomColor(scheme, "#F4A261", "#BE5D10"),
    rest: getCustomColor(scheme, "#C9CED6", "#545B70"),
};
const LINE = getCustomColor(scheme, "#714B67", "#DCB8D3");

/** A chart of a board: bars, lying or standing, with a line of shares over them, or a ring. */
export class BoardChart extends Component {
    static template = "rural_dashboard.BoardChart";
    static props = { panel: Object, format: Function, onPoint: Function };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.panel]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    draw() {
        this.chart?.destroy();
        // eslint-disable-next-line no-undef
        this.chart = new Chart(this.canvas.el, {
            type: this.props.panel.chart,
            data: { labels: this.props.panel.labels, datasets: this.datasets() },
            options: {
                maintainAspectRatio: false,
                animation: false,
                indexAxis: this.props.panel.horizontal ? "y" : "x",
                onClick: (_event, [point]) => point && this.props.onPoint(point.datasetIndex, point.index),
                onHover: (event, points) => {
                    event.native.target.style.cursor = points.length ? "pointer" : "default";
                },
                scales: this.scales(),
                plugins: {
                    legend: {
                        display: this.isRing || this.props.panel.series.length > 1,
                        position: this.isRing ? "right" : "top",
                        align: this.isRing ? "center" : "end",
                        labels: { color: TEXT, boxWidth: 12, boxHeight: 12 },
                    },
                    tooltip: {
                        callbacks: {
                            label: ({ dataset, raw, label }) =>
                                ` ${this.isRing ? label : dataset.label}: ${this.props.format(raw, dataset.valueType)}`,
                        },
                    },
                },
            },
        });
    }

    get isRing() {
        return this.props.panel.chart === "doughnut";
    }

    datasets() {
        const { panel } = this.props;
        return panel.series.map((series, index) => {
            const color = COLORS[series.color] || getColor(index, scheme, panel.series.length);
            const dataset = { label: series.label, data: series.values, valueType: series.type || panel.type };
            if (this.isRing) {
                const ring = panel.labels.map((_label, slice) => getColor(slice, scheme, panel.labels.length));
                return { ...dataset, backgroundColor: ring, borderWidth: 1 };
            }
            if (series.line) {
                return {
                    ...dataset,
                    type: "line",
                    yAxisID: "right",
                    order: -1,
                    borderColor: LINE,
                    backgroundColor: LINE,
                    borderWidth: 2,
                    pointRadius: 3,
                    spanGaps: true,
                };
            }
            return { ...dataset, backgroundColor: color, maxBarThickness: 36, stack: "bars" };
        });
    }

    scales() {
        if (this.isRing) {
            return {};
        }
        const { panel } = this.props;
        const amounts = {
            stacked: true,
            beginAtZero: true,
            grid: { color: GRID },
            ticks: { color: TEXT, maxTicksLimit: 7, callback: (value) => this.props.format(value, panel.type) },
        };
        const labels = { stacked: true, grid: { display: false }, ticks: { color: TEXT, autoSkip: false } };
        const scales = panel.horizontal ? { x: amounts, y: labels } : { x: labels, y: amounts };
        const line = panel.series.find((series) => series.line);
        if (line) {
            scales.right = {
                position: "right",
                min: 0,
                max: 1,
                grid: { display: false },
                ticks: { color: TEXT, stepSize: 0.2, callback: (value) => `${Math.round(value * 100)}%` },
            };
        }
        return scales;
    }
}
