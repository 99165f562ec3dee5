"use strict";
/* How things are said. */

const RESULTS = {
    fail: { glyph: "✖", word: "fail", kind: "bad" },
    inconclusive: { glyph: "?", word: "inconclusive", kind: "warn" },
    pass: { glyph: "✔", word: "pass", kind: "good" },
    idle: { glyph: "–", word: "idle", kind: "plain" },
};

const STATUS_KINDS = { 1: "info", 2: "good", 3: "info", 4: "warn", 5: "bad" };

/* What cannot be seen, or turns the letters that follow around. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** A text as it can be shown: what would play tricks is named instead. */
function plain(text) {
    return String(text).replace(UNSEEN, (letter) =>
        `⟨U+${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

/** At most so many letters, with what was left out marked. */
function shortened(text, length) {
    const letters = Array.from(plain(text).replace(/\s+/g, " "));
    return letters.length <= length ? letters.join("") : `${letters.slice(0, length - 1).join("")}…`;
}

function counted(count, noun) {
    const number = Number(count ?? 0).toLocaleString("en-GB");
    return `${number} ${noun}${count === 1 ? "" : "s"}`;
}

function isNumber(value) {
    return typeof value === "number" && Number.isFinite(value);
}

/** "35.000": seconds, as the traces write them. */
function stamp(ms) {
    return isNumber(ms) ? (ms / 1000).toFixed(3) : "–";
}

/** "28 ms", "5 s", "2 min 30 s", "1 h 5 min" */
function lasting(ms) {
    if (!isNumber(ms)) {
        return "–";
    }
    if (ms < 1000) {
        return `${ms} ms`;
    }
    const parts = [[Math.floor(ms / 3600000), "h"], [Math.floor(ms / 60000) % 60, "min"],
        [(ms % 60000) / 1000, "s"]];
    const said = parts.filter(([number]) => number > 0).slice(0, 2);
    return said.map(([number, unit]) => `${Number(number.toFixed(3))} ${unit}`).join(" ");
}

function resultWords(result) {
    return RESULTS[result] ?? { glyph: "?", word: plain(result ?? "unknown"), kind: "warn" };
}

/** Glyph and word, so that nothing hangs on the colour. */
function resultBadge(result) {
    const { glyph, word, kind } = resultWords(result);
    return element("span", { class: "badge", "data-kind": kind },
        element("span", { "aria-hidden": "true" }, `${glyph} `), word);
}

function statusKind(status) {
    return STATUS_KINDS[String(status)[0]] ?? "plain";
}

/** JSON for people; what is no JSON stays as it is. */
function prettyJson(value) {
    return plain(typeof value === "string" ? value : JSON.stringify(value, null, 2));
}

/** A line of JSON, or null. Traces leave out checksums that differ from run to run. */
function parseLine(line) {
    try {
        return JSON.parse(line.replaceAll(/"(\w*)checksum …"/g, '"$1checksum":"…"'));
    } catch {
        return null;
    }
}
