"use strict";
/* The journal of requests, live, newest first. */

const ROWS_MAX = 200;
const ENTRIES_MAX = 2000;
const PAGE_SIZE = 500;
const PAGES_MAX = 4;
const OPEN_LOOKED_AT = 10;
const NEWS_MS = 3000;
/** What most targets begin with; the list can do without it. */
const API_BASE = /^\/api\/v1(?=\/)/;

/**
 * What is known of the journal; `frozen` is what a paused list shows. What was asked for in an
 * earlier epoch, before all was forgotten, comes too late.
 */
const journal = { entries: new Map(), next: null, dropped: 0, frozen: null, heard: 0, epoch: 0 };

/** Whether more is to come of it. */
function isOpen(entry) {
    return entry.state === "arrived" || entry.state === "answered";
}

function answerText(entry) {
    if (entry.status > 0) {
        return String(entry.status);
    }
    return isOpen(entry) ? "open" : "none";
}

function statusKind(entry) {
    if (!(entry.status > 0)) {
        return isOpen(entry) ? "info" : "bad";
    }
    return { 2: "good", 3: "info", 4: "warn", 5: "bad" }[String(entry.status)[0]] ?? "plain";
}

/** How long it took; NaN while it goes on. */
function tookMs(entry) {
    const isDone = entry.done_ms !== null && entry.done_ms >= entry.at_ms;
    return isDone ? entry.done_ms - entry.at_ms : NaN;
}

/** A fault that is only a status says no more than the status beside it. */
function faultText(entry) {
    if (!entry.fault) {
        return "";
    }
    const name = plainWords(inOneLine(entry.fault));
    return name === `status ${entry.status}` ? "by a fault" : name;
}

/** The text that the filter looks through. */
function searchable(entry) {
    return [entry.number, entry.call, entry.method, entry.target, entry.fault,
        entry.rule, entry.why, entry.request_id, entry.client, entry.status]
        .filter((part) => part !== undefined && part !== null)
        .map(inOneLine).join(" ").toLowerCase();
}

function fitsStatus(entry, wanted) {
    switch (wanted) {
    case "": return true;
    case "none": return !(entry.status > 0);
    case "fault": return Boolean(entry.fault);
    default: return String(entry.status ?? "").startsWith(wanted);
    }
}

function filtered(entries) {
    const call = byId("filter-call").value;
    const status = byId("filter-status").value;
    const text = byId("filter-text").value.trim().toLowerCase();
    return entries.filter((entry) => (call === "" || entry.call === call) &&
        fitsStatus(entry, status) && (text === "" || searchable(entry).includes(text)));
}

function requestRow(key) {
    const number = Number(key);
    const at = element("span");
    const fraction = element("span", { class: "wide-only" });
    const call = element("span", { class: "call" });
    const path = element("span", { class: "path" });
    const open = element("button", { type: "button", class: "row-button", tabindex: -1 },
        call, " ", path);
    const status = element("span", { class: "badge" });
    const fault = element("span", { class: "fault" });
    const took = element("td", { class: "number wide-only" });
    const root = element("tr", {
        "data-key": key, onclick: () => openRequest(number),
    }, element("td", { class: "number time" }, at, fraction),
    element("th", { scope: "row" }, open),
    element("td", { class: "answer" }, status, " ", fault), took);
    return {
        root,
        update(entry) {
            setText(at, sinceStart(entry.at_ms, false));
            setText(fraction, sinceStart(entry.at_ms).slice(-4));
            setText(call, `${entry.call}${entry.attempt > 1 ? ` (${entry.attempt})` : ""}`);
            setText(path, `${entry.method} ${entry.target.replace(API_BASE, "")}`);
            setText(status, answerText(entry));
            setAttribute(status, "data-kind", statusKind(entry));
            setText(fault, faultText(entry));
            setText(took, Number.isFinite(tookMs(entry)) ? lasting(tookMs(entry)) : "");
        },
    };
}

const requestList = new RowList(byId("requests-rows"), (entry) => entry.number, requestRow);

function shownNumbers() {
    return Array.from(byId("requests-rows").children, (row) => row.dataset.key);
}

/** One row can be reached with Tab; the arrows go on from there. */
function keepOneTabStop() {
    const rows = byId("requests-rows");
    if (rows.querySelector('[tabindex="0"]') === null) {
        rows.querySelector(".row-button")?.setAttribute("tabindex", "0");
    }
}

function focusRow(row) {
    for (const other of byId("requests-rows").querySelectorAll('[tabindex="0"]')) {
        other.setAttribute("tabindex", "-1");
    }
    const button = row.querySelector(".row-button");
    button.setAttribute("tabindex", "0");
    button.focus();
}

/** Moves the focus among the rows: 1 is the next older one. */
function stepRow(step) {
    const here = document.activeElement.closest("#requests-rows tr");
    const next = here === null ? byId("requests-rows").firstElementChild
        : step > 0 ? here.nextElementSibling : here.previousElementSibling;
    if (next !== null) {
        focusRow(next);
    }
}

function showRequests() {
    const known = journal.frozen ?? Array.from(journal.entries.values()).reverse();
    const fitting = filtered(known);
    const shown = fitting.slice(0, ROWS_MAX);
    requestList.show(shown);
    requestList.empty.textContent = known.length > 0 ? "No request fits the filter."
        : "No request yet. Point a client at the address above.";
    keepOneTabStop();
    const forgotten = journal.dropped > 0
        ? `, ${journal.dropped.toLocaleString("en-GB")} forgotten` : "";
    setText(byId("requests-count"), `${shown.length} of ${countText(known) || 0}${forgotten}`);
    const waiting = journal.frozen === null ? 0 : journal.heard;
    setText(byId("requests-pause"), journal.frozen === null ? "Pause"
        : waiting > 0 ? `Go on (${waiting} new)` : "Go on");
}

/** For screen readers, a few times a minute and not for each of a thousand. */
function tellNews() {
    if (journal.frozen === null && journal.heard > 0) {
        const newest = Array.from(journal.entries.values()).at(-1);
        setText(byId("requests-news"), `${counted(journal.heard, "new request")}, ` +
            `the last one ${newest.call}, ${answerText(newest)}`);
        journal.heard = 0;
    }
}

function keep(entry) {
    const number = entry.number;
    if (!journal.entries.has(number)) {
        journal.heard += 1;
    }
    journal.entries.set(number, entry);
    if (journal.entries.size > ENTRIES_MAX) {
        journal.entries.delete(journal.entries.keys().next().value);
    }
}

/** Where to begin: so far behind the newest one that there is enough to look at. */
async function findStart(tenant) {
    const query = new URLSearchParams({ since: Number.MAX_SAFE_INTEGER, limit: 1 });
    const answer = await callApi("GET", `${tenantPath(tenant, "requests")}?${query}`);
    return Math.max(0, answer.next - PAGE_SIZE * PAGES_MAX);
}

/** The entries that came since the last look. @returns whether there may be more */
async function loadPage(tenant) {
    const { epoch } = journal;
    const since = journal.next ?? await findStart(tenant);
    const query = new URLSearchParams({ limit: PAGE_SIZE, since });
    const answer = await callApi("GET", `${tenantPath(tenant, "requests")}?${query}`);
    if (epoch !== journal.epoch) {
        return false;
    }
    answer.requests.forEach(keep);
    journal.next = answer.next;
    journal.dropped = answer.dropped;
    return answer.requests.length === PAGE_SIZE;
}

/** Looks again at requests that were not over yet, those longest not looked at first. */
async function loadOpen(tenant) {
    const { epoch } = journal;
    const open = Array.from(journal.entries.values()).filter(isOpen)
        .sort((left, right) => (left.lookedAt ?? 0) - (right.lookedAt ?? 0))
        .slice(0, OPEN_LOOKED_AT);
    await Promise.all(open.map(async (entry) => {
        const { number } = entry;
        const path = tenantPath(tenant, "requests", number);
        const found = await callApi("GET", path).catch(() => null);
        if (epoch === journal.epoch && journal.entries.has(number)) {
            journal.entries.set(number, { ...(found ?? entry), lookedAt: performance.now() });
        }
    }));
}

async function loadRequests(tenant) {
    await loadOpen(tenant);
    for (let page = 0; page < PAGES_MAX; page += 1) {
        if (!await loadPage(tenant)) {
            return;
        }
    }
    // They come faster than a page can follow: what lies between is passed over.
    journal.next = null;
}

const requestsPanel = new Panel("requests", loadRequests, showRequests, 250);

/** The fake may be another one now; a paused list stays for its reader. */
function reloadRequests() {
    journal.entries.clear();
    journal.next = null;
    journal.dropped = 0;
    journal.epoch += 1;
}

function forgetRequests() {
    reloadRequests();
    journal.heard = 0;
    journal.frozen = null;
    setAttribute(byId("requests-pause"), "aria-pressed", "false");
    showRequests();
}

function togglePause() {
    const isPaused = journal.frozen === null;
    journal.frozen = isPaused ? Array.from(journal.entries.values()).reverse() : null;
    journal.heard = 0;
    setAttribute(byId("requests-pause"), "aria-pressed", isPaused);
    showRequests();
}

function startRequests() {
    byId("filter-call").append(...[...CALLS, "unknown"]
        .map((call) => element("option", { value: call }, call)));
    // Some choose in a list without an input event.
    byId("requests-filter").addEventListener("input", showRequests);
    byId("requests-filter").addEventListener("change", showRequests);
    byId("requests-filter").addEventListener("submit", (event) => event.preventDefault());
    byId("requests-pause").addEventListener("click", togglePause);
    const empty = byId("requests-empty");
    empty.addEventListener("click", () => attempt(byId("requests"), empty, async () => {
        await callApi("DELETE", tenantPath(chosen.tenant, "requests"));
        forgetRequests();
        requestsPanel.refresh();
    }));
    byId("requests-har").addEventListener("click", saveHar);
    byId("requests-rows").addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step !== undefined) {
            event.preventDefault();
            stepRow(step);
        }
    });
    setInterval(tellNews, NEWS_MS);
}

/** Through fetch(), so that the token goes with it. */
function saveHar() {
    attempt(byId("requests"), byId("requests-har"), async () => {
        const har = await callApi("GET", tenantPath(chosen.tenant, "requests.har"));
        const file = new Blob([JSON.stringify(har)], { type: "application/json" });
        const address = URL.createObjectURL(file);
        element("a", { href: address, download: `${chosen.tenant}.har` }).click();
        URL.revokeObjectURL(address);
    });
}
