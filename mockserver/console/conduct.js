"use strict";
/* The verdict on how the client behaved. */

const FINDINGS_SHOWN = 100;
const INTERVALS_SHOWN = 50;

function requestLink(number) {
    return element("button", {
        type: "button", class: "link", "aria-label": `Show request ${number}`,
        onclick: () => openRequest(number),
    }, `#${number}`);
}

/** A row that is made anew only when what it shows has changed. */
function conductRow(fill) {
    const root = element("li");
    return {
        root,
        update(item) {
            if (root.dataset.shown !== item.key) {
                root.dataset.shown = item.key;
                root.replaceChildren(...fill(item.shown),
                    ...item.shown.requests.flatMap((number) => [" ", requestLink(number)]));
            }
        },
    };
}

const findingList = new RowList(byId("conduct-rows"), (item) => item.index, () =>
    conductRow(({ severity, rule, call, text }) => [
        element("span", { class: "badge", "data-kind": severity === "bad" ? "bad" : "plain" },
            plainWords(rule)), ` ${call}: ${text}`]));

const intervalList = new RowList(byId("conduct-intervals"), (item) => item.index, () =>
    conductRow((chain) => [
        `${chain.call} ${chain.nth}: `, chain.intervals_ms.map(lasting).join(", ")]));

function conductItems(list) {
    return list.map((shown, index) => ({ shown, index, key: JSON.stringify(shown) }));
}

function showConduct(answer) {
    const badge = byId("conduct-verdict");
    const noun = answer.verdict === "good" ? "remark" : "finding";
    const found = answer.finding_count > 0 ? `: ${counted(answer.finding_count, noun)}` : "";
    setText(badge, `${answer.verdict}${found}`);
    setAttribute(badge, "data-kind", answer.verdict === "good" ? "good" : "bad");
    findingList.show(conductItems(answer.findings.slice(0, FINDINGS_SHOWN)));
    const chains = answer.intervals.filter((chain) => chain.intervals_ms.length > 0);
    intervalList.show(conductItems(chains.slice(-INTERVALS_SHOWN).reverse()));
}

const conductPanel = new Panel("conduct",
    (tenant) => callApi("GET", tenantPath(tenant, "conduct")), showConduct, 1000);
