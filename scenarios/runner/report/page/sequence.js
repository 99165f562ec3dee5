"use strict";
/*
 * The sequence diagram of a run: who said what to whom, downwards in time. Heights follow the
 * order and not the time; where time passed, the lines are broken and the axis says how long.
 */

const LANES = { time: 68, client: 426, fake: 838, receiver: 1010 };
const DRAWING_WIDTH = 1088;
const HEAD_HEIGHT = 34;
const HEIGHTS = { step: 30, exchange: 54, note: 22, gap: 24, fold: 34, end: 38, break: 34 };
const NOTE_LETTERS = 46;
const NOTE_LINE_HEIGHT = 15;
const CALL_LETTERS = 55;
const DRAWN_MAX = 400;
const TONE_GLYPHS = { good: "✔", warn: "↻", bad: "✖", info: "·" };

function drawText(x, y, text, properties = {}) {
    return shape("text", { x, y, ...properties }, plain(text));
}

/** A label that says in full what it shows cut. */
function drawCut(x, y, text, length, properties = {}) {
    const node = drawText(x, y, shortened(text, length), properties);
    node.append(shape("title", {}, plain(text)));
    return node;
}

function drawLine(x1, y1, x2, y2, kind) {
    return shape("line", { x1, y1, x2, y2, class: kind });
}

function drawHead(x, y, isLeft) {
    const back = isLeft ? 8 : -8;
    return shape("path", { d: `M${x} ${y} l${back} -4 v8 z`, class: "arrow-head" });
}

function drawCross(x, y) {
    return shape("path", { d: `M${x - 5} ${y - 5} l10 10 m0 -10 l-10 10`, class: "cross" });
}

/** Lines of at most so many letters, broken between words; at most two of them. */
function twoLines(text) {
    const letters = Array.from(plain(text).replace(/\s+/g, " "));
    if (letters.length <= NOTE_LETTERS) {
        return [letters.join("")];
    }
    const space = letters.lastIndexOf(" ", NOTE_LETTERS);
    const end = space > NOTE_LETTERS / 2 ? space : NOTE_LETTERS;
    const rest = letters.slice(end).join("").trim();
    return [letters.slice(0, end).join(""), shortened(rest, NOTE_LETTERS)];
}

function drawNote(item) {
    const lines = twoLines(`${TONE_GLYPHS[item.tone]} ${item.text}`);
    const node = shape("g", { class: "note", "data-tone": item.tone },
        lines.map((line, i) => drawText(LANES.client - 12, 15 + i * NOTE_LINE_HEIGHT, line,
            { "text-anchor": "end" })),
        shape("circle", { cx: LANES.client, cy: 11, r: 3.5 }),
        shape("title", {}, plain(`${item.name}: ${item.text}`)));
    return { node, height: HEIGHTS.note + (lines.length - 1) * NOTE_LINE_HEIGHT };
}

function drawStep(item) {
    const text = shortened(item.text, 30);
    const width = Array.from(text).length * 7.3 + 20;
    const node = shape("g", { class: "step" },
        drawLine(LANES.time + 10, 15, DRAWING_WIDTH, 15, "rule"),
        shape("rect", { x: LANES.client - width / 2, y: 4, width, height: 22, rx: 11 }),
        drawText(LANES.client, 19, text, { "text-anchor": "middle" }));
    return { node, height: HEIGHTS.step };
}

function drawGap(item) {
    const node = shape("g", { class: "passing" },
        shape("path", { d: `M${LANES.time + 4} 2 l-5 5 l10 5 l-10 5 l5 5`, class: "zigzag" }),
        drawText(LANES.time + 20, 17, `${lasting(item.ms)} later`));
    return { node, height: HEIGHTS.gap };
}

/** A bar across: the end, or what was done to the client. */
function drawBar(item) {
    const text = shortened(item.text, 60);
    const width = Array.from(text).length * 7.3 + 24;
    const node = shape("g", { class: item.kind === "end" ? "ending" : "breaking" },
        item.kind === "end" ? null : drawLine(LANES.time + 10, 19, DRAWING_WIDTH, 19, "rule"),
        shape("rect", { x: LANES.client - width / 2, y: 6, width, height: 26, rx: 4 }),
        drawText(LANES.client, 23, text, { "text-anchor": "middle" }));
    return { node, height: HEIGHTS[item.kind] };
}

/** A status that was injected stands there as the answer. */
function faultWords(exchange) {
    if (!exchange.fault) {
        return "";
    }
    return exchange.fault === `status ${exchange.status}` ? "⚡ " : `⚡ ${exchange.fault} · `;
}

function answerWords(item) {
    const { exchange } = item;
    const parts = [];
    if (item.loss === null) {
        parts.push(exchange.status);
    } else if (item.error !== null && exchange.status > 0) {
        parts.push(`${exchange.status}`, `client saw: ${item.error}`);
    } else {
        parts.push(item.loss === "request" ? "never arrived" : "no answer");
        parts.push(...(item.error === null ? [] : [item.error]));
    }
    parts.push(...(exchange.done > exchange.at ? [`after ${lasting(exchange.done - exchange.at)}`] : []));
    parts.push(...(exchange.retry_after > 0 ? [`Retry-After ${lasting(exchange.retry_after)}`] : []));
    return parts.join(" · ");
}

function answerTone(item) {
    return item.loss !== null ? "bad" : statusKind(item.exchange.status);
}

/** Filled: the world was asked by it. Hollow: it was not. */
function drawApplied(item, x, y) {
    const { applied, method } = item.exchange;
    if (typeof applied !== "boolean" || method === "GET") {
        return null;
    }
    return shape("circle", { cx: x, cy: y, r: 5, class: applied ? "applied" : "not-applied" },
        shape("title", {}, applied ? "applied" : "not applied"));
}

function drawRequest(item, to) {
    const from = LANES.client;
    const { exchange } = item;
    const end = item.loss === "request" ? (from + to) / 2 : to;
    return [
        drawLine(from, 20, end, 20, "request"),
        item.loss === "request" ? drawCross(end, 20) : drawHead(end, 20, false),
        drawCut(from + 12, 14, `${item.address} ${exchange.method ?? ""} ${exchange.path ?? ""}`,
            CALL_LETTERS + (to > LANES.fake ? 24 : 0)),
        item.loss === "request" ? null : drawApplied(item, to, 20),
    ];
}

function drawAnswer(item, to) {
    const from = LANES.client;
    const isLost = item.loss === "answer";
    const end = isLost ? (from + to) / 2 : from;
    const words = drawCut(from + 12, 36, `${faultWords(item.exchange)}${answerWords(item)}`, CALL_LETTERS,
        { class: "answer-words" });
    if (item.loss === "request") {
        return [words];
    }
    return [
        drawLine(to, 45, end, 45, "answer"),
        isLost ? drawCross(end, 45) : drawHead(end, 45, true),
        words,
    ];
}

function drawExchange(item) {
    const to = item.exchange.call === "webhook" ? LANES.receiver : LANES.fake;
    const { rule, why, faults } = item.exchange;
    const hint = [item.address, `${item.exchange.method ?? ""} ${item.exchange.path ?? ""}`,
        answerWords(item), faults, rule && `decided by ${rule}`, why, item.exchange.id].filter(Boolean);
    const node = shape("g", {
        class: "exchange", "data-tone": answerTone(item), "data-struck": String(Boolean(item.exchange.fault)),
    }, drawRequest(item, to), drawAnswer(item, to), shape("title", {}, plain(hint.join("\n"))));
    return { node, height: HEIGHTS.exchange };
}

/** "6 times status#2 … #7: 200, until 30.000" */
function foldWords(item) {
    const { items, period } = item;
    const said = items.slice(0, period).map(({ exchange }, i) => {
        const last = items.at(i - period).exchange;
        return `${exchange.call}#${exchange.nth} … #${last.nth}`;
    });
    const answers = items.slice(0, period).map(({ exchange }) => `${faultWords(exchange)}${exchange.status}`);
    return `${items.length / period} times ${said.join(", ")}: ${answers.join(", ")}, ` +
        `until ${stamp(item.until)}`;
}

function drawFold(item, unfold) {
    const words = foldWords(item);
    const node = shape("g", {
        class: "fold", role: "button", tabindex: 0, "aria-expanded": "false",
        "aria-label": `${words}. Unfold`, onclick: unfold,
        onkeydown: (event) => {
            if (event.key === "Enter" || event.key === " ") {
                event.preventDefault();
                unfold();
            }
        },
    }, shape("rect", { x: LANES.client + 10, y: 5, width: LANES.fake - LANES.client - 20, height: 24, rx: 6 }),
    drawText(LANES.client + 22, 21, shortened(`⊞ ${words}`, CALL_LETTERS - 2)),
    shape("title", {}, plain(`${words}: unfold`)));
    return { node, height: HEIGHTS.fold };
}

/** The row of an item, at the origin. */
function drawItem(item, unfold) {
    switch (item.kind) {
    case "step": return drawStep(item);
    case "exchange": return drawExchange(item);
    case "fold": return drawFold(item, unfold);
    case "gap": return drawGap(item);
    case "end": case "break": return drawBar(item);
    default: return drawNote(item);
    }
}

function lanesOf(scenario) {
    const hasHooks = objectsOf(scenario.exchanges).some((exchange) => exchange.call === "webhook") ||
        objectsOf(scenario.deliveries).length > 0;
    const lanes = [{ x: LANES.client, name: "client" }, { x: LANES.fake, name: "fake Cognigy" }];
    return hasHooks ? [...lanes, { x: LANES.receiver, name: "webhook receiver" }] : lanes;
}

function drawLaneHead(lane) {
    return shape("g", { class: "lane-head" },
        shape("rect", { x: lane.x - 72, y: 2, width: 144, height: 26, rx: 6 }),
        drawText(lane.x, 20, lane.name, { "text-anchor": "middle" }));
}

/** The drawing of some items; `unfold(item)` puts a fold's items in its place. */
function drawCourse(items, lanes, unfold) {
    const rows = [];
    let y = HEAD_HEIGHT;
    let told = null;
    for (const item of withGaps(items)) {
        const { node, height } = drawItem(item, () => unfold(item));
        node.setAttribute("transform", `translate(0 ${y})`);
        rows.push(...lanes.map((lane) => drawLine(lane.x, y, lane.x, y + height,
            item.kind === "gap" ? "lane broken" : "lane")));
        if (item.kind !== "gap" && item.at !== told && isNumber(item.at)) {
            told = item.at;
            rows.push(drawText(LANES.time, y + 20, stamp(item.at),
                { class: "clock", "text-anchor": "end" }));
        }
        rows.push(node);
        y += height;
    }
    return shape("svg", {
        class: "sequence", width: DRAWING_WIDTH, height: y + 8,
        viewBox: `0 0 ${DRAWING_WIDTH} ${y + 8}`, role: "group", "aria-label": "Sequence diagram",
    }, drawText(LANES.time, 20, "seconds", { class: "clock", "text-anchor": "end" }),
    lanes.map(drawLaneHead), rows);
}

function courseRow(item) {
    const { exchange } = item;
    const cells = exchange === undefined
        ? [stamp(item.at), item.kind === "note" ? item.name : item.kind, item.text, ""]
        : [stamp(item.at), item.address, `${exchange.method ?? ""} ${exchange.path ?? ""}`,
            `${faultWords(exchange)}${answerWords(item)}`];
    return element("tr", {}, cells.map((cell) => element("td", {}, named(cell ?? ""))));
}

/** For those who would rather read it, or hear it read. */
function courseTable(scenario) {
    const body = element("tbody");
    const place = element("div", { class: "scroll" }, element("table", {},
        element("caption", { class: "unseen" }, "The run in its order"),
        element("thead", {}, element("tr", {}, ["At", "What", "Of it", "Answer"]
            .map((head) => element("th", { scope: "col" }, head)))), body));
    showPaged(body, place, [...inOrder(scenario), endItem(scenario)], DRAWN_MAX, courseRow);
    return place;
}

const LEGEND = [
    "→ request, ⇠ answer", "✕ lost on the way", "⚡ fault of the scenario", "● applied by the fake",
    "○ not applied", "⊞ equal requests: press to unfold", "⋮ time left out",
];

/** The diagram with what belongs to it. */
function sequenceFigure(scenario) {
    const lanes = lanesOf(scenario);
    let items = courseOf(scenario);
    let limit = DRAWN_MAX;
    const sheet = element("div", {
        class: "scroll", tabindex: 0, role: "region", "aria-label": "Sequence diagram, scrolls",
    });
    const more = element("button", { type: "button", class: "more" });
    const draw = () => {
        sheet.replaceChildren(drawCourse(items.slice(0, limit), lanes, unfold));
        more.hidden = items.length <= limit;
        more.textContent = `Draw more (${counted(items.length - limit, "row")} left)`;
    };
    const unfold = (fold) => {
        const at = items.indexOf(fold);
        items = [...items.slice(0, at), ...fold.items, ...items.slice(at + 1)];
        limit += fold.items.length;
        draw();
        sheet.focus({ preventScroll: true });
    };
    more.addEventListener("click", () => {
        limit += DRAWN_MAX;
        draw();
    });
    draw();
    return element("figure", {}, sheet, more,
        element("figcaption", { class: "faint legend" }, LEGEND.map((text) => element("span", {}, text))),
        unfolding("The same as a table", () => courseTable(scenario)));
}
