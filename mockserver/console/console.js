"use strict";
/* Ties the parts together: what an event of the stream concerns, and the beginning. */

const PANELS = [
    injectsPanel, clockPanel, faultsPanel, requestsPanel, environmentsPanel, jobsPanel, tokensPanel, conductPanel,
    webhooksPanel,
];
const HEARTBEAT_MS = 10000;

/** What to look at again when something happened. */
const CONCERNED = {
    request: [requestsPanel],
    answer: [requestsPanel, tokensPanel, conductPanel],
    done: [requestsPanel, conductPanel, webhooksPanel],
    job: [jobsPanel, environmentsPanel],
    fault: [faultsPanel],
    inject: [injectsPanel, faultsPanel, jobsPanel, environmentsPanel],
    clock: [clockPanel, tokensPanel],
    sessions: [environmentsPanel],
    delivery: [webhooksPanel],
};

function refreshAll() {
    for (const panel of PANELS) {
        panel.refresh();
    }
}

/** Nothing of another tenant, or of the time before a reset, stays on the page. */
function clearPage() {
    forgetRequests();
    clearInjects();
    faultList.show([]);
    environmentList.show([]);
    jobList.show([]);
    tokenList.show([]);
    findingList.show([]);
    intervalList.show([]);
    deliveryList.show([]);
    byId("clock-happened").replaceChildren();
    showDone(byId("faults"), "");
    for (const line of document.querySelectorAll("main .error")) {
        showError(line, null);
    }
}

function onEvent(kind, data) {
    if (data.tenant !== undefined && data.tenant !== chosen.tenant) {
        return;
    }
    if (kind === "tenant") {
        clearPage();
        loadTenants();
    }
    if (kind === "inject") {
        tellInject(data);
    }
    for (const panel of CONCERNED[kind] ?? PANELS) {
        panel.refresh();
    }
}

const CONNECTION_TEXTS = {
    connecting: "Connecting…", live: "Live", lost: "Connection lost, trying again",
};

function onConnection(state) {
    if (state === "lost") {
        reloadRequests();
    }
    setAttribute(byId("connection"), "data-state", state);
    setText(byId("connection"), CONNECTION_TEXTS[state]);
    if (state === "live") {
        // What happened while nobody listened, even on a fake that was started anew.
        checkView();
        loadTenants();
        refreshAll();
    }
}

const stream = new EventStream(onEvent, onConnection);

/** First of all for whom the page is: what an observer may not see is not even asked for. */
async function startPage() {
    startTokenDialog();
    startClock();
    startInjects();
    startFaults();
    startDetail();
    startRequests();
    startTokens();
    startTenants();
    startShortcuts();
    await startView();
    chooseTenant(new URL(location.href).searchParams.get("tenant") ?? "default");
    setInterval(() => clockPanel.refresh(), HEARTBEAT_MS);
    // A page that is kept for the way back would keep its connection, and a browser has six.
    addEventListener("pagehide", () => stream.close());
    addEventListener("pageshow", (event) => event.persisted && stream.open(chosen.tenant));
}

startPage();
