"use strict";
/* The client's log, by level. */

const LEVELS = ["debug", "info", "warning", "error"];
const LOG_ROWS = 300;

/** What the runner itself says has no level of the client's, and is always shown. */
function isAtLeast(level, least) {
    return !LEVELS.includes(level) || LEVELS.indexOf(level) >= least;
}

function logRow(event) {
    return element("tr", { "data-level": event.level },
        element("td", { class: "number time" }, stamp(event.at)),
        element("td", {}, element("span", { class: "badge", "data-kind": levelKind(event.level) },
            plain(event.level ?? ""))),
        element("th", { scope: "row" }, named(event.name ?? "")),
        element("td", {}, named(event.fields ?? "", { class: "fields" })));
}

function logSection(scenario) {
    const events = objectsOf(scenario.events);
    if (events.length === 0) {
        return element("p", { class: "faint" }, "The client told nothing.");
    }
    const chooser = element("select", { id: "log-level" },
        LEVELS.map((level) => element("option", { value: level }, `${level} and above`)));
    chooser.value = "info";
    const place = element("div");
    const show = () => {
        const least = LEVELS.indexOf(chooser.value);
        const fitting = events.filter((event) => isAtLeast(event.level, least));
        const body = element("tbody");
        const frame = element("div", { class: "scroll" }, element("table", { class: "log" },
            element("caption", { class: "unseen" }, "Log of the client"),
            element("thead", {}, element("tr", {}, ["At", "Level", "Event", "Fields"]
                .map((head) => element("th", { scope: "col" }, head)))), body));
        showPaged(body, frame, fitting, LOG_ROWS, logRow);
        place.replaceChildren(element("p", { class: "faint", role: "status" },
            `${counted(fitting.length, "event")} of ${events.length}`), frame);
    };
    chooser.addEventListener("change", show);
    show();
    return element("div", {}, element("p", { class: "line" },
        element("label", { for: "log-level" }, "Level"), chooser,
        element("span", { class: "faint" },
            "Requests are here only where the client saw another thing than the fake sent.")), place);
}
