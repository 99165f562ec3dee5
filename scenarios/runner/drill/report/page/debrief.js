"use strict";
/* What a person did, and what people said of it afterwards, or will: with room to write on paper. */

const LINES_TO_WRITE = 3;

function commandTable(report) {
    const rows = objectsOf(report.commands).map((command) => [
        element("code", {}, named(command.line ?? "")), `${stamp(command.at)} s`,
        isNumber(command.until) ? lasting(command.until - command.at) : "it ran yet",
        isNumber(command.exit) ? String(command.exit) : "–",
    ]);
    return rows.length === 0 ? element("p", { class: "faint" }, isGuided(report)
        ? "Nothing was typed." : "Nobody typed anything: the client recovered by itself.")
        : table("Commands", ["Command", "At", "It took", "Exit"], rows);
}

function emptyRows(count, columns) {
    return Array.from({ length: count }, () => Array.from({ length: columns }, () => "\u00a0"));
}

function surpriseList(report) {
    const surprises = listOf(report.surprises);
    return surprises.length > 0
        ? element("ul", { class: "bullets" }, surprises.map((text) => element("li", {}, named(text))))
        : element("div", {}, element("p", { class: "faint" }, "Nothing was written down."),
            element("div", { class: "to-write", "aria-hidden": "true" },
                Array.from({ length: LINES_TO_WRITE }, () => element("p", {}, "\u00a0"))));
}

function actionTable(report) {
    const actions = objectsOf(report.actions);
    const heads = ["Action", "Owner", "Due"];
    const rows = actions.map((action) => [named(action.text ?? ""), named(action.owner || "\u00a0"),
        named(action.due || "\u00a0")]);
    return rows.length > 0 ? table("Action items", heads, rows, { class: "actions" })
        : element("div", {}, element("p", { class: "faint" }, "None was agreed on."),
            element("div", { class: "to-write", "aria-hidden": "true" },
                table("Room for action items", heads, emptyRows(LINES_TO_WRITE, heads.length), { class: "actions" })));
}

function debriefPart(report) {
    return [element("h3", {}, "What was a surprise"), surpriseList(report),
        element("h3", {}, "Action items"), actionTable(report)];
}
