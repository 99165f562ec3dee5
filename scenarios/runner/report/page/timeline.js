"use strict";
/* The timeline of a run: what the jobs, the sessions and the client were about, side by side. */

const TIMELINE_WIDTH = 1088;
const LABEL_WIDTH = 150;
const LANE_HEIGHT = 30;
const LETTER_WIDTH = 7.3;

/** A stretch of a lane: {from, to, text, tone, isHatched}; a moment: {from, glyph, text, tone}. */
function clientStretches(scenario, end) {
    const steps = objectsOf(scenario.events).filter((event) => event.name === "step");
    return steps.map((event, i) => ({
        from: event.at, to: steps[i + 1]?.at ?? end, text: fieldsOf(event).name ?? "", tone: "info",
    }));
}

/** Where no request was on its way. */
function waitStretches(scenario, end) {
    const waits = [];
    let last = 0;
    const close = (at) => {
        if (at > last) {
            waits.push({ from: last, to: at, text: lasting(at - last), tone: "plain", isHatched: true });
        }
    };
    for (const exchange of objectsOf(scenario.exchanges)) {
        close(exchange.at);
        last = Math.max(last, exchange.done ?? 0, exchange.at ?? 0);
    }
    close(end);
    return waits;
}

/** One mark a place: a thousand polls are one line of ticks. */
function callMarks(scenario, scale) {
    const seen = new Set();
    return objectsOf(scenario.exchanges).filter((exchange) => {
        const key = `${Math.round(scale.x(exchange.at) / 3)} ${Boolean(exchange.fault)}`;
        const isNew = isNumber(exchange.at) && !seen.has(key);
        seen.add(key);
        return isNew;
    }).map((exchange) => ({
        from: exchange.at, glyph: exchange.fault ? "⚡" : "|", tone: exchange.fault ? "bad" : "plain",
        text: `${exchange.call}#${exchange.nth} ${exchange.status} ${exchange.fault ?? ""}`.trim(),
    }));
}

function jobStretches(job, end) {
    const hasEnded = job.ended >= 0 && job.ended !== null;
    const stretches = [{
        from: job.created, to: hasEnded ? job.ended : end, text: "running", tone: "info",
    }];
    if (hasEnded) {
        const isBack = job.rollbacks > 0;
        const to = isBack && job.rollback_ended >= 0 ? job.rollback_ended : end;
        stretches.push(isBack
            ? { from: job.ended, to, text: "rolling back", tone: "warn" }
            : { from: job.ended, to: end, text: job.status, tone: JOB_TONES[job.status] ?? "plain" });
        if (isBack && to < end) {
            stretches.push({ from: to, to: end, text: job.status, tone: JOB_TONES[job.status] ?? "plain" });
        }
    }
    return stretches;
}

function sessionLanes(scenario, end) {
    const byEnvironment = new Map();
    for (const entry of objectsOf(scenario.sessions)) {
        const name = String(entry.environment ?? "sessions");
        byEnvironment.set(name, [...(byEnvironment.get(name) ?? []), entry]);
    }
    return [...byEnvironment].map(([name, entries]) => ({
        name: `sessions ${name}`,
        stretches: entries.map((entry, i) => ({
            from: entry.at, to: entries[i + 1]?.at ?? end, text: counted(entry.active, "session"),
            tone: entry.active > 0 ? "warn" : "plain",
        })),
    }));
}

function deliveryMarks(scenario) {
    return objectsOf(scenario.deliveries).map((delivery) => ({
        from: delivery.at, glyph: "✉", tone: "good", text: `delivered ${delivery.id ?? ""}`,
    }));
}

/** Of all moments that have something to show. */
function timesOf(scenario) {
    const times = [endOf(scenario)];
    for (const exchange of objectsOf(scenario.exchanges)) {
        times.push(exchange.at, exchange.done);
    }
    for (const job of objectsOf(scenario.jobs)) {
        times.push(job.created, job.ended, job.rollback_ended);
    }
    for (const timed of [...objectsOf(scenario.events), ...objectsOf(scenario.sessions),
        ...objectsOf(scenario.deliveries)]) {
        times.push(timed?.at);
    }
    return times;
}

function timelineLanes(scenario, scale) {
    const { end } = scale;
    const lanes = [
        { name: "client's step", stretches: clientStretches(scenario, end) },
        { name: "client waits", stretches: waitStretches(scenario, end) },
        { name: "requests", marks: callMarks(scenario, scale) },
        ...objectsOf(scenario.jobs).map((job) =>
            ({ name: String(job.id ?? "job"), stretches: jobStretches(job, end) })),
        ...sessionLanes(scenario, end),
        { name: "webhook", marks: deliveryMarks(scenario) },
    ];
    return lanes.filter((lane) => (lane.stretches ?? lane.marks).length > 0);
}

function drawStretch(stretch, scale) {
    const [x, end] = [scale.x(stretch.from), scale.x(stretch.to)];
    const width = Math.max(end - x, 2);
    const room = Math.floor((width - 10) / LETTER_WIDTH);
    const hint = `${stretch.text}: ${stamp(stretch.from)} to ${stamp(stretch.to)} s`;
    return shape("g", { class: "stretch", "data-tone": stretch.tone },
        shape("rect", {
            x, y: 4, width, height: LANE_HEIGHT - 8, rx: 3, class: stretch.isHatched ? "hatched" : null,
        }),
        room < 2 ? null : drawText(x + 5, 20, shortened(stretch.text, room)),
        shape("title", {}, plain(hint)));
}

function drawMark(mark, scale) {
    return shape("g", { class: "mark", "data-tone": mark.tone },
        drawText(scale.x(mark.from), 20, mark.glyph, { "text-anchor": "middle" }),
        shape("title", {}, plain(`${stamp(mark.from)} s: ${mark.text}`)));
}

function drawTimelineLane(lane, i, scale) {
    return shape("g", { transform: `translate(0 ${i * LANE_HEIGHT})` },
        drawLine(0, LANE_HEIGHT, TIMELINE_WIDTH, LANE_HEIGHT, "rule"),
        drawCut(0, 20, lane.name, 19, { class: "lane-name" }),
        (lane.stretches ?? []).map((stretch) => drawStretch(stretch, scale)),
        (lane.marks ?? []).map((mark) => drawMark(mark, scale)));
}

function drawTicks(scale, height) {
    return scale.ticks.map((tick) => shape("g", { class: "tick" },
        drawLine(scale.x(tick), 0, scale.x(tick), height + 4, "rule"),
        drawText(scale.x(tick), height + 18, stamp(tick))));
}

function timelineFigure(scenario) {
    const scale = momentScale(timesOf(scenario), LABEL_WIDTH, TIMELINE_WIDTH - LABEL_WIDTH - 60);
    const lanes = timelineLanes(scenario, scale);
    const height = lanes.length * LANE_HEIGHT;
    const drawing = shape("svg", {
        class: "timeline", width: TIMELINE_WIDTH, height: height + 26,
        viewBox: `0 0 ${TIMELINE_WIDTH} ${height + 26}`, role: "group", "aria-label": "Timeline",
    }, drawTicks(scale, height), lanes.map((lane, i) => drawTimelineLane(lane, i, scale)));
    return element("figure", {},
        element("div", {
            class: "scroll", tabindex: 0, role: "region", "aria-label": "Timeline, scrolls",
        }, drawing),
        element("figcaption", { class: "faint" },
            "Seconds of virtual time; long stretches are drawn shorter than they were."));
}
