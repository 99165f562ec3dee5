"use strict";
/* What the fake knows of the end, and what the invariants say to it. */

const INVARIANTS = {
    I1: "at most one promotion was applied",
    I2: "none was applied while sessions were active",
    I3: "a failed job was rolled back once, to its end",
    I4: "no rollback of what completed or is unknown",
    I5: "the exit code is what truth and knowledge allow",
    I6: "unknown only where the truth could not be seen",
    I7: "within its deadlines",
    I8: "no call too early, none too often",
    I9: "no secret in any output",
    I10: "the audit chain verifies and agrees",
    I11: "the webhook is signed, and delivered or kept",
    I12: "the lock is released, or its holder dead",
    I13: "after a kill, resume ends with the same truth",
    I14: "once faults stop, it ends with the right verdict",
    I15: "no leak, nothing undefined, no file left open",
    I16: "one idempotency key a call",
    I17: "the error names the step and its first cause",
    I18: "of two operators, each minds its own job",
};

function contentWords(environment, other) {
    if (!environment.now || !environment.start) {
        return "not known";
    }
    if (environment.now === environment.start) {
        return "as before";
    }
    return environment.now === other.now ? "has the other's content" : "changed";
}

function digest(text) {
    return text ? element("code", { title: plain(text) }, shortened(text, 13)) : "–";
}

function contentTable(scenario) {
    const truth = objectOf(scenario.truth);
    const [source, target] = [objectOf(truth.source), objectOf(truth.target)];
    return table("Contents of the environments", ["Environment", "At the start", "At the end", ""], [
        ["source", digest(source.start), digest(source.now), contentWords(source, {})],
        ["target", digest(target.start), digest(target.now), contentWords(target, source)],
    ]);
}

function jobTable(scenario) {
    const moment = (ms) => isNumber(ms) && ms >= 0 ? `${stamp(ms)} s` : "–";
    const rows = objectsOf(scenario.jobs).map((job) => [
        named(job.id ?? ""), named(`${job.source ?? "?"} → ${job.target ?? "?"}`),
        named(job.status ?? ""), named(job.error ?? "–"), moment(job.created), moment(job.ended),
        String(job.sessions ?? "–"), job.reversible === false ? "no" : "yes",
        job.rollbacks > 0 ? `${job.rollbacks}, ended ${moment(job.rollback_ended)}` : "none",
    ]);
    return rows.length === 0 ? element("p", { class: "faint" }, "No promotion was applied.")
        : table("Jobs as the fake knows them", ["Job", "From → to", "Status", "Error", "Created",
            "Ended", "Sessions at the start", "Reversible", "Rollbacks"], rows);
}

function invariantList(scenario) {
    const entries = Object.entries(objectOf(scenario.invariants));
    return entries.length === 0 ? element("p", { class: "faint" }, "None was evaluated.")
        : element("ul", { class: "invariants" }, entries.map(([name, result]) => element("li", {},
            resultBadge(result), element("strong", {}, plain(name)),
            element("span", { class: "faint" }, INVARIANTS[name] ?? ""))));
}

function truthSection(scenario) {
    return [contentTable(scenario), jobTable(scenario)];
}
