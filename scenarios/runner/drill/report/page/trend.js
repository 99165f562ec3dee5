"use strict";
/* This rehearsal against earlier ones of the same drill. */

const TREND_WIDTH = 620;
const TREND_HEIGHT = 150;
const TREND_LEFT = 76;
const TREND_SHOWN = 24;

/** Earlier ones and, at the end, this one. */
function trendOf(report) {
    const recover = figureOf(report, "recover");
    const now = {
        held_at: report.held_at, mode: report.mode, verdict: report.verdict, isNow: true,
        points: objectOf(report.score).points, recover: recover.median, p95: recover.p95,
    };
    return [...objectsOf(report.trend), now];
}

function dayOf(entry) {
    const day = String(entry.held_at ?? "").slice(0, 10);
    return entry.isNow ? `this one${day === "" ? "" : `, ${day}`}` : day || "not known";
}

function drawPoint(entry, x, y) {
    const { glyph, kind } = resultWords(entry.verdict);
    const hint = `${dayOf(entry)}: ${lasting(entry.recover)}, ${entry.points ?? "?"} points`;
    return shape("g", { class: "trend-point", "data-tone": kind },
        shape("circle", { cx: x, cy: y, r: 4 }),
        drawText(x, y - 9, glyph, { "text-anchor": "middle" }),
        shape("title", {}, plain(hint)));
}

/** Time to recover, one point a rehearsal; the target is a line across. */
function drawTrend(report, entries) {
    const known = entries.filter((entry) => isNumber(entry.recover));
    const { target } = figureOf(report, "recover");
    const limit = Math.max(...known.map((entry) => entry.recover), target ?? 0, 1) * 1.15;
    const x = (i) => TREND_LEFT + 24 + i * (TREND_WIDTH - TREND_LEFT - 48) / Math.max(known.length - 1, 1);
    const y = (ms) => TREND_HEIGHT - 24 - (TREND_HEIGHT - 44) * ms / limit;
    const points = known.map((entry, i) => `${x(i)},${y(entry.recover)}`).join(" ");
    return shape("svg", {
        class: "trend", viewBox: `0 0 ${TREND_WIDTH} ${TREND_HEIGHT}`, role: "img",
        "aria-label": "Time to recover, from one rehearsal to the next; the table below says the same",
    }, drawLine(TREND_LEFT, y(0), TREND_WIDTH, y(0), "rule"),
    drawText(TREND_LEFT - 8, y(0) + 4, "0 s", { "text-anchor": "end", class: "clock" }),
    isNumber(target) ? [drawLine(TREND_LEFT, y(target), TREND_WIDTH, y(target), "target"),
        drawText(TREND_LEFT - 8, y(target) + 4, lasting(target), { "text-anchor": "end", class: "clock" })] : null,
    shape("polyline", { class: "trend-line", points }),
    known.map((entry, i) => drawPoint(entry, x(i), y(entry.recover))),
    drawText(x(0), TREND_HEIGHT - 6, dayOf(known[0]), { class: "clock" }),
    drawText(TREND_WIDTH - 4, TREND_HEIGHT - 6, "this one", { "text-anchor": "end", class: "clock" }));
}

function trendRow(entry) {
    return [dayOf(entry), plain(entry.mode ?? "–"), resultBadge(entry.verdict), String(entry.points ?? "–"),
        lasting(entry.recover), lasting(entry.p95)];
}

function trendPart(report) {
    const entries = trendOf(report);
    const shown = entries.slice(-TREND_SHOWN);
    if (entries.length === 1) {
        return element("p", { class: "faint" }, "No earlier rehearsal of this drill is known.");
    }
    const hasChart = shown.filter((entry) => isNumber(entry.recover)).length > 1;
    return [hasChart ? element("figure", {}, drawTrend(report, shown),
        element("figcaption", { class: "faint" }, "Time to recover; the line across is the target of this one.")) : null,
    table("Rehearsals of this drill", ["Held", "Mode", "Verdict", "Points", "Time to recover", "95th percentile"],
        shown.map(trendRow)),
    entries.length > shown.length
        ? element("p", { class: "faint" }, `${counted(entries.length - shown.length, "earlier one")} not shown.`) : null];
}
