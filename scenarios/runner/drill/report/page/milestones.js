"use strict";
/* When what happened: the milestones on both clocks above all that went on beside them. */

/* Narrower than the other drawings: it has to be read on paper. */
const CHART_WIDTH = 780;
const CHART_LABELS = 122;
/* Room for what is said of the last moment. */
const CHART_RIGHT = 120;

/** "T1 T2 T3" → "T1–T3" */
function codeRange(codes, all) {
    const places = codes.map((code) => all.indexOf(code));
    const isRow = codes.length > 2 && places.every((place, i) => i === 0 || place === places[i - 1] + 1);
    return isRow ? `${codes[0]}–${codes.at(-1)}` : codes.join(" ");
}

/** In the unit of the axis. */
function inSeconds(ms) {
    return `${Number((ms / 1000).toFixed(3))} s`;
}

function milestoneLabels(report, side) {
    const all = objectsOf(report.milestones).map((milestone) => String(milestone.code ?? "?"));
    return mergedLabels(momentsBy(report, side).map((milestone) =>
        ({ ms: milestone[side], text: String(milestone.code ?? "?"), tone: side === "server" ? "info" : "good" })))
        .map((label) => ({ ...label, text: `${shortened(codeRange(label.texts, all), 24)} ${inSeconds(label.ms)}` }));
}

function injectLabels(report) {
    return objectsOf(report.injects).filter((inject) => isNumber(inject.at) && inject.at >= 0)
        .map((inject) => ({
            ms: inject.at, tone: "bad", text: shortened(`⚡ ${inject.text || inject.name || ""}`, 90),
            hint: `${stamp(inject.at)} s: ${inject.name ?? ""}: ${inject.text ?? ""}`,
        })).sort((left, right) => left.ms - right.ms);
}

function commandLabels(report) {
    return objectsOf(report.commands).filter((command) => isNumber(command.at)).map((command) => ({
        ms: command.at, tone: command.exit === 0 ? "good" : "warn",
        text: shortened(`$ ${command.line ?? ""}`, 48),
        hint: `${stamp(command.at)} s: ${command.line ?? ""}: exit ${command.exit ?? "none"}`,
    })).sort((left, right) => left.ms - right.ms);
}

/** When the content was mixed: from the end backwards; of several jobs nobody can tell from here. */
function mixedStretches(report, end) {
    const mixed = objectOf(report.mixed);
    const jobs = objectsOf(objectOf(report.truth).jobs);
    if (!(mixed.ms > 0) || jobs.length !== 1) {
        return [];
    }
    const restored = jobs[0].rollback_ended >= 0 && isNumber(jobs[0].rollback_ended)
        ? jobs[0].rollback_ended : jobs[0].ended;
    const to = mixed.yet === true || !(restored >= 0) ? end : restored;
    return [{ from: Math.max(to - mixed.ms, 0), to, text: "mixed content", tone: "bad" }];
}

function allMoments(report) {
    const record = recordOf(report);
    const milestones = objectsOf(report.milestones);
    return [
        ...timesOf({ ...record, jobs: objectOf(report.truth).jobs }),
        ...milestones.map(({ server }) => server), ...milestones.map(({ client }) => client),
        ...objectsOf(report.injects).map(({ at }) => at),
        ...objectsOf(report.commands).flatMap(({ at, until }) => [at, until]),
    ];
}

/** Between the job's end and the rollback's acceptance nothing is rolled back yet. */
function splitJob(stretch, accepted, job) {
    if (stretch.text !== "rolling back" || !(accepted > stretch.from && accepted < stretch.to)) {
        return [stretch];
    }
    const ended = job.error ? { text: "failed", tone: "bad" } : { text: "ended", tone: "plain" };
    return [{ ...stretch, to: accepted, ...ended }, { ...stretch, from: accepted }];
}

function jobLanes(report, end) {
    const jobs = objectsOf(objectOf(report.truth).jobs);
    const accepted = jobs.length === 1
        ? momentsBy(report, "server").find((milestone) => milestone.code === "T4")?.server : undefined;
    return jobs.map((job) => ({
        name: String(job.id ?? "job"),
        stretches: jobStretches(job, end).flatMap((stretch) => splitJob(stretch, accepted, job)),
    }));
}

/** What has a place on the axis. */
function placeable(stretch) {
    return isNumber(stretch.from) && (stretch.to === undefined || isNumber(stretch.to));
}

/** Lanes of stretches and marks, below the lines with labels. */
function chartLanes(report, scale) {
    const record = recordOf(report);
    const { end } = scale;
    return [
        { name: "client's step", stretches: clientStretches(record, end) },
        { name: "requests", marks: callMarks(record, scale) },
        ...jobLanes(report, end),
        { name: "target", stretches: mixedStretches(report, end) },
        ...sessionLanes(record, end),
        { name: "webhook", marks: deliveryMarks(record) },
    ].map((lane) => ({
        name: lane.name, stretches: listOf(lane.stretches).filter(placeable), marks: listOf(lane.marks).filter(placeable),
    })).filter((lane) => lane.stretches.length + lane.marks.length > 0);
}

function drawRail(name, y, properties = {}) {
    return shape("g", { class: "rail", ...properties },
        drawCut(0, y + 4, name, 16, { class: "lane-name" }),
        drawLine(CHART_LABELS, y, CHART_WIDTH - CHART_RIGHT + 8, y, "rail-line"));
}

/** The lines with labels. @returns {nodes, height} */
function drawRails(report, scale) {
    const rails = [["what struck", injectLabels(report)], ["server's truth", milestoneLabels(report, "server")],
        ["client's papers", milestoneLabels(report, "client")], ["commands", commandLabels(report)]];
    const nodes = [];
    let height = 0;
    for (const [name, labels] of rails.filter(([, each]) => each.length > 0)) {
        const placed = placedLabels(labels, scale.x, CHART_WIDTH);
        nodes.push(drawRail(name, height + placed.rows * LABEL_HEIGHT + 10), ...drawLabels(placed, height));
        height += labelsHeight(placed);
    }
    return { nodes, height };
}

function drawChartLane(lane, y, scale) {
    return shape("g", { transform: `translate(0 ${y})` },
        drawLine(0, 0, CHART_WIDTH, 0, "rule"),
        drawCut(0, 20, lane.name, 16, { class: "lane-name" }),
        lane.stretches.map((stretch) => drawStretch(stretch, scale)),
        lane.marks.map((mark) => drawMark(mark, scale)));
}

function drawChart(report) {
    const scale = momentScale(allMoments(report), CHART_LABELS + 4, CHART_WIDTH - CHART_LABELS - CHART_RIGHT - 4);
    const rails = drawRails(report, scale);
    const lanes = chartLanes(report, scale);
    const bottom = rails.height + lanes.length * LANE_HEIGHT;
    return shape("svg", {
        class: "chart", viewBox: `0 0 ${CHART_WIDTH} ${bottom + 26}`, role: "group", "aria-label": "Timeline",
    }, drawTicks(scale, bottom),
    rails.nodes, lanes.map((lane, i) => drawChartLane(lane, rails.height + i * LANE_HEIGHT, scale)));
}

function milestoneTable(report) {
    const rows = objectsOf(report.milestones).map((milestone) => [
        element("span", {}, element("strong", {}, plain(milestone.code ?? "")), " ", named(milestone.text ?? "")),
        isNumber(milestone.server) ? lasting(milestone.server) : "–",
        isNumber(milestone.client) ? lasting(milestone.client) : "–",
        differenceWords({ ...milestone, unit: "ms" }),
        named(milestone.server_evidence || "–"), named(milestone.client_evidence || "–"),
    ]);
    return table("Milestones", ["Milestone", "By the server", "By the client", "Difference",
        "The server's evidence", "The client's evidence"], rows, { class: "milestones" });
}

function mixedWords(report) {
    const mixed = objectOf(report.mixed);
    if (mixed.yet === true) {
        return `The target served mixed content for ${lasting(mixed.ms)}, and did so at the end.`;
    }
    return mixed.ms > 0 ? `The target served mixed content for ${lasting(mixed.ms)}.`
        : isNumber(mixed.ms) ? "The target never served mixed content."
            : "How long the target served mixed content is not known.";
}

function isTimed(report) {
    return allMoments(report).some((ms) => isNumber(ms) && ms > 0);
}

function milestoneFigure(report) {
    return element("div", {}, !isTimed(report)
        ? element("p", { class: "faint" }, "When anything happened is not known.")
        : element("figure", {},
            element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Timeline, scrolls" },
                drawChart(report)),
            element("figcaption", { class: "faint" },
                "Seconds since the start; long stretches are drawn shorter than they were. What the codes mean stands below.")),
        element("p", {}, mixedWords(report)), milestoneTable(report));
}
