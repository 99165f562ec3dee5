"use strict";
/* The reports that the page was made with, and what is said of a drill in few words. */

/** A file of several, or one report by itself. */
const rehearsals = results.format === "cogdrill-rehearsal" ? [results] : objectsOf(results.rehearsals);

function drillOf(report) {
    return objectOf(report.drill);
}

function nameOf(report) {
    return String(drillOf(report).name ?? drillOf(report).id ?? "a drill without a name");
}

function recordOf(report) {
    return objectOf(report.record);
}

function figureOf(report, name) {
    return objectsOf(report.figures).find((figure) => figure.name === name) ?? {};
}

/** "28 s", or "3" of what is counted; "–" for what is not known. */
function measured(figure, value) {
    if (!isNumber(value)) {
        return "–";
    }
    return figure.unit === "count" ? String(value) : lasting(value);
}

function isSeries(report) {
    return objectOf(report.seeds).count > 1;
}

function isGuided(report) {
    return report.mode === "guided";
}

function drillAddress(index, part = "") {
    return `#/drill/${index}${part === "" ? "" : `/${part}`}`;
}

/** The milestones that came, by the clock that is asked for. */
function momentsBy(report, side) {
    return objectsOf(report.milestones).filter((milestone) =>
        isNumber(milestone[side]) && milestone[side] >= 0);
}

function failedCheck(report) {
    const id = report.failed_check;
    return id ? objectsOf(report.checklist).find((check) => check.id === id) ?? { text: id } : null;
}

/** Why it ended so, as one sentence. */
function verdictSentence(report) {
    const score = objectOf(report.score);
    const points = `${score.points ?? "?"} of 100 points, and ${score.pass_mark ?? "?"} were needed`;
    const critical = failedCheck(report);
    if (typeof report.aborted === "string") {
        return `It was broken off${report.aborted === "" ? "" : `: ${plain(report.aborted)}`}. Nothing follows from it.`;
    }
    const check = String(report.failed_check ?? "");
    if (CONDITION.test(check) && report.verdict === "fail") {
        return `It failed by a condition on its figures: “${plain(check.replace(CONDITION, ""))}”. It has ${points}.`;
    }
    if (critical !== null && report.verdict === "fail") {
        return `It failed whatever the score, because a critical point did not hold: “${plain(critical.text)}”. It has ${points}.`;
    }
    if (report.verdict === "pass") {
        return `It passed: it has ${points}.`;
    }
    return report.verdict === "fail" ? `It failed: it has ${points}${ruleWords(report)}.`
        : `Nobody can tell: something could not be judged. It has ${points}${ruleWords(report)}.`;
}

function ruleWords(report) {
    const found = objectsOf(report.findings)[0];
    return found === undefined ? "" : `; besides, ${plain(found.check ?? "")}: ${plain(found.text ?? "")}`;
}
