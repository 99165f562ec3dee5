"use strict";
/* Single faults by the call that they strike and by their phase, coloured by what came of them. */

const NO_CALL = "no call";

function matrixCell(cell) {
    if (cell === undefined) {
        return element("td", { class: "heat" }, element("span", { class: "faint" }, "·"));
    }
    const failed = Number(cell.failed) || 0;
    return element("td", { class: "heat", "data-tone": failed > 0 ? "bad" : "good" },
        failed > 0 ? `✖ ${figure(failed)}/` : null, figure(cell.runs));
}

function matrixSection() {
    const cells = objectsOf(results.matrix);
    if (cells.length === 0) {
        return null;
    }
    const callOf = (cell) => String(cell.call ?? NO_CALL);
    const calls = [...new Set(cells.map(callOf))]
        .sort((left, right) => callRank(left) - callRank(right) || inOrderOf(left, right));
    const phases = [...new Set(cells.map((cell) => String(cell.phase)))].sort(inOrderOf);
    const cellAt = (phase, call) => cells.find((cell) => String(cell.phase) === phase && callOf(cell) === call);
    const title = "Single faults by call and phase";
    return section("matrix", title, element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title },
        element("table", { class: "map" },
            element("caption", { class: "unseen" }, `${title}: runs, and how many failed`),
            element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Phase"),
                calls.map((call) => element("th", { scope: "col" }, named(call))))),
            element("tbody", {}, phases.map((phase) => element("tr", {},
                element("th", { scope: "row" }, named(phase)), calls.map((call) => matrixCell(cellAt(phase, call)))))))),
    element("p", { class: "faint" }, "Runs that were made; ✖: so many of them broke a rule; ·: no such fault was tried."));
}
