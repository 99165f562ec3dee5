"use strict";
/* Keys. Single letters can be turned off, for those who speak to their computer. */

const SHORTCUTS_KEY = "cogmock-shortcuts";
const SECTIONS = [
    "clock", "faults", "requests", "environments", "jobs", "tokens", "conduct", "webhooks", "drill",
];

/** Not every page has every part. */
function goTo(id) {
    if (byId(id).getClientRects().length === 0) {
        return;
    }
    byId(id).scrollIntoView({ block: "nearest" });
    byId(id).focus({ preventScroll: true });
}

const KEYS = {
    "?": () => byId("help-dialog").showModal(),
    "/": () => byId("filter-text").focus(),
    p: togglePause,
    t: () => byId("tenant").focus(),
    j: () => stepRow(1),
    k: () => stepRow(-1),
    ...Object.fromEntries(SECTIONS.map((id, index) => [String(index + 1), () => goTo(id)])),
};
const KEYS_OF_DETAIL = { j: () => openNeighbour(1), k: () => openNeighbour(-1) };

function keysNow() {
    if (byId("request-dialog").open) {
        return KEYS_OF_DETAIL;
    }
    return document.querySelector("dialog[open]") === null ? KEYS : {};
}

function pressKey(event) {
    const isTyping = event.target.matches?.("input:not([type=checkbox]), textarea, select");
    const isModified = event.ctrlKey || event.metaKey || event.altKey;
    if (isTyping || isModified || !byId("shortcuts-on").checked) {
        return;
    }
    const act = keysNow()[event.key];
    if (act !== undefined) {
        event.preventDefault();
        act();
    }
}

function startShortcuts() {
    const box = byId("shortcuts-on");
    box.checked = localStorage.getItem(SHORTCUTS_KEY) !== "off";
    box.addEventListener("change", () =>
        localStorage.setItem(SHORTCUTS_KEY, box.checked ? "on" : "off"));
    document.addEventListener("keydown", pressKey);
    byId("help-open").addEventListener("click", KEYS["?"]);
    for (const button of document.querySelectorAll("[data-close]")) {
        button.addEventListener("click", () => button.closest("dialog").close());
    }
    for (const dialog of document.querySelectorAll("dialog")) {
        // A click beside the dialog, on its backdrop.
        dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    }
}
