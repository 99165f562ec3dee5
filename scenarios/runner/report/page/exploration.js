"use strict";
/* What was tried by itself, and what came of it. */

const DEPTHS = { 1: "1 fault", 2: "2 faults" };
const FAILURES_SHOWN = 50;

function isExploration() {
    return results.format === "cogdrill-exploration";
}

/** By a seed each, and not one after the other. */
function isDrawn() {
    return results.verb === "swarm";
}

/** Not of faults, but of how two of them meet. */
function isOfOperators() {
    return results.verb === "operators";
}

/** What a run differs from others by. */
function depthWords(depth) {
    const words = { swarm: "seeds", operators: "schedules" };
    return words[results.verb] ?? DEPTHS[depth] ?? `${depth} faults`;
}

/** Of all bases, or of those of one depth. */
function effortSum(member, depth = null) {
    return objectsOf(results.bases).flatMap((base) => objectsOf(base.depths))
        .filter((effort) => depth === null || effort.depth === depth)
        .reduce((sum, effort) => sum + (Number(effort[member]) || 0), 0);
}

function figure(number) {
    return isNumber(number) ? number.toLocaleString("en-GB") : "–";
}

function effortTile(member, name, kind) {
    const count = effortSum(member);
    return element("li", {}, element("p", { class: "tile", "data-kind": count > 0 ? kind : "plain" },
        element("span", { class: "big" }, figure(count)), element("span", {}, name)));
}

function explorationFacts() {
    const timing = objectOf(results.timing);
    return factList([
        ["Bases", listOf(results.bases).length], ["Faults a run", isDrawn() ? "as the seed draws them" : isOfOperators() ? null : `up to ${results.depth}`],
        ["Pruned", results.pruned ? "yes" : "no"], ["Client", named(clientName())],
        ["Transport", results.transport], ["Seed", results.seed], ["Shard", shardWords(results.shard)],
        ["Virtual time", lasting(effortSum("virtual_ms"))], ["Real time", lasting(timing.real_ms)],
        ["Runs a second", isNumber(timing.runs_per_second) ? figure(timing.runs_per_second) : null],
        ["cogdrill", results.tool_version],
    ]);
}

function effortCells(effort) {
    return ["possible", "runs", "idle", "pruned", "failed", "inconclusive"].map((member) =>
        element("td", {
            class: "number", "data-tone": member === "failed" && effort[member] > 0 ? "bad" : null,
        }, figure(effort[member])));
}

function effortRow(name, effort) {
    return element("tr", {}, element("th", { scope: "row" }, named(name)),
        element("td", {}, depthWords(effort.depth)), effortCells(effort));
}

function triedTable() {
    const rows = objectsOf(results.bases).flatMap((base) => objectsOf(base.depths)
        .map((effort) => effortRow(base.name ?? "", effort)));
    const heads = ["Base", "Depth", "Possible", "Run", "Idle", "Pruned", "Failed", "Inconclusive"];
    return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "What was tried" },
        element("table", { class: "efforts" },
            element("caption", { class: "unseen" }, "Runs by base and number of faults"),
            element("thead", {}, element("tr", {}, heads.map((head) => element("th", { scope: "col" }, head)))),
            element("tbody", {}, rows)));
}

function slowestTable() {
    const slowest = objectsOf(objectOf(results.timing).slowest);
    return slowest.length === 0 ? null : section("slowest", "The slowest runs",
        table("The slowest runs, in real time", ["Run", "Real time"], slowest.map((run) =>
            [named(run.run ?? ""), isNumber(run.ms) ? `${run.ms} ms` : "–"])));
}

function explorationTitle() {
    const count = listOf(results.groups).length;
    return count === 0 ? "Nothing found" : `${counted(count, "kind")} of failures found`;
}

function explorationView() {
    const tiles = element("ul", { class: "tiles" },
        effortTile("failed", "✖ failed", "bad"), effortTile("inconclusive", "? inconclusive", "warn"),
        effortTile("runs", "run", "good"), effortTile("pruned", "pruned", "plain"),
        effortTile("idle", "idle", "plain"));
    return {
        title: explorationTitle(),
        nodes: [element("header", { class: "head" },
            element("h1", { tabindex: -1 }, explorationTitle(), " in ", named(clientName())),
            results.interrupted ? element("p", {}, element("span", { class: "badge", "data-kind": "warn" },
                "not brought to its end: this is not all of it")) : null,
            tiles, explorationFacts()),
        groupSection(), section("tried", "What was tried", triedTable(),
            element("p", { class: "faint" }, "Idle: a fault never struck, or contradicts another one. " +
                "Pruned: not made, since another run tells the same.")),
        matrixSection(), failureSection(), mutantSection(), slowestTable()],
    };
}
