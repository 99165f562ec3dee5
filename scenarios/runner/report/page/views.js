"use strict";
/* What there is to show: what each address means. */

function viewOf({ view, parts, query }) {
    if (results.problem !== null) {
        return problemView(results.problem);
    }
    const index = Number(parts[0]);
    switch (view) {
    case "overview": return isExploration() ? explorationView() : overviewView(query);
    case "coverage": return coverageView(decoded(parts.join("/")));
    case "failure": return failureView(decoded(parts[0] ?? ""));
    case "scenario":
        return Number.isInteger(index) && results.scenarios[index] !== undefined
            ? scenarioView(index) : problemView(`there is no scenario ${parts[0]} in these results`);
    default: return problemView(`there is no view '${view}'`);
    }
}

/** The id of the part that an address names; null for none. */
function partOf({ view, parts }) {
    if (view === "scenario" && parts[1]) {
        return `title-${parts[1]}`;
    }
    return view === "coverage" && parts[0] ? "cell-title" : null;
}

/** What has to be made anew when it changes: not for another part of the same. */
function pageOf({ view, parts }) {
    return view === "scenario" ? `scenario/${parts[0]}` : location.hash;
}
