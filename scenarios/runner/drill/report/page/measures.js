"use strict";
/* The figures against their targets. */

const BAR_WIDTH = 130;
const BAR_HEIGHT = 22;

/** What the target is held against: over several runs the longest, else the one there is. */
function decisive(report, figure) {
    return isSeries(report) ? figure.maximum : figure.server ?? figure.client;
}

function metWords(figure) {
    if (!isNumber(figure.target)) {
        return element("span", { class: "faint" }, "no target");
    }
    if (figure.met === true || figure.met === false) {
        const [kind, glyph, word] = figure.met ? ["good", "✔", "met"] : ["bad", "✖", "missed"];
        return element("span", { class: "badge", "data-kind": kind },
            element("span", { "aria-hidden": "true" }, `${glyph} `), word);
    }
    return figure.unit === "count" ? element("span", { class: "faint" }, "nobody typed")
        : element("span", { class: "badge", "data-kind": "warn" }, "not known");
}

/** A bar from nothing to the value, with the target as a line across. */
function drawBarOf(report, figure) {
    const value = decisive(report, figure);
    const limit = Math.max(value ?? 0, figure.target ?? 0);
    if (!isNumber(value) || !isNumber(figure.target) || limit <= 0) {
        return null;
    }
    const x = (number) => 1 + (BAR_WIDTH - 12) * number / limit;
    const tone = value > figure.target ? "bad" : "good";
    const said = `${measured(figure, value)} of ${measured(figure, figure.target)}`;
    return shape("svg", {
        class: "bar", width: BAR_WIDTH, height: BAR_HEIGHT, viewBox: `0 0 ${BAR_WIDTH} ${BAR_HEIGHT}`,
        role: "img", "aria-label": plain(said), "data-tone": tone,
    }, shape("rect", { class: "track", x: 1, y: 6, width: BAR_WIDTH - 12, height: 10, rx: 2 }),
    shape("rect", { class: "filled", x: 1, y: 6, width: Math.max(x(value) - 1, 2), height: 10, rx: 2 }),
    drawLine(x(figure.target), 1, x(figure.target), 21, "target"));
}

function differenceWords(figure) {
    if (!isNumber(figure.difference)) {
        return "–";
    }
    return figure.difference === 0 ? "none"
        : `${figure.difference < 0 ? "−" : "+"}${measured(figure, Math.abs(figure.difference))}`;
}

function figureTable(report) {
    const figures = objectsOf(report.figures);
    const spread = isSeries(report) ? ["Runs", "Median", "95th percentile", "Longest"] : [];
    const rows = figures.map((figure) => [
        named(figure.text ?? figure.name ?? ""), measured(figure, figure.target), metWords(figure),
        drawBarOf(report, figure),
        ...isSeries(report) ? [String(figure.count ?? "–"), measured(figure, figure.median),
            measured(figure, figure.p95), measured(figure, figure.maximum)] : [],
        measured(figure, figure.server), measured(figure, figure.client), differenceWords(figure),
    ]);
    return element("div", {},
        table("Figures against their targets", ["Figure", "Target, at most", "", "Bar", ...spread,
            "By the server", "By the client", "Difference"], rows, { class: "figures" }),
        element("p", { class: "faint" }, isSeries(report)
            ? "The bar is the longest of all runs, the line across it the target. The last three columns are of the run that is shown."
            : "The line across a bar is the target. “By the client” is what its journal and audit file tell by themselves."));
}
