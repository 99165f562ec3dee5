"use strict";
/* Small faults that were put into the client on purpose, and who noticed them. */

/** Name → {what, scenario, explorer}: each entry tells of one way. */
function mutantsByName() {
    const mutants = new Map();
    for (const entry of objectsOf(results.mutants)) {
        const name = String(entry.name);
        const mutant = mutants.get(name) ?? { what: entry.what ?? "", scenario: null, explorer: null };
        mutant[entry.by === "explore" ? "explorer" : "scenario"] = entry;
        mutants.set(name, mutant);
    }
    return [...mutants];
}

function findingWords(entry) {
    const found = objectOf(entry.found);
    const faults = listOf(found.faults).length > 0 ? listOf(found.faults) : ["without any fault"];
    return entry.by === "explore"
        ? [found.check, ...faults].filter((word) => word !== undefined).map(String).join(" ")
        : String(entry.by);
}

function mutantCell(entry) {
    if (entry === null) {
        return element("span", { class: "faint" }, "not looked for");
    }
    if (entry.unexplored) {
        return element("span", { class: "faint" }, "not looked for: ", named(String(entry.unexplored)));
    }
    const isFound = entry.problem === null || entry.problem === undefined;
    const words = isFound ? findingWords(entry) : String(entry.problem);
    return element("span", {},
        element("span", { class: "badge", "data-kind": isFound ? "good" : "bad" },
            element("span", { "aria-hidden": "true" }, isFound ? "✔ " : "✖ "),
            isFound ? `found in ${lasting(entry.ms)}` : "survived"), " ", named(words));
}

function mutantSection() {
    const mutants = mutantsByName();
    if (mutants.length === 0) {
        return null;
    }
    const survivors = mutants.filter(([, { scenario, explorer }]) =>
        [scenario, explorer].some((entry) => entry?.problem)).length;
    return section("mutants", "Mutants",
        element("p", {}, `${counted(mutants.length, "fault")} put into the client on purpose, `,
            survivors === 0 ? "all noticed." : `${survivors} not noticed in every way.`),
        table("Mutants, and who noticed them", ["Mutant", "What is wrong", "By a scenario", "By the explorer"],
            mutants.map(([name, { what, scenario, explorer }]) =>
                [named(name.replaceAll("_", " ")), named(what), mutantCell(scenario), mutantCell(explorer)]),
            { class: "mutants" }));
}
