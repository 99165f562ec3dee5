"use strict";
/* What the client left behind: its report, the audit file, the journal, what the receiver got. */

const DOCUMENT_ROWS = 100;

function valueNode(value) {
    return typeof value === "object" && value !== null
        ? element("code", {}, plain(JSON.stringify(value))) : named(said(value));
}

function reportDocument(scenario) {
    const report = typeof scenario.report === "string" ? parseLine(scenario.report) : scenario.report;
    if (report === null || typeof report !== "object") {
        return scenario.process ? processDocument(scenario)
            : element("p", { class: "faint" }, "The client gave none.");
    }
    return factList(Object.entries(report).filter(([, value]) => value !== null)
        .map(([name, value]) => [plain(name), valueNode(value)]));
}

/** What a client that is not ours printed; of such a one there is nothing else. */
function processDocument(scenario) {
    const process = objectOf(scenario.process);
    return factList([
        ["Died of", process.died_of ? plain(`signal ${process.died_of}`) : null],
        ["Limit", process.overdue ? "it was killed at its limit" : null],
        ["Not kept", process.lost_output ? plain(`${process.lost_output} bytes of its output`) : null],
        ["stdout", element("pre", {}, plain(String(process.stdout ?? "")))],
        ["stderr", element("pre", {}, plain(String(process.stderr ?? "")))],
    ]);
}

/** One record: a line that says what it is, and all of it below. */
function recordNode(line, describe) {
    const record = parseLine(line);
    if (record === null) {
        return element("li", {}, element("pre", {}, plain(line)));
    }
    return element("li", {}, unfolding(named(describe(objectOf(record))),
        () => element("pre", {}, prettyJson(record))));
}

/** A file of one record a line. */
function recordDocument(text, describe) {
    const lines = String(text ?? "").split("\n").filter((line) => line.trim() !== "");
    if (lines.length === 0) {
        return element("p", { class: "faint" }, "There is none.");
    }
    const list = element("ol", { class: "records" });
    const place = element("div", {}, list);
    showPaged(list, place, lines, DOCUMENT_ROWS, (line) => recordNode(line, describe));
    return place;
}

function describeAudit(record) {
    const what = record.outcome ?? record.kind ?? "record";
    return `${record.seq ?? ""} ${what} ${record.reason ?? ""}`.trim();
}

function describeJournal(record) {
    const state = objectOf(record.run).state ?? "";
    const status = objectOf(record.job).status_word ?? "";
    return [record.at, record.event, state, status && `job ${status}`].filter(Boolean).join(" · ");
}

function journalDocument(scenario) {
    return typeof scenario.journal === "string" ? recordDocument(scenario.journal, describeJournal)
        : element("p", { class: "faint" }, "It is kept only of runs that are no pass.");
}

function deliveryList(scenario) {
    const deliveries = objectsOf(scenario.deliveries);
    if (deliveries.length === 0) {
        return element("p", { class: "faint" }, "Nothing was delivered.");
    }
    return element("ul", { class: "records" }, deliveries.map((delivery) => {
        const body = typeof delivery.body === "string" ? parseLine(delivery.body) : delivery.body;
        const title = `${stamp(delivery.at)} s · ${delivery.id ?? "without an id"} · ` +
            (delivery.signed ? "signed" : "not signed");
        return element("li", {}, unfolding(named(title),
            () => element("pre", {}, prettyJson(body ?? delivery.body ?? ""))));
    }));
}
