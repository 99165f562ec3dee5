"use strict";
/* Tenants: which one is shown, and their beginning and end. */

const TENANTS_MS = 10000;

/** The names offered, and the summary of the chosen one. */
function showTenants(answer) {
    const names = answer.tenants.map((summary) => summary.name);
    if (!names.includes(chosen.tenant)) {
        names.push(chosen.tenant);
    }
    const select = byId("tenant");
    if (Array.from(select.options, (option) => option.value).join("\n") !== names.join("\n")) {
        select.replaceChildren(...names.map((name) => element("option", { value: name }, name)));
    }
    select.value = chosen.tenant;
    const summary = answer.tenants.find((one) => one.name === chosen.tenant);
    setText(byId("address"), summary?.base_url ?? "");
    byId("tenant-delete").disabled = chosen.tenant === "default";
    document.title = chosen.tenant === "default" ? "cogmock" : `${chosen.tenant} – cogmock`;
}

let tenantsTimer = null;

async function loadTenants() {
    clearTimeout(tenantsTimer);
    try {
        showTenants(await callApi("GET", "tenants"));
        showError(byId("page-error"), null);
    } catch (error) {
        if (error.status !== 0) {
            showError(byId("page-error"), error);
        }
    } finally {
        // Another client may make tenants at any time.
        clearTimeout(tenantsTimer);
        tenantsTimer = setTimeout(loadTenants, TENANTS_MS);
    }
}

/** Shows another tenant; the address of the page says which, so that it can be passed on. */
function chooseTenant(name) {
    chosen.tenant = name;
    const address = new URL(location.href);
    if (name === "default") {
        address.searchParams.delete("tenant");
    } else {
        address.searchParams.set("tenant", name);
    }
    history.replaceState(null, "", address);
    clearPage();
    loadTenants();
    stream.open(name);
}

function putTenant() {
    const query = new URLSearchParams();
    const options = { case: "tenant-case", seed: "tenant-seed", time_scale: "tenant-scale" };
    for (const [option, id] of Object.entries(options)) {
        if (byId(id).value !== "") {
            query.set(option, byId(id).value);
        }
    }
    const path = tenantPath(byId("tenant-name").value);
    const scenario = byId("tenant-scenario").value;
    return callApi("PUT", query.size > 0 ? `${path}?${query}` : path, scenario);
}

async function resetTenant() {
    const name = chosen.tenant;
    const text = `World, clock, faults and requests of ${name} begin again.`;
    if (await confirmed(`Reset ${name}?`, text, "Reset")) {
        await callApi("POST", tenantPath(name, "reset"), {});
        clearPage();
        refreshAll();
    }
}

async function deleteTenant() {
    const name = chosen.tenant;
    if (await confirmed(`Delete ${name}?`, `Everything of ${name} is gone then.`, "Delete")) {
        await callApi("DELETE", tenantPath(name));
        chooseTenant("default");
    }
}

function startTenants() {
    byId("tenant").addEventListener("change", () => chooseTenant(byId("tenant").value));
    byId("tenant").addEventListener("focus", loadTenants);
    byId("tenant-new").addEventListener("click", () => {
        showError(byId("tenant-dialog"), null);
        byId("tenant-dialog").showModal();
    });
    byId("tenant-form").addEventListener("submit", async (event) => {
        event.preventDefault();
        const name = byId("tenant-name").value;
        if (await attempt(byId("tenant-dialog"), event.target, putTenant)) {
            byId("tenant-dialog").close();
            chooseTenant(name);
        }
    });
    const pageError = byId("page-error");
    byId("tenant-reset").addEventListener("click",
        (event) => attempt(pageError, event.target, resetTenant));
    byId("tenant-delete").addEventListener("click",
        (event) => attempt(pageError, event.target, deleteTenant));
    byId("address-copy").addEventListener("click", (event) => attempt(pageError, event.target,
        async () => {
            await navigator.clipboard.writeText(byId("address").textContent);
            setText(event.target, "Copied");
            setTimeout(() => setText(event.target, "Copy"), 2000);
        }));
}
