"use strict";
/* The drill, for who leads it: what strikes when, and striking by hand. */

const INJECT_KINDS = { waiting: "plain", set: "info", struck: "good", failed: "bad" };

function windowText(inject) {
    const { earliest_ms: earliest, latest_ms: latest } = inject;
    if (latest === 0) {
        return "at once";
    }
    return earliest === latest ? lasting(latest)
        : `${earliest === 0 ? 0 : lasting(earliest)} to ${lasting(latest)}`;
}

/** When it strikes, or struck: "at 00:12.300", "28 s to 40 s after promote". */
function momentText(inject) {
    const hand = inject.is_by_hand ? ", by hand" : "";
    switch (inject.status) {
    case "waiting": return `${windowText(inject)} after ${inject.after}, which has not been yet`;
    case "set": return `at ${sinceStart(inject.due_ms)}`;
    case "failed": return `at ${sinceStart(inject.struck_ms)}${hand}, in vain: ${inject.failure}`;
    default: return `at ${sinceStart(inject.struck_ms)}${hand}`;
    }
}

/** By the tenant's clock: "in 12.3 s", "in 02:10". */
function countdownText(inject) {
    const left = inject.status === "set" ? inject.due_ms - clockNowMs() : NaN;
    if (!Number.isFinite(left)) {
        return "";
    }
    if (left <= 0) {
        return "now";
    }
    return `in ${left < 60000 ? `${(left / 1000).toFixed(1)} s` : sinceStart(left, false)}`;
}

/** What it does beside what it is called, where that is not the same. */
function doingText(inject) {
    return inject.description === inject.text ? "" : inject.description;
}

async function strikeNow(inject) {
    const { tenant } = chosen;
    const text = [inject.text, doingText(inject)].filter((part) => part !== "").join(": ");
    if (await confirmed(`Let ${inject.name} strike now?`, `${text}.`, "Strike now")) {
        await callApi("POST", tenantPath(tenant, "injects", inject.name, "strike"));
        injectsPanel.refresh();
        byId("drill").focus();
    }
}

function injectRow(name) {
    const row = { inject: null };
    const status = element("span", { class: "badge" });
    const text = element("p", { class: "wrap" });
    const description = element("p", { class: "faint wrap" });
    const moment = element("span");
    const countdown = element("span", { class: "countdown", role: "timer" });
    const button = actionButton("Strike now…", byId("drill"), () => strikeNow(row.inject),
        { class: "small", "aria-label": `Strike now: ${name}` });
    row.root = element("article", { class: "inject", "aria-label": `Inject ${name}` },
        element("div", { class: "panel-head" }, element("h3", {}, name), status),
        text, description, element("p", { class: "moment" }, moment, countdown), button);
    row.tick = () => setText(countdown, countdownText(row.inject));
    row.update = (inject) => {
        row.inject = inject;
        setText(status, inject.status);
        setAttribute(status, "data-kind", INJECT_KINDS[inject.status] ?? "plain");
        setText(text, inject.text);
        setText(description, doingText(inject));
        setText(moment, momentText(inject));
        button.hidden = inject.struck_ms !== null;
        row.tick();
    };
    return row;
}

const injectList = new RowList(byId("drill-rows"), (inject) => inject.name, injectRow);

/** Where the scenario has none, there is no drill. */
function showInjects(injects) {
    const struck = injects.filter((inject) => inject.status === "struck");
    byId("drill").hidden = injects.length === 0;
    byId("drill-link").hidden = injects.length === 0;
    setText(byId("drill-count"), `${struck.length} of ${counted(injects.length, "inject")} struck`);
    injectList.show(injects);
}

const injectsPanel = new Panel("drill",
    (tenant) => callApi("GET", tenantPath(tenant, "injects")),
    (answer) => showInjects(answer.injects));

function clearInjects() {
    showInjects([]);
    showDone(byId("drill"), "");
}

/** For who does not look at it all the time. */
function tellInject({ name, change }) {
    const words = { struck: "has struck", failed: "struck in vain" };
    if (change in words) {
        showDone(byId("drill"), `${name} ${words[change]}`);
    }
}

function startInjects() {
    setInterval(() => {
        for (const row of injectList.rows.values()) {
            row.tick();
        }
    }, CLOCK_TICK_MS);
}
