"use strict";
/* Faults: armed with one click or as JSON, listed, removed. */

/** What a click arms on the chosen call. */
const PRESETS = [
    { label: "429, wait 5 s", inject: { status: 429, retry_after: "5s" } },
    { label: "503", inject: { status: 503 } },
    { label: "Reset after apply", inject: "reset_after_apply" },
    { label: "Hang", inject: "timeout_after_apply" },
    { label: "Truncated body", inject: "truncated_body" },
    { label: "401 once", inject: { status: 401 }, times: 1 },
    { label: "Delay 5 s", inject: { kind: "delay", delay: "5s" } },
];

/** The timeline of a job that fails at 60 %, and that of the default world. */
const JOB_FAILS = [
    { at: "0s", progress: 0 }, { at: "12s", progress: 20 }, { at: "24s", progress: 40 },
    { at: "36s", progress: 60 }, { at: "40s", fail: "failed by hand at 60 %" },
];
const JOB_COMPLETES = [
    { at: "0s", progress: 0 }, { at: "12s", progress: 20 }, { at: "24s", progress: 40 },
    { at: "36s", progress: 60 }, { at: "48s", progress: 80 }, { at: "60s", complete: true },
];

function injectText(inject) {
    if (typeof inject === "string") {
        return plainWords(inject);
    }
    const { kind, status, ...rest } = inject ?? {};
    return [kind && plainWords(kind), status, membersText(Object.entries(rest))]
        .filter((part) => part).join(", ");
}

/** Which requests it strikes, without the call. */
function aimText(fault) {
    const known = ["call", "inject", "times"];
    return membersText(Object.entries(fault)
        .filter(([name]) => !known.includes(name)));
}

function struckText(item) {
    return item.remaining === null ? String(item.struck)
        : `${item.struck} of ${item.struck + item.remaining}`;
}

function faultRow(id) {
    const call = element("th", { scope: "row" });
    const text = element("span");
    const aim = element("span", { class: "faint" });
    const struck = element("td", { class: "number" });
    const remove = actionButton("Remove", byId("faults"), async () => {
        await callApi("DELETE", tenantPath(chosen.tenant, "faults", id));
        faultsPanel.refresh();
        byId("fault-call").focus();
    }, { class: "quiet" });
    const root = element("tr", {}, call, element("td", { class: "wrap" }, text, " ", aim), struck,
        element("td", {}, remove));
    return {
        root,
        update(item) {
            setText(call, item.fault.call ?? plainWords(item.phase));
            setText(text, injectText(item.fault.inject));
            setText(aim, aimText(item.fault));
            setAttribute(root, "title", item.description);
            setText(struck, struckText(item));
            setAttribute(remove, "aria-label",
                `Remove ${id}: ${text.textContent} on ${call.textContent}`);
            root.classList.toggle("spent", item.remaining === 0);
        },
    };
}

const faultList = new RowList(byId("faults-rows"), (item) => item.id, faultRow);

const faultsPanel = new Panel("faults",
    (tenant) => callApi("GET", tenantPath(tenant, "faults")),
    (answer) => faultList.show(answer.faults.toReversed()));

async function armFault(fault) {
    await callApi("POST", tenantPath(chosen.tenant, "faults"), fault);
    faultsPanel.refresh();
}

async function armPreset(preset) {
    const call = byId("fault-call").value;
    const times = preset.times ?? Number(byId("fault-often").value);
    const { inject } = preset;
    await armFault(times > 0 ? { call, times, inject } : { call, inject });
    showDone(byId("faults"), `Armed on ${call}: ${preset.label}`);
}

async function openSessions() {
    const environment = byId("fault-environment").value;
    await callApi("PUT", tenantPath(chosen.tenant, "sessions", environment), { active: 3 });
    environmentsPanel.refresh();
    showDone(byId("faults"), `3 sessions are open in ${environment}`);
}

async function setJobs(timeline, done) {
    await callApi("PATCH", tenantPath(chosen.tenant, "server"), { job: { timeline } });
    showDone(byId("faults"), done);
}

/** Which environments sessions can be opened in; the target, the second one, comes first. */
function offerEnvironments(environments) {
    const select = byId("fault-environment");
    const ids = environments.map((environment) => environment.id);
    if (Array.from(select.options, (option) => option.value).join("\n") === ids.join("\n")) {
        return;
    }
    const before = select.value;
    select.replaceChildren(...ids.map((id) => element("option", { value: id }, id)));
    select.value = ids.includes(before) ? before : ids[Math.min(1, ids.length - 1)] ?? "";
}

function startFaults() {
    const panel = byId("faults");
    byId("fault-call").append(...CALLS.map((call) => element("option", { value: call }, call)));
    byId("fault-call").value = "promote";
    byId("fault-presets").append(...PRESETS.map((preset) =>
        actionButton(preset.label, panel, () => armPreset(preset))));
    const actions = {
        "preset-sessions": openSessions,
        "preset-job-fails": () => setJobs(JOB_FAILS, "The next jobs fail at 60 %"),
        "preset-job-completes": () => setJobs(JOB_COMPLETES, "The next jobs complete"),
        "faults-clear": async () => {
            await callApi("DELETE", tenantPath(chosen.tenant, "faults"));
            faultsPanel.refresh();
            showDone(panel, "All faults are removed");
        },
    };
    for (const [id, action] of Object.entries(actions)) {
        byId(id).addEventListener("click", () => attempt(panel, byId(id), action));
    }
    byId("fault-form").addEventListener("submit", (event) => {
        event.preventDefault();
        attempt(panel, event.target, async () => {
            await armFault(byId("fault-json").value);
            showDone(panel, "Armed");
        });
    });
}
