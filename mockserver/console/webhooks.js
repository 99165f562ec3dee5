"use strict";
/* What arrived at the webhook receivers. */

const DELIVERIES_SHOWN = 50;
const RECEIVERS_SHOWN = 20;
const SIGNATURE_KINDS = {
    valid: "good", invalid: "bad", absent: "bad", too_old: "bad", too_new: "bad",
};

/** All deliveries to all receivers, newest first. */
async function loadDeliveries(tenant) {
    const { hooks } = await callApi("GET", tenantPath(tenant, "hooks"));
    const receivers = await Promise.all(hooks.filter((hook) => hook.count > 0)
        .slice(0, RECEIVERS_SHOWN)
        .map((hook) => callApi("GET", tenantPath(tenant, "hooks", hook.id))));
    return receivers
        .flatMap(({ id, deliveries }) => deliveries.map((delivery) => ({ ...delivery, hook: id })))
        .sort((left, right) => right.request - left.request);
}

function eventOf(delivery) {
    try {
        return JSON.parse(delivery.body)?.event ?? "–";
    } catch {
        return "no JSON";
    }
}

function deliveryRow() {
    const at = element("td", { class: "number time" });
    const event = element("span");
    const hook = element("span", { class: "faint" });
    const signature = element("span", { class: "badge" });
    const status = element("td");
    return {
        root: element("tr", {}, at,
            element("th", { scope: "row", class: "wrap" }, event, " ", hook),
            element("td", {}, signature), status),
        update(delivery) {
            setText(at, sinceStart(delivery.at_ms, false));
            setText(hook, delivery.hook);
            setText(event, eventOf(delivery));
            setText(signature, plainWords(delivery.verified));
            setAttribute(signature, "data-kind", SIGNATURE_KINDS[delivery.verified] ?? "plain");
            setText(status, delivery.broken_off ? "broken off" : delivery.status);
        },
    };
}

const deliveryList = new RowList(byId("webhooks-rows"), (one) => one.request, deliveryRow);

const webhooksPanel = new Panel("webhooks", loadDeliveries, (deliveries) => {
    setText(byId("webhooks-count"), countText(deliveries));
    deliveryList.show(deliveries.slice(0, DELIVERIES_SHOWN));
}, 500);
