"use strict";
/* The results that the page was made with. Members may be missing: a foreign client tells less. */

const ORDER = { fail: 0, inconclusive: 1, pass: 2 };

function listOf(value) {
    return Array.isArray(value) ? value : [];
}

function objectOf(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

function objectsOf(value) {
    return listOf(value).map(objectOf);
}

/** The results, with `scenarios` in the file's order; `problem` says why there are none. */
function readResults() {
    try {
        const read = objectOf(JSON.parse(byId("results").textContent));
        const scenarios = objectsOf(read.scenarios);
        return { ...read, scenarios, problem: null };
    } catch (error) {
        return { scenarios: [], problem: `the results in this file cannot be read: ${error.message}` };
    }
}

const results = readResults();

/** "name: case" */
function titleOf(scenario) {
    const name = scenario.name ?? "without a name";
    const isSaid = scenario.case === null || scenario.case === undefined ||
        String(name).endsWith(`: ${scenario.case}`);
    return isSaid ? String(name) : `${name}: ${scenario.case}`;
}

/** The folder that the scenario's file is in. */
function folderOf(scenario) {
    const file = String(scenario.file ?? "");
    const end = file.lastIndexOf("/");
    return end < 0 ? "." : file.slice(0, end);
}

function scenarioAddress(index, section = "") {
    return `#/scenario/${index}${section === "" ? "" : `/${section}`}`;
}

/** Indices of the scenarios, those that failed first, otherwise as in the file. */
function byResult(indices) {
    const rank = (index) => ORDER[results.scenarios[index].result] ?? 1;
    return [...indices].sort((left, right) => rank(left) - rank(right) || left - right);
}

let reached = null;

/** Cell → indices of the scenarios that reached it. */
function reachedCells() {
    if (reached === null) {
        reached = new Map();
        results.scenarios.forEach((scenario, index) => {
            for (const cell of listOf(scenario.cells)) {
                const name = String(cell);
                if (!reached.has(name)) {
                    reached.set(name, []);
                }
                reached.get(name).push(index);
            }
        });
    }
    return reached;
}

/** When the run ended: a record's time is that of all repetitions, which are alike. */
function endOf(scenario) {
    return results.repeat > 1 ? scenario.virtual_ms / results.repeat : scenario.virtual_ms;
}

/** Whom it was that was tried. */
function clientName() {
    return results.client ?? "cogpromote";
}
