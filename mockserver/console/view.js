"use strict";
/* For whom the page is: who may do everything, or an observer, who sees what an operator would. */

/** The page of an observer has no levers, and asks for nothing that is not shown to them. */
const view = { isObserver: false };

/** What the fake lets this page use: "all", "observer", or "none" without the right token. */
async function loadAccess() {
    return (await callApi("GET", "health")).access;
}

/** Before anything else is asked for. A fake that does not answer will be complained of later. */
async function startView() {
    view.isObserver = await loadAccess().catch(() => "all") === "observer";
    if (view.isObserver) {
        setAttribute(document.documentElement, "data-view", "observer");
        setAttribute(byId("filter-text"), "placeholder", "Text in path, call, client ( / )");
        byId("token-enter").hidden = false;
    }
}

/** Another fake may be there now, or another token: the page begins again where that matters. */
async function checkView() {
    const access = await loadAccess().catch(() => null);
    if (access !== null && (access === "observer") !== view.isObserver) {
        location.reload();
    }
}

/** Whether a part of the page is one that an observer has. */
function isInView(part) {
    return !view.isObserver || part.closest("[data-facilitator]") === null;
}

/** The token, given at an observer's wish: the facilitator's page, once it is the right one. */
async function becomeFacilitator() {
    while (await askForToken()) {
        if (await loadAccess().catch(() => null) === "all") {
            location.reload();
            return;
        }
    }
}
