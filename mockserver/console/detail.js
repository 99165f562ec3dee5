"use strict";
/* One request in full: who sent what, what answered and why. */

const detail = { number: null };

/** A time of the request as it went on: "340 ms later"; null for what has not come yet. */
function later(entry, name) {
    return entry[name] === null || entry[name] === undefined
        ? null : `${lasting(entry[name] - entry.at_ms)} later`;
}

/** What there is to say in short; what there is not is left out. */
function factsOf(entry) {
    const waits = (ms) => (ms > 0 ? lasting(ms) : null);
    return [
        ["At", `${sinceStart(entry.at_ms)}, ${dated(Date.parse(entry.at))}`],
        ["Answered", later(entry, "answered_ms")],
        ["Ended", later(entry, "done_ms")],
        ["Held back for", waits(entry.delay_ms)],
        ["State", entry.state],
        ["Call", `${entry.call} ${entry.nth}, attempt ${entry.attempt}`],
        ["Decided by", entry.rule && plainWords(entry.rule)],
        ["Why", entry.why],
        ["Fault", entry.fault && plainWords(inOneLine(entry.fault))],
        ["Applied", entry.applied === undefined ? null : entry.applied ? "yes" : "no"],
        ["Told to wait", waits(entry.retry_after_ms)],
        ["Client", entry.client],
        ["Token", entry.token],
        ["Connection", entry.connection && `${entry.connection}, its request ` +
            `${entry.connection_request}`],
        ["Request id", entry.request_id],
        ["Idempotency key", entry.idempotency_key],
    ].filter(([, value]) => value);
}

function factList(facts) {
    return element("dl", { class: "facts" }, ...facts.map(([name, value]) =>
        element("div", {}, element("dt", {}, name), element("dd", {}, String(value)))));
}

function headerTable(title, headers) {
    if (headers.length === 0) {
        return element("p", { class: "faint" }, "None.");
    }
    return element("table", { class: "headers" },
        element("caption", { class: "unseen" }, title),
        element("thead", {}, element("tr", {},
            element("th", { scope: "col" }, "Header"), element("th", { scope: "col" }, "Value"))),
        element("tbody", {}, ...headers.map((header) => element("tr", {},
            element("th", { scope: "row" }, header.name),
            element("td", { class: "wrap" }, header.value ?? `base64: ${header.value_base64}`)))));
}

function bodyBlock(label, part) {
    const text = part.body ?? (part.body_base64 ? `base64: ${part.body_base64}` : "");
    if (text === "") {
        return [element("p", { class: "faint" }, "No body.")];
    }
    const shown = element("pre", { tabindex: 0, "aria-label": label, role: "region" },
        readable(text));
    return part.body_is_cut
        ? [shown, element("p", { class: "faint" }, "It was longer; the rest is not kept.")]
        : [shown];
}

function partOf(title, part) {
    return [
        element("h3", {}, `${title}: headers`),
        headerTable(`${title}: headers`, part.headers ?? []),
        element("h3", {}, `${title}: body`),
        ...bodyBlock(`${title}: body`, part),
    ];
}

function showDetail(entry) {
    setText(byId("request-title"), `#${entry.number} ${entry.call}`);
    byId("request-body").replaceChildren(
        element("p", { class: "wrap request-line" },
            element("strong", {}, entry.method), " ", entry.target, " → ",
            element("span", { class: "badge", "data-kind": statusKind(entry) }, answerText(entry))),
        factList(factsOf(entry)),
        ...partOf("Request", entry),
        ...(entry.answer ? partOf("Answer", entry.answer) : []));
}

async function openRequest(number) {
    const dialog = byId("request-dialog");
    detail.number = number;
    if (!dialog.open) {
        setText(byId("request-title"), `#${number}`);
        byId("request-body").replaceChildren();
        dialog.showModal();
    }
    try {
        const entry = await callApi("GET", tenantPath(chosen.tenant, "requests", number));
        if (detail.number === number) {
            showError(dialog, null);
            showDetail(entry);
        }
    } catch (error) {
        showError(dialog, error);
    }
}

/** The one above (-1) or below (1) in the list as it is shown. */
function openNeighbour(step) {
    const numbers = shownNumbers();
    const place = numbers.indexOf(String(detail.number)) + step;
    if (place >= 0 && place < numbers.length) {
        openRequest(Number(numbers[place]));
    }
}

function startDetail() {
    byId("request-newer").addEventListener("click", () => openNeighbour(-1));
    byId("request-older").addEventListener("click", () => openNeighbour(1));
}
