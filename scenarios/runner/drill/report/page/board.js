"use strict";
/* All rehearsals of the file. */

function countVerdicts(verdict) {
    return rehearsals.filter((report) => report.verdict === verdict).length;
}

function verdictTiles() {
    return element("ul", { class: "tiles" }, ["pass", "fail", "inconclusive"].map((verdict) => {
        const { glyph, kind } = resultWords(verdict);
        const count = countVerdicts(verdict);
        return element("li", { class: "tile", "data-kind": count > 0 ? kind : "plain" },
            element("span", { class: "big" }, String(count)),
            element("span", {}, element("span", { "aria-hidden": "true" }, `${glyph} `), verdict));
    }));
}

function boardRow(report, index) {
    const [recover, exposure] = [figureOf(report, "recover"), figureOf(report, "exposure")];
    return [element("a", { href: drillAddress(index) }, named(nameOf(report))), resultBadge(report.verdict),
        String(objectOf(report.score).points ?? "–"), measured(recover, recover.median),
        measured(recover, recover.p95), measured(recover, recover.target), metWords(recover),
        measured(exposure, exposure.maximum), plain(report.mode ?? "–"), String(objectOf(report.seeds).count ?? "–")];
}

function boardTable() {
    return table("Rehearsals", ["Drill", "Verdict", "Points", "Recover: median", "95th percentile", "Target",
        "", "Longest exposure", "Mode", "Runs"], rehearsals.map(boardRow), { class: "board" });
}

function wrongList() {
    const wrong = rehearsals.map((report, index) => ({ report, index })).filter(({ report }) => report.verdict !== "pass");
    return wrong.length === 0 ? null : section("wrong", "What went wrong",
        element("ul", { class: "problems" }, wrong.map(({ report, index }) => element("li", { class: "problem" },
            element("p", { class: "finding", "data-kind": resultWords(report.verdict).kind },
                resultBadge(report.verdict), " ",
                element("a", { href: drillAddress(index) }, named(nameOf(report))), " ", verdictSentence(report))))));
}

function boardView() {
    const [failed, passed] = [countVerdicts("fail"), countVerdicts("pass")];
    const points = rehearsals.map((report) => objectOf(report.score).points).filter(isNumber);
    return {
        title: `${failed} failed, ${passed} passed`,
        nodes: [element("header", { class: "head" },
            element("h1", { tabindex: -1 }, counted(rehearsals.length, "rehearsal")), verdictTiles(),
            factList([["Fewest points", points.length > 0 ? String(Math.min(...points)) : null],
                ["cogdrill", results.tool_version && plain(results.tool_version)]])),
        conditionSection(), wrongList(), section("board", "All drills", rehearsals.length === 0
            ? element("p", { class: "faint" }, "There is none in this file.") : boardTable())],
    };
}
