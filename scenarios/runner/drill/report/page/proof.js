"use strict";
/* The client's word beside the truth, and what an auditor asks for. */

const AUDIT_VERDICTS = {
    intact: ["good", "every record is what its checksum says, and follows the one before"],
    empty: ["plain", "there is no record, and none was expected"],
};

/** Who does not know the target's content knows of no job either. */
function noJobWords(target) {
    return target.now ? "no promotion was applied" : "not known";
}

function wordTable(report) {
    const outcome = objectOf(report.outcome);
    const target = objectOf(objectOf(report.truth).target);
    const source = objectOf(objectOf(report.truth).source);
    const jobs = objectsOf(objectOf(report.truth).jobs);
    return table("The client's word and the truth", ["", "The client says", "The server knows"], [
        ["How it ended", element("span", {}, "exit ", element("strong", {}, plain(outcome.exit ?? "unknown")), " ",
            named(outcome.outcome ?? "")), jobs.length === 0 ? noJobWords(target)
            : named(jobs.map((job) => `${job.id ?? "job"}: ${job.status ?? "?"}`).join(", "))],
        ["The target", named(outcome.target ?? "not said"), contentWords(target, source)],
        ["The reason", named(outcome.reason || "none"),
            named(jobs.map((job) => job.error).filter(Boolean).join(", ") || "none")],
    ]);
}

function truthPart(report) {
    const truth = { truth: report.truth, jobs: objectOf(report.truth).jobs };
    return [wordTable(report), element("h3", {}, "Contents, by their digests"), contentTable(truth),
        element("h3", {}, "Jobs"), jobTable(truth)];
}

function anchorNode(anchor) {
    const { seq, checksum } = objectOf(anchor);
    return isNumber(seq) ? element("code", {}, plain(`${seq}:${checksum ?? ""}`))
        : element("span", { class: "faint" }, "none: there was no record yet");
}

function auditVerdict(audit) {
    if (typeof audit.verdict !== "string") {
        return element("span", { class: "faint" }, "nobody looked");
    }
    const [kind, words] = AUDIT_VERDICTS[audit.verdict] ?? ["bad", audit.reason || "the chain does not hold"];
    return element("span", {}, element("span", { class: "badge", "data-kind": kind }, plain(audit.verdict)),
        " ", named(words));
}

function auditPart(report) {
    const audit = objectOf(report.audit);
    return [table("Audit anchors", ["", "Sequence number and checksum"], [
        ["Before", anchorNode(audit.before)], ["After", anchorNode(audit.after)],
        ["Verification", auditVerdict(audit)], ["Runs recorded", String(audit.records ?? "not known")],
    ]), element("p", { class: "faint" }, "An anchor that was noted elsewhere is checked by ",
        element("code", {}, "cogpromote audit verify --anchor SEQ:CHECKSUM"), "."),
    element("h3", {}, "Audit records"), recordDocument(recordOf(report).audit, describeAudit),
    element("h3", {}, "Journal"), journalDocument(recordOf(report))];
}
