"use strict";
/* What an exploration found: kinds, the gravest first, and every run. */

function failureAddress(id) {
    return `#/failure/${encodeURIComponent(id)}`;
}

function findFailure(id) {
    return objectsOf(results.failures).find((failure) => String(failure.id) === id);
}

/** "a promotion: promote#1/a1 status_503, status#2.. delay_2s" */
function wayTo(failure) {
    return `${failure.base ?? "?"}: ${listOf(failure.faults).map(String).join(", ")}`;
}

function shellWord(text) {
    return `'${String(text).replaceAll("'", "'\\''")}'`;
}

function replayCommand(failure) {
    const words = ["cogdrill run"];
    if (results.seed !== undefined) {
        words.push(`--seed ${results.seed}`);
    }
    if (results.client) {
        words.push(`--client ${shellWord(results.client)}`);
    } else if (results.transport && results.transport !== "memory") {
        words.push(`--transport ${results.transport}`);
    }
    return [...words, `${failure.id}.jsonc`].join(" ");
}

function scenarioNode(failure) {
    const text = element("pre", {}, prettyJson(failure.scenario ?? null));
    const command = element("code", { class: "command" }, plain(replayCommand(failure)));
    return element("div", {},
        element("p", { class: "line" }, element("span", { class: "faint" }, `Save it as ${plain(failure.id)}.jsonc`),
            copyButton(text, { "aria-label": "Copy the scenario" })),
        element("p", { class: "line replay" }, element("span", { class: "faint" }, "and run it"),
            command, copyButton(command, { "aria-label": "Copy the command" })), text);
}

function groupItem(group) {
    const failure = findFailure(String(group.smallest));
    return element("li", { class: "problem" },
        element("p", { class: "finding", "data-kind": resultWords(group.result).kind },
            resultBadge(group.result), " ", element("strong", {}, named(group.check ?? "")), " ",
            named(group.text ?? "", { class: "said" })),
        element("p", {}, element("span", { class: "faint" }, `${counted(group.count, "run")}; the smallest: `),
            element("a", { href: failureAddress(group.smallest) }, named(group.smallest ?? "")), " ",
            failure === undefined ? null : named(wayTo(failure))),
        failure === undefined ? null : unfolding("Its scenario", () => scenarioNode(failure)));
}

function groupSection() {
    const groups = objectsOf(results.groups);
    const list = element("ul", { class: "problems" });
    const place = section("found", "What was found", groups.length === 0
        ? element("p", { class: "faint" }, "No run broke a rule.") : list);
    showPaged(list, place, groups, FAILURES_SHOWN, groupItem);
    return place;
}

/** Every run that broke a rule; those of a kind are alike. */
function failureSection() {
    const failures = objectsOf(results.failures);
    if (failures.length === 0) {
        return null;
    }
    const rows = element("tbody");
    const place = section("failures", "All failures", element("div", { class: "scroll" },
        element("table", {}, element("caption", { class: "unseen" }, "All failures"),
            element("thead", {}, element("tr", {}, ["Failure", "Check", "Base and faults", "Exit"]
                .map((head) => element("th", { scope: "col" }, head)))), rows)));
    showPaged(rows, place, failures, FAILURES_SHOWN, (failure) => element("tr", {},
        element("th", { scope: "row" }, element("a", { href: failureAddress(failure.id) }, named(failure.id ?? ""))),
        element("td", {}, named(failure.check ?? "")), element("td", {}, named(wayTo(failure))),
        element("td", { class: "number" }, String(failure.exit ?? "–"))));
    const lost = effortSum("failed") + effortSum("inconclusive") - failures.length;
    place.append(lost > 0 ? element("p", { class: "faint" }, `${counted(lost, "more failure")} not kept.`) : "");
    return place;
}

function failureView(id) {
    const failure = findFailure(id);
    if (failure === undefined) {
        return problemView(`there is no failure ${id} in this exploration`);
    }
    return {
        title: `${id}: ${failure.check}`,
        nodes: [element("header", { class: "head" },
            element("nav", { class: "line neighbours", "aria-label": "Other failures" }, element("a", { href: "#/" }, "↑ All")),
            element("h1", { tabindex: -1 }, resultBadge("fail"), " ", named(id)),
            factList([["Base", named(failure.base ?? "?")], ["File", named(failure.file ?? "?")],
                ["Exit", failure.exit ?? "unknown"]]),
            element("ol", {}, listOf(failure.faults).map((fault) => element("li", {}, named(fault))))),
        section("findings", "Findings", findingList(failure)),
        section("scenario", "Scenario", scenarioNode(failure))],
    };
}
