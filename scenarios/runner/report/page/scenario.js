"use strict";
/* The page of one scenario. */

/** Neighbours in the file, and the next one that failed. */
function neighbours(index) {
    const count = results.scenarios.length;
    const failing = results.scenarios.findIndex((other, i) => i > index && other.result !== "pass");
    const link = (to, text, rel) => to < 0 || to >= count ? null
        : element("a", { href: scenarioAddress(to), rel }, text);
    return element("nav", { class: "line neighbours", "aria-label": "Other scenarios" },
        element("a", { href: "#/" }, "↑ All"), link(index - 1, "← Previous", "prev"),
        link(index + 1, "Next →", "next"), failing < 0 ? null : link(failing, "Next that failed ⇥"),
        element("span", { class: "faint" }, `${index + 1} of ${count}`));
}

function scenarioHead(scenario, index) {
    const tags = listOf(scenario.tags).map((tag) => element("a", {
        class: "tag", href: `#/?${new URLSearchParams({ tag: String(tag) })}`,
    }, named(tag)));
    return element("header", { class: "head" }, neighbours(index),
        element("h1", { tabindex: -1 }, resultBadge(scenario.result), " ", named(titleOf(scenario))),
        scenario.description ? element("p", {}, named(scenario.description)) : null,
        element("p", { class: "line" }, element("code", {}, plain(scenario.file ?? "")), tags),
        factList([
            ["Exit", scenario.exit ?? "unknown"], ["Outcome", named(scenario.outcome ?? "unknown")],
            ["Target", named(scenario.target ?? "unknown")], ["Step", scenario.step && named(scenario.step)],
            ["Reason", scenario.reason && named(scenario.reason)],
            ["Follow-up", scenario.follow_up && named(scenario.follow_up)],
            ["Signal", scenario.signal && named(scenario.signal)],
            ["Processes", scenario.processes > 1 ? scenario.processes : null],
            ["Virtual time", lasting(scenario.virtual_ms)], ["Transport", scenario.transport],
        ]), replayLine(scenario));
}

/** What the page consists of: [id, title, make]. */
const SECTIONS = [
    ["findings", "Findings", (scenario) => objectsOf(scenario.findings).length === 0
        ? element("p", { class: "faint" }, "None.") : findingList(scenario)],
    ["expected", "Expected and got", expectationTable],
    ["sequence", "Sequence", sequenceFigure],
    ["timeline", "Timeline", timelineFigure],
    ["truth", "The fake's truth", truthSection],
    ["invariants", "Invariants", invariantList],
    ["report", "The client's report", reportDocument],
    ["audit", "Audit records", (scenario) => recordDocument(scenario.audit, describeAudit)],
    ["journal", "Journal", journalDocument],
    ["deliveries", "Webhook", deliveryList],
    ["log", "Log", logSection],
];

function sectionNode([id, title, make], scenario) {
    return element("section", { id: `section-${id}`, class: "panel", "aria-labelledby": `title-${id}` },
        element("h2", { id: `title-${id}`, tabindex: -1 }, title), make(scenario));
}

function scenarioView(index) {
    const scenario = results.scenarios[index];
    const sections = element("nav", { class: "sections", "aria-label": "Parts of this page" },
        SECTIONS.map(([id, title]) => element("a", { href: scenarioAddress(index, id) }, title)));
    return {
        title: titleOf(scenario),
        nodes: [scenarioHead(scenario, index), sections,
            ...SECTIONS.map((section) => sectionNode(section, scenario))],
    };
}
