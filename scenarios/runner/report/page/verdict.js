"use strict";
/* What was expected of a run, what came, and what the judges found. */

function findingList(scenario) {
    const findings = objectsOf(scenario.findings);
    return element("ul", { class: "findings" }, findings.map((finding) => element("li", {
        class: "finding", "data-kind": resultWords(finding.result).kind,
    }, resultBadge(finding.result), " ", element("strong", {}, named(finding.check ?? "")), " ",
    named(finding.text ?? "", { class: "said" }))));
}

function countedCalls(scenario) {
    const calls = {};
    for (const exchange of objectsOf(scenario.exchanges)) {
        calls[exchange.call] = (calls[exchange.call] ?? 0) + 1;
    }
    return calls;
}

function appliedCounts(scenario) {
    const jobs = objectsOf(scenario.jobs);
    return {
        promote: jobs.length,
        rollback: jobs.reduce((sum, job) => sum + (job.rollbacks ?? 0), 0),
    };
}

/** The audit file as the expectation counts it: without its first record, which is no run's. */
function auditGot(scenario) {
    const records = String(scenario.audit ?? "").split("\n").map(parseLine)
        .filter((record) => record !== null && record.kind !== "genesis");
    const { status, outcome } = objectOf(records.at(-1));
    return { records: records.length, status, outcome };
}

function webhookGot(scenario) {
    const deliveries = objectsOf(scenario.deliveries);
    const body = deliveries.at(-1)?.body;
    return { delivered: deliveries.length, event: objectOf(parseLine(String(body ?? ""))).event };
}

/** What came, in the words of the expectation; undefined where only the judges know. */
function gotOf(scenario, check) {
    const [name, part] = check.split(".");
    switch (name) {
    case "exit": case "outcome": case "target": case "step": case "reason": case "follow_up":
        return scenario[name];
    case "elapsed": return lasting(endOf(scenario));
    case "calls": return countedCalls(scenario)[part] ?? 0;
    case "audit": return auditGot(scenario);
    case "webhook": return webhookGot(scenario);
    case "applied": return appliedCounts(scenario)[part];
    default: return undefined;
    }
}

/** {"calls": {"promote": 1}} → [["calls.promote", 1]] */
function flattened(expected) {
    return Object.entries(expected).flatMap(([name, value]) =>
        name === "calls" || name === "applied"
            ? Object.entries(objectOf(value)).map(([part, wanted]) => [`${name}.${part}`, wanted])
            : [[name, value]]);
}

function said(value) {
    if (value === null) {
        return "none";
    }
    return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function expectationTable(scenario) {
    const missed = objectsOf(scenario.findings).map((finding) => String(finding.check));
    const rows = flattened(objectOf(scenario.expected)).map(([check, wanted]) => {
        const got = gotOf(scenario, check);
        const isMissed = missed.some((name) => name === check || name.startsWith(`${check}.`));
        return [named(check), named(said(wanted)), got === undefined ? "–" : named(said(got)),
            resultBadge(isMissed ? "fail" : scenario.result === "inconclusive" ? "inconclusive" : "pass")];
    });
    return rows.length === 0 ? element("p", { class: "faint" }, "The scenario expects nothing by itself.")
        : table("Expected and got", ["Check", "Expected", "Got", "Result"], rows);
}
