"use strict";
/* What was asked of the drill, point by point, and what each answer rests on. */

function checkBadge(check) {
    return check.idle === true
        ? element("span", { class: "badge", "data-kind": "plain", title: "There was nothing to judge: it neither counts nor costs." },
            element("span", { "aria-hidden": "true" }, "– "), "idle")
        : resultBadge(check.result);
}

/** Over all runs: "98 of 100". */
function checkCounts(check) {
    const judged = (check.passed ?? 0) + (check.failed ?? 0) + (check.inconclusive ?? 0);
    return judged === 0 ? "–" : `${check.passed ?? 0} of ${judged}`;
}

function checkText(check) {
    return element("span", {}, named(check.text ?? ""), " ",
        check.critical === true ? element("span", { class: "badge", "data-kind": "info" }, "critical") : null,
        " ", element("code", { class: "faint" }, plain(check.id ?? "")));
}

function checkTable(report) {
    const rows = objectsOf(report.checklist).map((check) => [
        checkText(check), checkBadge(check), String(check.weight ?? "–"),
        ...isSeries(report) ? [checkCounts(check)] : [], named(check.evidence || "–"),
    ]);
    return rows.length === 0 ? element("p", { class: "faint" }, "Nothing was asked.")
        : element("div", {}, table("Checklist", ["Point", "Result", "Weight",
            ...isSeries(report) ? ["Held in"] : [], "Evidence"], rows, { class: "checks" }), scoreWords(report));
}

function scoreWords(report) {
    const score = objectOf(report.score);
    const hints = score.hint_cost > 0 ? `; hints took ${score.hint_cost} off` : "";
    const spread = isSeries(report) ? ` Over all runs the median is ${score.median ?? "?"}, the least ${score.minimum ?? "?"}.` : "";
    return element("p", { class: "faint" },
        `${score.points ?? "?"} of 100 points${hints}; ${score.pass_mark ?? "?"} are needed. A critical point that fails decides whatever the score.${spread}`);
}
