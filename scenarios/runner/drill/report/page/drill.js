"use strict";
/* One rehearsal of a drill: for who decides at the top, then for who checks, then for who is next. */

function otherDrills(index) {
    const link = (to, text, rel) => rehearsals[to] === undefined ? null
        : element("a", { href: drillAddress(to), rel }, text);
    return rehearsals.length < 2 ? null
        : element("nav", { class: "line neighbours", "aria-label": "Other drills" },
            element("a", { href: "#/" }, "↑ All"), link(index - 1, "← Previous", "prev"),
            link(index + 1, "Next →", "next"),
            element("span", { class: "faint" }, `${index + 1} of ${rehearsals.length}`));
}

function headTile(words, value, kind) {
    return element("li", { class: "tile", "data-kind": kind },
        element("span", { class: "big" }, value), element("span", {}, words));
}

function metKind(figure) {
    return figure.met === true ? "good" : figure.met === false ? "bad" : "plain";
}

/** What a manager asks first. */
function headTiles(report) {
    const score = objectOf(report.score);
    const [recover, exposure] = [figureOf(report, "recover"), figureOf(report, "exposure")];
    const critical = objectsOf(report.checklist).filter((check) => check.critical === true && check.idle !== true);
    const held = critical.filter((check) => check.result === "pass").length;
    const [shown, longest] = isSeries(report) ? [` with seed ${report.shown_seed}`, " at the longest"] : ["", ""];
    const targetWords = (figure) => isNumber(figure.target) ? `, target ${measured(figure, figure.target)}` : "";
    return element("ul", { class: "tiles" },
        headTile(`of 100 points${shown}, ${score.pass_mark ?? "?"} needed`, String(score.points ?? "–"),
            resultWords(report.verdict).kind),
        headTile(`critical points hold${shown}`, `${held} of ${critical.length}`, held === critical.length ? "good" : "bad"),
        headTile(`to recover${longest}${targetWords(recover)}`, measured(recover, decisive(report, recover)), metKind(recover)),
        headTile(`of mixed content${longest}${targetWords(exposure)}`, measured(exposure, decisive(report, exposure)), metKind(exposure)));
}

function seedWords(report) {
    const { first, count } = objectOf(report.seeds);
    return count > 1 ? `${first} to ${first + count - 1}; ${report.shown_seed} is shown` : `${first ?? "–"}`;
}

function drillFacts(report) {
    return factList([
        ["Drill", named(drillOf(report).id ?? "–")], ["Mode", plain(report.mode ?? "–")],
        ["Held", report.held_at && plain(String(report.held_at).replace("T", " "))],
        ["Operator", report.operator && named(report.operator)],
        ["Client", named(report.client ?? "cogpromote")], ["Transport", plain(report.transport ?? "–")],
        [isSeries(report) ? "Seeds" : "Seed", seedWords(report)],
        ["cogdrill", report.tool_version && plain(report.tool_version)],
    ]);
}

function drillHead(report, index, isAlone) {
    const { hypothesis, description } = drillOf(report);
    return element("header", { class: "head" }, otherDrills(index),
        element("h1", { tabindex: -1 }, resultBadge(report.verdict), " ", named(nameOf(report))),
        element("p", { class: "verdict" }, verdictSentence(report)),
        headTiles(report),
        hypothesis ? element("p", { class: "hypothesis" }, element("strong", {}, "Hypothesis. "), named(hypothesis)) : null,
        description ? element("p", { class: "faint" }, named(description)) : null,
        drillFacts(report), replayLine(report, isAlone ? "copy" : null));
}

function settingPart(report) {
    const { roles, situation, task, file, digest: sum } = drillOf(report);
    return [
        factList([["Situation", situation && named(situation)], ["Task", task && named(task)],
            ["File", file && element("code", {}, plain(file))], ["Its SHA-256", sum && element("code", {}, plain(sum))]]),
        objectsOf(roles).length === 0 ? null : table("Roles", ["Role", "What is theirs"],
            objectsOf(roles).map((role) => [named(role.name ?? ""), named(role.text ?? "")])),
    ];
}

function injectTable(report) {
    const rows = objectsOf(report.injects).map((inject) => [named(inject.name ?? ""),
        isNumber(inject.at) ? `${stamp(inject.at)} s` : "it did not", named(inject.text || "–")]);
    return rows.length === 0 ? element("p", { class: "faint" }, "Nothing was put in from outside.")
        : table("What struck", ["Inject", "Struck at", "What it was"], rows);
}

function findingPart(report) {
    return objectsOf(report.findings).length === 0
        ? element("p", { class: "faint" }, "None: the run kept every rule and expectation.") : findingList(report);
}

function ladderPart(report) {
    return report.record ? sequenceFigure(recordOf(report))
        : element("p", { class: "faint" }, "The requests are not known.");
}

function logPart(report) {
    return logSection(recordOf(report));
}

/** What a drill's page consists of; `short` is what leads there. */
const DRILL_PARTS = [
    { id: "figures", short: "Figures", title: "Figures against targets", make: figureTable },
    { id: "timeline", short: "Timeline", title: "Timeline", make: milestoneFigure },
    { id: "checklist", short: "Checklist", title: "Checklist", make: checkTable },
    { id: "truth", short: "Truth", title: "The server's truth beside the client's word", make: truthPart },
    { id: "audit", short: "Audit", title: "Audit and journal", make: auditPart },
    { id: "findings", short: "Findings", title: "Findings", make: findingPart },
    { id: "commands", short: "Commands", title: "Commands", make: commandTable },
    { id: "injects", short: "Injects", title: "What struck", make: injectTable },
    { id: "debrief", short: "Afterwards", title: "Afterwards", make: debriefPart },
    { id: "trend", short: "Trend", title: "Trend", make: trendPart },
    { id: "setting", short: "Drill", title: "The drill", make: settingPart },
    { id: "requests", short: "Requests", title: "Requests", make: ladderPart },
    { id: "log", short: "Log", title: "Log", make: logPart, isForOneAlone: true },
];

function drillPart({ id, title, make }, report, index) {
    return section(`d${index}-${id}`, title, ...[make(report)].flat().filter((node) => node !== null));
}

/** @param isAlone else it stands among others, for paper */
function drillNodes(index, isAlone) {
    const report = rehearsals[index];
    const parts = DRILL_PARTS.filter(({ isForOneAlone }) => isAlone || isForOneAlone !== true);
    const links = element("nav", { class: "sections", "aria-label": "Parts of this page" },
        parts.map(({ id, short }) => element("a", { href: drillAddress(index, id) }, short)));
    return [drillHead(report, index, isAlone), isAlone ? links : null,
        ...parts.map((part) => drillPart(part, report, index))];
}

function drillView(index) {
    return { title: nameOf(rehearsals[index]), nodes: drillNodes(index, true) };
}

/** Everything, one drill behind the other. */
function paperView() {
    return {
        title: "All rehearsals",
        nodes: [...boardView().nodes, ...rehearsals.map((report, index) =>
            element("article", { class: "sheet" }, drillNodes(index, false).filter((node) => node !== null)))],
    };
}
