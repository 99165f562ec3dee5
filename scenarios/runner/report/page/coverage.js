"use strict";
/* Which cells the runs reached: faults by call as a map, the other dimensions as tables. */

const HEAT_LEVELS = [1, 2, 5, 10, 25];

const DIMENSIONS = {
    meaning: "What the server says is false",
    client: "What strikes the client itself",
    state: "States of a promotion",
    transition: "Transitions",
    exit: "Exit codes",
    outcome: "Outcomes",
    timeout: "Limits that ended something",
    invariant: "Invariants with something to judge",
};

/** Dimensions with two directions: which part of a cell's name is the column. */
const MAPS = {
    fault: { title: "Faults by call", row: "Fault", column: 1 },
    retry: { title: "Decisions about repeating", row: "What failed", column: 2 },
};

/** In the order in which a promotion makes them. */
const CALLS = [
    "connect", "token", "sessions", "health", "simulate", "metrics", "environment", "versions", "deployments",
    "promote", "status", "rollback", "cancel", "webhook",
];

/** Calls that are not known come last. */
function callRank(call) {
    const rank = CALLS.indexOf(call);
    return rank < 0 ? CALLS.length : rank;
}

/** 9 before 10, whatever the reader's language is. */
function inOrderOf(left, right) {
    return left.localeCompare(right, "en", { numeric: true });
}

/** How warm a count is: 0 for none, up to 5. */
function heatOf(count) {
    return HEAT_LEVELS.filter((least) => count >= least).length;
}

/** Cell → {state, reason, indices}: those that were reached, and those that are listed. */
function knownCells() {
    const cells = new Map();
    for (const entry of objectsOf(results.coverage?.cells)) {
        cells.set(String(entry.name), { state: entry.state, reason: entry.reason ?? "", indices: [] });
    }
    for (const [name, indices] of reachedCells()) {
        cells.set(name, { state: "run", reason: "", indices });
    }
    return cells;
}

function cellAddress(name) {
    return `#/coverage/${encodeURIComponent(name)}`;
}

function dimensionOf(name) {
    return name.split("/", 1)[0];
}

function stateNode(name, cell) {
    if (cell.state === "run" && isExploration()) {
        return "✔";
    }
    if (cell.state === "missing" && isExploration()) {
        return element("span", { class: "faint" }, "–", element("span", { class: "unseen" }, " not reached"));
    }
    if (cell.state === "run") {
        return element("a", { href: cellAddress(name) },
            cell.indices.length > 0 ? String(cell.indices.length) : "run");
    }
    return cell.state === "not_applicable"
        ? element("a", { href: cellAddress(name), title: plain(cell.reason) }, "n/a")
        : element("span", { class: "badge", "data-kind": "bad", title: "missing" }, "!",
            element("span", { class: "unseen" }, " missing"));
}

function heatCell(name, cell) {
    if (cell === undefined) {
        return element("td", { class: "heat" }, element("span", { class: "faint" }, "·"));
    }
    const heat = cell.state === "run" ? Math.max(1, heatOf(cell.indices.length)) : 0;
    return element("td", { class: "heat", "data-heat": heat, "data-state": cell.state }, stateNode(name, cell));
}

/** Row → column → [name, cell], and all columns. */
function gridOf(dimension, cells) {
    const grid = new Map();
    const calls = new Set();
    for (const [name, cell] of cells) {
        const parts = name.split("/").slice(1);
        if (dimensionOf(name) === dimension) {
            const [call = ""] = parts.splice(MAPS[dimension].column, 1);
            const row = parts.join(" · ");
            calls.add(call);
            grid.set(row, (grid.get(row) ?? new Map()).set(call, [name, cell]));
        }
    }
    return { grid, calls };
}

function heatMap(dimension, cells) {
    const { title, row } = MAPS[dimension];
    const { grid, calls } = gridOf(dimension, cells);
    const columns = [...calls].sort((left, right) => callRank(left) - callRank(right) || inOrderOf(left, right));
    const rows = [...grid].sort(([left], [right]) => inOrderOf(left, right));
    if (rows.length === 0) {
        return element("p", { class: "faint" }, "None was reached.");
    }
    return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title },
        element("table", { class: "map" },
            element("caption", { class: "unseen" }, `${title}: how many scenarios`),
            element("thead", {}, element("tr", {}, element("th", { scope: "col" }, row),
                columns.map((call) => element("th", { scope: "col" }, named(call))))),
            element("tbody", {}, rows.map(([name, byCall]) => element("tr", {},
                element("th", { scope: "row" }, named(name)),
                columns.map((call) => heatCell(...(byCall.get(call) ?? [call, undefined]))))))));
}

/** What scenarios have to reach, an exploration need not. */
function missingBadge(count) {
    return isExploration() ? element("span", { class: "badge" }, `${count} not reached`)
        : element("span", { class: "badge", "data-kind": "bad" }, `! ${count} missing`);
}

function dimensionNode(dimension, names, cells) {
    const missing = names.filter((name) => cells.get(name).state === "missing").length;
    const title = element("span", {}, element("strong", {}, DIMENSIONS[dimension] ?? plain(dimension)), " ",
        element("span", { class: "faint" }, counted(names.length, "cell")), " ",
        missing > 0 ? missingBadge(missing) : null);
    const rows = () => names.sort(inOrderOf).map((name) => {
        const cell = cells.get(name);
        return [named(name.slice(dimension.length + 1).split("/").join(" · ")), stateNode(name, cell),
            named(cell.reason ?? "")];
    });
    return unfolding(title, () => table(plain(dimension), ["Cell", isExploration() ? "Reached" : "Scenarios", "Why not"], rows()),
        { class: "panel group", open: true });
}

function otherDimensions(cells) {
    const byDimension = new Map();
    for (const name of cells.keys()) {
        const dimension = dimensionOf(name);
        byDimension.set(dimension, [...(byDimension.get(dimension) ?? []), name]);
    }
    Object.keys(MAPS).forEach((dimension) => byDimension.delete(dimension));
    const rank = (dimension) => Object.keys(DIMENSIONS).indexOf(dimension) >>> 0;
    return [...byDimension].sort(([left], [right]) => rank(left) - rank(right))
        .map(([dimension, names]) => dimensionNode(dimension, names, cells));
}

function coverageTotals(cells) {
    const count = (state) => [...cells.values()].filter((cell) => cell.state === state).length;
    const isListed = listOf(results.coverage?.cells).length > 0;
    if (isExploration()) {
        return factList([["Reached by single faults", count("run")], ["Not reached", count("missing")]]);
    }
    return factList([
        ["Cells run", count("run")],
        ["Not applicable", isListed ? count("not_applicable") : null],
        ["Missing", isListed ? count("missing") : "not known: these results do not list all cells"],
    ]);
}

const HEAT_LEGEND = "Scenarios that reached it, the stronger the more; n/a: cannot apply, with the reason " +
    "behind it; !: missing, it applies and was not run; ·: not a cell.";

const REACH_LEGEND = "✔: reached; –: not reached by single faults; ·: not a cell.";

function mapPanel(dimension, cells) {
    const id = `map-${dimension}`;
    return element("section", { class: "panel", "aria-labelledby": id },
        element("h2", { id }, MAPS[dimension].title), heatMap(dimension, cells),
        element("p", { class: "faint" }, isExploration() ? REACH_LEGEND : HEAT_LEGEND));
}

/** The scenarios of one cell, or why there are none. */
function cellPanel(name, cells) {
    const cell = cells.get(name);
    const list = element("ul", { class: "plain-list" });
    const place = element("section", { class: "panel", id: "cell", "aria-labelledby": "cell-title" },
        element("h2", { id: "cell-title", tabindex: -1 }, named(name)),
        cell === undefined ? element("p", { class: "faint" }, "These results have no such cell.")
            : cell.reason ? element("p", {}, "Not applicable: ", named(cell.reason)) : null, list);
    showPaged(list, place, byResult(cell?.indices ?? []), 100, (index) => element("li", {},
        resultBadge(results.scenarios[index].result), " ",
        element("a", { href: scenarioAddress(index) }, named(titleOf(results.scenarios[index])))));
    return place;
}

function coverageView(cellName) {
    const cells = knownCells();
    return {
        title: "Coverage",
        nodes: [element("header", { class: "head" }, element("h1", { tabindex: -1 }, "Coverage"),
            coverageTotals(cells)),
        cellName === "" ? null : cellPanel(cellName, cells),
        ...Object.keys(MAPS).map((dimension) => mapPanel(dimension, cells)),
        ...otherDimensions(cells)],
    };
}
