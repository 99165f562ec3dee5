"use strict";
/* Labels of moments on a line: those of one moment share one, and none stands on another. */

const LABEL_HEIGHT = 17;
const LABEL_GAP = 4;
const LABEL_LETTERS_MIN = 8;
const FLAG_GAP = 4;

/** [{ms, text}] → one a moment, in their order. */
function mergedLabels(moments) {
    const merged = new Map();
    for (const { ms, text, tone } of moments) {
        const there = merged.get(ms);
        merged.set(ms, { ms, tone: there?.tone ?? tone, texts: [...there?.texts ?? [], text] });
    }
    return [...merged.values()].sort((left, right) => left.ms - right.ms);
}

/** What fits between a moment and the end of the line. */
function fitted(label, x, end) {
    return shortened(label.text, Math.max(Math.floor((end - x) / LETTER_WIDTH), LABEL_LETTERS_MIN));
}

/**
 * Each is a flag to the right of its pole. From the right to the left the poles grow, so that none
 * stands before another's flag.
 *
 * @returns {labels: [{x, row, text}], rows}; row 0 is next to the line
 */
function placedLabels(labels, x, end) {
    const starts = [];
    const placed = labels.toReversed().map((label) => {
        const at = x(label.ms);
        const text = fitted(label, at + FLAG_GAP, end);
        const right = at + FLAG_GAP + Array.from(text).length * LETTER_WIDTH + LABEL_GAP;
        const free = starts.findLastIndex((start) => start < right) + 1;
        starts.length = free;
        starts[free] = at;
        return { ...label, x: at, row: free, text };
    });
    return { labels: placed, rows: Math.max(0, ...placed.map(({ row }) => row + 1)) };
}

/** The labels above a line at `top + labelsHeight - 10`, each tied to its point on it. */
function drawLabels({ labels, rows }, top) {
    const line = top + rows * LABEL_HEIGHT + 10;
    const y = (row) => top + (rows - 1 - row) * LABEL_HEIGHT;
    return labels.map((label) => shape("g", { class: "moment", "data-tone": label.tone },
        drawLine(label.x, y(label.row) + 2, label.x, line, "stem"),
        drawText(label.x + FLAG_GAP, y(label.row) + 12, label.text),
        shape("circle", { cx: label.x, cy: line, r: 4 }),
        shape("title", {}, plain(label.hint ?? label.text))));
}

function labelsHeight({ rows }) {
    return rows * LABEL_HEIGHT + 22;
}
