"use strict";
/* Environments: what they hold, whether it changed, and who is in a conversation. */

const KINDS = ["intents", "entities", "flows", "webhooks", "integrations", "variables"];

async function putSessions(environment, active) {
    await callApi("PUT", tenantPath(chosen.tenant, "sessions", environment), { active });
    environmentsPanel.refresh();
}

function countsList(content) {
    return KINDS.map((kind) => element("div", {},
        element("dt", {}, kind), element("dd", {}, String(content[kind]))));
}

function environmentRow(id) {
    const inputId = `sessions-${id}`;
    const name = element("span", { class: "faint" });
    const changed = element("span", { class: "badge" });
    const counts = element("dl", { class: "counts" });
    const digest = element("code", { class: "digest" });
    const input = element("input", {
        id: inputId, type: "number", min: 0, max: 1000000, step: 1, required: true, value: 0,
        oninput: () => { input.dataset.isEdited = "yes"; },
    });
    const sessions = element("p", { "data-observer": true });
    const form = element("form", { class: "line", "data-facilitator": true },
        element("label", { for: inputId }, "Active sessions"), input,
        element("button", { type: "submit" }, "Set"));
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (await attempt(byId("environments"), form, () => putSessions(id, Number(input.value)))) {
            delete input.dataset.isEdited;
        }
    });
    return {
        root: element("article", { class: "environment", "aria-label": `Environment ${id}` },
            element("div", { class: "panel-head" }, element("h3", {}, id), changed),
            element("p", { class: "faint" }, name), counts,
            element("p", {}, "Digest ", digest), sessions, form),
        update(item) {
            const isChanged = item.content_digest !== item.start_digest;
            setText(name, [item.name, item.platform_version, item.bot_id, `version ${item.version}`]
                .filter((part) => part).join(" · "));
            setText(changed, isChanged ? "changed" : "as at the start");
            setAttribute(changed, "data-kind", isChanged ? "warn" : "good");
            const shown = JSON.stringify(item.content);
            if (counts.dataset.shown !== shown) {
                counts.dataset.shown = shown;
                counts.replaceChildren(...countsList(item.content));
            }
            setText(digest, item.content_digest.slice(0, 16));
            setAttribute(digest, "title",
                `now ${item.content_digest}\nat the start ${item.start_digest}`);
            setText(sessions, counted(item.active_sessions, "active session"));
            // What is being typed is the reader's.
            if (input.dataset.isEdited === undefined) {
                input.value = item.active_sessions;
            }
        },
    };
}

const environmentList = new RowList(byId("environments-rows"), (item) => item.id, environmentRow);

const environmentsPanel = new Panel("environments",
    (tenant) => callApi("GET", tenantPath(tenant, "environments")),
    (answer) => {
        const { environments } = answer;
        environmentList.show(environments);
        offerEnvironments(environments);
    });
