"use strict";
/* All scenarios of the results, those that failed first. */

/** Groups are open as long as there are no more rows than this. */
const OPEN_ROWS_MAX = 400;
const PROBLEMS_SHOWN = 50;

function shardWords(shard) {
    return shard ? `${shard.index} of ${shard.count}` : "all";
}

function countOf(result) {
    return results.counts?.[result] ??
        results.scenarios.filter((scenario) => scenario.result === result).length;
}

function countTiles() {
    return element("ul", { class: "tiles" }, ["pass", "fail", "inconclusive"].map((result) => {
        const { glyph, kind } = resultWords(result);
        return element("li", {}, element("a", {
            class: "tile", "data-kind": countOf(result) > 0 ? kind : "plain",
            href: `#/?${new URLSearchParams({ result })}`,
        }, element("span", { class: "big" }, String(countOf(result))),
        element("span", {}, element("span", { "aria-hidden": "true" }, `${glyph} `), result)));
    }));
}

function runFacts() {
    return factList([
        ["Scenarios", `${results.scenarios.length} of ${results.selected ?? results.scenarios.length}`],
        ["Client", named(clientName())], ["Transport", results.transport],
        ["Seed", results.seed], ["Repeat", results.repeat],
        ["Shard", shardWords(results.shard)], ["Virtual time", lasting(results.virtual_ms)],
        ["cogdrill", results.tool_version],
    ]);
}

function problemList(indices) {
    const list = element("ul", { class: "problems" });
    const place = element("section", { class: "panel", "aria-labelledby": "problems-title" },
        element("h2", { id: "problems-title" }, "What went wrong"), list);
    showPaged(list, place, indices, PROBLEMS_SHOWN, (index) => {
        const scenario = results.scenarios[index];
        return element("li", { class: "problem" },
            element("a", { href: scenarioAddress(index) }, named(titleOf(scenario))), findingList(scenario));
    });
    return place;
}

/** The case apart from the name, which its neighbours have too. */
function titleNodes(scenario) {
    const title = titleOf(scenario);
    const ending = `: ${scenario.case}`;
    return scenario.case && title.endsWith(ending)
        ? [named(title.slice(0, -ending.length)), " ", named(scenario.case, { class: "case" })]
        : [named(title)];
}

function scenarioRow(index) {
    const scenario = results.scenarios[index];
    return element("tr", {},
        element("td", {}, resultBadge(scenario.result)),
        element("th", { scope: "row" },
            element("a", { href: scenarioAddress(index) }, titleNodes(scenario))),
        element("td", {}, named(scenario.outcome ?? "–")),
        element("td", { class: "number" }, String(scenario.exit ?? "–")),
        element("td", { class: "number" }, lasting(scenario.virtual_ms)),
        element("td", { class: "faint" }, named(listOf(scenario.tags).join(" "))));
}

function groupTable(folder, indices) {
    return element("div", { class: "scroll" }, element("table", { class: "scenarios" },
        element("caption", { class: "unseen" }, `Scenarios in ${plain(folder)}`),
        element("thead", {}, element("tr", {}, ["Result", "Scenario", "Outcome", "Exit", "Virtual time",
            "Tags"].map((head) => element("th", { scope: "col" }, head)))),
        element("tbody", {}, byResult(indices).map(scenarioRow))));
}

function groupNode([folder, indices], isOpen) {
    const isBad = indices.some((index) => results.scenarios[index].result !== "pass");
    const failed = indices.filter((index) => results.scenarios[index].result === "fail").length;
    const title = element("span", {}, element("strong", {}, named(folder)), " ",
        element("span", { class: "faint" }, counted(indices.length, "scenario")), " ",
        failed > 0 ? element("span", { class: "badge", "data-kind": "bad" }, `✖ ${failed} failed`) : null);
    return unfolding(title, () => groupTable(folder, indices),
        { class: "panel group", open: isOpen || isBad });
}

/** What the filter looks through. */
function searchable(scenario) {
    return [titleOf(scenario), scenario.file, scenario.description, scenario.outcome, scenario.reason]
        .filter((part) => part !== undefined && part !== null).join(" ").toLowerCase();
}

function fits(scenario, filter) {
    return (filter.result === "" || scenario.result === filter.result) &&
        (filter.tag === "" || listOf(scenario.tags).some((tag) => String(tag) === filter.tag)) &&
        filter.text.toLowerCase().split(/\s+/).every((word) => searchable(scenario).includes(word));
}

function groupsOf(indices) {
    const groups = new Map();
    for (const index of indices) {
        const folder = folderOf(results.scenarios[index]);
        groups.set(folder, [...(groups.get(folder) ?? [])]);
        groups.get(folder).push(index);
    }
    return [...groups].sort(([left], [right]) => left < right ? -1 : 1);
}

function showGroups(place, filter) {
    const fitting = [...results.scenarios.keys()].filter((index) => fits(results.scenarios[index], filter));
    const isOpen = fitting.length <= OPEN_ROWS_MAX;
    const wrong = byResult(fitting.filter((index) => objectsOf(results.scenarios[index].findings).length > 0));
    place.replaceChildren(
        element("p", { class: "faint", role: "status", id: "count" },
            fitting.length === 0 ? "No scenario fits the filter."
                : `${counted(fitting.length, "scenario")} of ${results.scenarios.length}`),
        wrong.length > 0 ? problemList(wrong) : "",
        ...groupsOf(fitting).map((group) => groupNode(group, isOpen)));
}

function allTags() {
    return [...new Set(results.scenarios.flatMap((scenario) => listOf(scenario.tags).map(String)))].sort();
}

function option(value, text) {
    return element("option", { value }, plain(text));
}

/** The filter's form; `changed` gets what it says. */
function filterForm(filter, changed) {
    const text = element("input", {
        type: "search", id: "filter-text", placeholder: "name, file, outcome, reason",
        "aria-keyshortcuts": "/",
    });
    const result = element("select", { id: "filter-result" }, option("", "any result"),
        ["fail", "inconclusive", "pass"].map((word) => option(word, word)));
    const tag = element("select", { id: "filter-tag" }, option("", "any tag"),
        allTags().map((word) => option(word, word)));
    text.value = filter.text;
    result.value = filter.result;
    tag.value = filter.tag;
    let told = JSON.stringify(filter);
    const tell = () => {
        const wanted = { text: text.value.trim(), result: result.value, tag: tag.value };
        // Leaving the field is a change too: the rows under a click must not be made anew.
        if (JSON.stringify(wanted) !== told) {
            told = JSON.stringify(wanted);
            changed(wanted);
        }
    };
    return element("form", {
        class: "line filter", role: "search", oninput: tell, onchange: tell,
        onsubmit: (event) => event.preventDefault(),
    }, element("label", { for: "filter-text" }, "Filter"), text,
    element("label", { for: "filter-result", class: "unseen" }, "Result"), result,
    element("label", { for: "filter-tag", class: "unseen" }, "Tag"), tag);
}

/** The filter is in the address, so that it is there again after a reload and a way back. */
function filterAddress(filter) {
    const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ""));
    return query.size === 0 ? "#/" : `#/?${query}`;
}

function overviewView(query) {
    const filter = {
        text: query.get("text") ?? "", result: query.get("result") ?? "", tag: query.get("tag") ?? "",
    };
    const place = element("div", { class: "groups" });
    showGroups(place, filter);
    const form = filterForm(filter, (changed) => {
        history.replaceState(null, "", filterAddress(changed));
        showGroups(place, changed);
    });
    return {
        title: `${countOf("fail")} failed, ${countOf("pass")} passed`,
        nodes: [element("header", { class: "head" },
            element("h1", { tabindex: -1 }, "Scenarios of ", named(clientName())), countTiles(), runFacts()),
        form, place],
    };
}
