"use strict";
/* The tenant's clock: it ticks here between two looks at the real one. */

const CLOCK_TICK_MS = 100;
const HAPPENED_MAX = 50;

/** The last answer of the fake, and when it came. */
const clockState = { answer: null, fetchedMs: 0 };

/** How fast the tenant's time runs against the reader's. */
function clockFactor(answer) {
    if (answer.mode === "stopped") {
        return 0;
    }
    return answer.mode === "scaled" ? answer.scale : 1;
}

/** The tenant's time since its start now. */
function clockNowMs() {
    const { answer, fetchedMs } = clockState;
    if (answer === null) {
        return NaN;
    }
    return answer.now_ms + (performance.now() - fetchedMs) * clockFactor(answer);
}

function clockModeText(answer) {
    return answer.mode === "scaled" ? `${answer.scale} times as fast` : plainWords(answer.mode);
}

function tickClock() {
    const { answer } = clockState;
    if (answer === null) {
        return;
    }
    const now = clockNowMs();
    setText(byId("clock-since"), sinceStart(now, answer.mode === "stopped"));
    setText(byId("clock-now"), dated(Date.parse(answer.now) + now - answer.now_ms));
}

function showClock(answer) {
    clockState.answer = answer;
    clockState.fetchedMs = performance.now();
    setText(byId("clock-mode"), clockModeText(answer));
    setAttribute(byId("clock-mode"), "data-kind", answer.mode === "stopped" ? "warn" : "plain");
    setText(byId("clock-stop"), answer.mode === "stopped" ? "Go on" : "Stop");
    if (answer.mode === "scaled" && document.activeElement !== byId("clock-scale")) {
        byId("clock-scale").value = answer.scale;
    }
    tickClock();
}

const clockPanel = new Panel("clock",
    (tenant) => callApi("GET", tenantPath(tenant, "clock")), showClock);

function happenedItem(entry) {
    const at = element("span", { class: "time" }, sinceStart(entry.at_ms));
    return element("li", {}, at, ` ${plainWords(entry.what)}`);
}

/** What happened on the way, newest turn first. */
function tellHappened(answer) {
    const log = byId("clock-happened");
    const happened = answer.happened ?? [];
    const list = element("ul", {}, ...happened.slice(0, HAPPENED_MAX).map(happenedItem));
    if (happened.length > HAPPENED_MAX) {
        const more = `and ${happened.length - HAPPENED_MAX} more`;
        list.append(element("li", { class: "faint" }, more));
    }
    const text = happened.length === 0 ? "nothing was due" : counted(happened.length, "thing");
    log.prepend(element("div", {},
        element("p", {}, `Turned by ${lasting(answer.advanced_ms)}: ${text}`), list));
    while (log.childElementCount > HAPPENED_MAX) {
        log.lastElementChild.remove();
    }
}

async function advanceClock(by) {
    const { tenant } = chosen;
    const body = by === "next" ? { to: "next" } : { by };
    tellHappened(await callApi("POST", tenantPath(tenant, "clock", "advance"), body));
    clockPanel.refresh();
}

async function putClock(body) {
    await callApi("PUT", tenantPath(chosen.tenant, "clock"), body);
    clockPanel.refresh();
}

/** Goes on as fast as the field says, or stops. */
function toggleClock() {
    if (clockState.answer?.mode !== "stopped") {
        return putClock({ mode: "stopped" });
    }
    const scale = Number(byId("clock-scale").value);
    return putClock(scale > 0 && scale !== 1 ? { scale } : { mode: "real" });
}

function startClock() {
    const panel = byId("clock");
    for (const button of panel.querySelectorAll("[data-advance]")) {
        button.addEventListener("click", () =>
            attempt(panel, button, () => advanceClock(button.dataset.advance)));
    }
    const stop = byId("clock-stop");
    stop.addEventListener("click", () => attempt(panel, stop, toggleClock));
    const form = byId("clock-scale-form");
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        const scale = Number(byId("clock-scale").value);
        attempt(panel, form, () => putClock(scale === 1 ? { mode: "real" } : { scale }));
    });
    setInterval(tickClock, CLOCK_TICK_MS);
}
