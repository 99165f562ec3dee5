"use strict";
/* Conditions on figures, under which a drill fails: those of the command line. */

const conditions = objectsOf(results.conditions);

/** How `failed_check` names one. */
const CONDITION = /^fail-if /;

/** In the words of its figure: a number of points or of steps, else a duration. */
function conditionValue(condition) {
    if (!isNumber(condition.value)) {
        return "–";
    }
    return /^\s*(score|steps)\b/.test(condition.text) ? String(condition.value) : lasting(condition.value);
}

function conditionResult(condition) {
    if (typeof condition.met !== "boolean") {
        return element("span", { class: "faint" }, "nobody can tell");
    }
    return resultBadge(condition.met ? "fail" : "pass");
}

function drillNamed(id) {
    const index = rehearsals.findIndex((report) => drillOf(report).id === id);
    return index < 0 ? plain(id ?? "–")
        : element("a", { href: drillAddress(index) }, named(nameOf(rehearsals[index])));
}

/** Those that failed something come first. */
function conditionRows() {
    const order = (condition) => condition.met === true ? 0 : condition.met === false ? 2 : 1;
    return [...conditions].sort((a, b) => order(a) - order(b)).map((condition) =>
        [plain(condition.text ?? "–"), drillNamed(condition.drill), conditionValue(condition), conditionResult(condition)]);
}

function conditionSection() {
    const met = conditions.filter((condition) => condition.met === true).length;
    return conditions.length === 0 ? null : section("conditions", "Conditions under which a drill fails",
        element("p", {}, met === 0 ? "None of them is met." : `${counted(met, "condition")} of ${conditions.length} met.`),
        table("Conditions", ["Condition", "Drill", "It is", "Verdict"], conditionRows()));
}
