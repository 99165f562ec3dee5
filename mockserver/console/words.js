"use strict";
/* Numbers and times as people read them. */

const CALLS = [
    "token", "introspect", "health", "sessions", "simulate", "promote", "status", "rollback",
    "cancel", "deployments", "environment", "metrics", "versions", "webhook",
];

function counted(number, noun, plural = `${noun}s`) {
    return `${Number(number).toLocaleString("en-GB")} ${number === 1 ? noun : plural}`;
}

function twoDigits(number) {
    return String(number).padStart(2, "0");
}

/** A time since the tenant's start: "1:02:03.450", "2 d 01:02:03". */
function sinceStart(ms, withMilliseconds = true) {
    if (!Number.isFinite(ms)) {
        return "–";
    }
    const whole = Math.max(0, Math.floor(ms));
    const seconds = Math.floor(whole / 1000);
    const days = Math.floor(seconds / 86400);
    const hours = Math.floor(seconds / 3600) % 24;
    const tail = `${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
    const fraction = withMilliseconds ? `.${String(whole % 1000).padStart(3, "0")}` : "";
    const clock = hours > 0 || days > 0 ? `${hours}:${tail}${fraction}` : `${tail}${fraction}`;
    return days > 0 ? `${days} d ${clock}` : clock;
}

/** A duration: "340 ms", "2.5 s", "15 min", "3 h 20 min". */
function lasting(ms) {
    if (!Number.isFinite(ms)) {
        return "–";
    }
    if (Math.abs(ms) < 1000) {
        return `${Math.round(ms)} ms`;
    }
    const seconds = Math.round(ms / 100) / 10;
    if (Math.abs(seconds) < 60) {
        return `${seconds} s`;
    }
    const minutes = Math.round(seconds / 6) / 10;
    if (Math.abs(minutes) < 60) {
        return `${minutes} min`;
    }
    const left = Math.round(minutes) % 60;
    return `${Math.trunc(minutes / 60)} h${left === 0 ? "" : ` ${left} min`}`;
}

/** Date and time in UTC: "1 Jan 2026, 00:00:05 UTC". */
function dated(unixMs) {
    return `${new Date(unixMs).toLocaleString("en-GB", {
        timeZone: "UTC", day: "numeric", month: "short", year: "numeric",
        hour: "2-digit", minute: "2-digit", second: "2-digit",
    })} UTC`;
}

/** "rolled_back" → "rolled back". */
function plainWords(name) {
    return String(name).replaceAll("_", " ");
}

/** The members of an object in one line: "status 503, retry after 5s". */
function membersText(members) {
    return members.map(([name, value]) => `${plainWords(name)} ${inOneLine(value)}`).join(", ");
}

/** How many there are, for a heading; nothing for none. */
function countText(list) {
    return list.length > 0 ? list.length.toLocaleString("en-GB") : "";
}

/** Any JSON value in one line. */
function inOneLine(value) {
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** A body for reading: JSON is indented, everything else stays as it is. */
function readable(text) {
    try {
        return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
        return text;
    }
}
