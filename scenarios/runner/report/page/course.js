"use strict";
/*
 * What happened in a run, in its order, as plain data: requests with what the client made of their
 * answers, its steps and decisions, and the time that passed between them.
 */

/** What is said so many times in the same way is one line. */
const FOLD_LEAST = 3;

/** Requests that are repeated together, as a rollback and the look at what became of it. */
const FOLD_PERIOD_MAX = 3;

const DECISIONS = {
    "retry": "warn", "retry-stopped": "bad", "failure": "bad", "poll-failed": "warn",
    "job-accepted": "good", "rollback-accepted": "good",
    "limit": "warn", "webhook-failed": "bad", "cancel-failed": "bad",
};

const JOB_TONES = {
    completed: "good", failed: "bad", rolled_back: "warn", rollback_failed: "bad", cancelled: "warn",
};

/** "call=promote attempt=2 reason=no answer" → {call, attempt, reason} */
function fieldsOf(event) {
    const fields = {};
    for (const part of String(event.fields ?? "").split(/ (?=[a-z_]+=)/)) {
        const end = part.indexOf("=");
        if (end > 0) {
            fields[part.slice(0, end)] = part.slice(end + 1);
        }
    }
    return fields;
}

function levelKind(level) {
    return { error: "bad", warning: "warn" }[level] ?? "info";
}

/** One event as a note beside the client's line. */
function noteOf(event) {
    const fields = fieldsOf(event);
    const text = {
        "retry": () => `retry in ${lasting(Number(fields.delay_ms))}: ${fields.because ?? fields.error ?? "?"}`,
        "retry-stopped": () => `no retry of ${fields.call ?? "?"}: ${fields.reason ?? "?"}`,
        "failure": () => fields.reason ?? "failure",
        "poll-failed": () => fields.reason ?? "poll-failed",
        "transition": () => `${fields.on ?? "?"}: ${fields.from ?? "?"} → ${fields.to ?? "?"}`,
        "limit": () => `limit reached: ${fields.name ?? "?"}`,
        "job-progress": () => `${fields.job_id ?? "job"} ${fields.status ?? "?"} ${fields.progress ?? "?"} %`,
    }[event.name] ?? (() => `${event.name} ${event.fields ?? ""}`.trim());
    const tone = DECISIONS[event.name] ?? JOB_TONES[fields.status] ?? levelKind(event.level);
    return { kind: "note", at: event.at, tone, name: String(event.name), text: text() };
}

/** What the runner did to the client. */
function breakOf(event) {
    const fields = fieldsOf(event);
    const text = {
        signal: () => `⚑ ${fields.name ?? "a signal"}`,
        process: () => `${fields.after === "kill" ? "✖ killed" : "■ ended"}, then a new process: ` +
            (fields.command ?? "?"),
    }[event.name];
    return text === undefined ? null : { kind: "break", at: event.at, text: text() };
}

/** The attempts of one call share its id. */
function requestKey(id, attempt) {
    return `${id} ${attempt}`;
}

/** Request → what the client said of its answer, where that is not what the fake says of it. */
function answersSeen(scenario) {
    const seen = new Map();
    for (const event of objectsOf(scenario.events)) {
        if (event.name === "request") {
            const fields = fieldsOf(event);
            seen.set(requestKey(fields.request_id, fields.attempt), fields);
        }
    }
    return seen;
}

/** Whether the request or its answer was lost on the way, as far as anybody knows. */
function lossOf(exchange, seen) {
    const isUnanswered = !(exchange.status > 0) || exchange.lost === true ||
        seen?.error !== undefined || seen?.status === "0";
    if (!isUnanswered) {
        return null;
    }
    return exchange.applied === false && !(exchange.status > 0) ? "request" : "answer";
}

function exchangeItem(exchange, seen) {
    return {
        kind: "exchange",
        at: exchange.at,
        exchange,
        error: seen?.error ?? null,
        loss: lossOf(exchange, seen),
        address: `${exchange.call}#${exchange.nth ?? "?"}/a${exchange.attempt ?? "?"}`,
    };
}

function eventItem(event) {
    if (event.name === "request") {
        return null; // The arrow says it.
    }
    if (event.name === "transition" && fieldsOf(event).on === "passed") {
        return null; // The next step says it.
    }
    if (event.name === "step") {
        return { kind: "step", at: event.at, text: fieldsOf(event).name ?? "" };
    }
    return breakOf(event) ?? noteOf(event);
}

/** An event that was logged after the n-th request stands behind it. */
function inOrder(scenario) {
    const seen = answersSeen(scenario);
    const exchanges = objectsOf(scenario.exchanges);
    const items = [];
    let next = 0;
    const bring = (count) => {
        for (; next < count && next < exchanges.length; next += 1) {
            const { id, attempt } = exchanges[next];
            items.push(exchangeItem(exchanges[next], seen.get(requestKey(id, attempt))));
        }
    };
    for (const event of objectsOf(scenario.events)) {
        bring(event.after ?? 0);
        items.push(eventItem(event));
    }
    bring(exchanges.length);
    return items.filter((item) => item !== null);
}

/** Two requests that say the same. */
function isAlike(one, other) {
    if (one.kind !== "exchange" || other.kind !== "exchange" || one.loss || other.loss) {
        return false;
    }
    return ["call", "path", "status", "fault", "faults", "attempt"]
        .every((name) => (one.exchange[name] ?? null) === (other.exchange[name] ?? null));
}

/** How many of the items from `start` on repeat the first `period` of them, in whole periods. */
function repeatedCount(items, start, period) {
    let end = start + period;
    while (end < items.length && isAlike(items[end], items[end - period])) {
        end += 1;
    }
    return end - start - (end - start) % period;
}

/** The fold that begins there; null for none. */
function foldAt(items, start) {
    for (let period = 1; period <= FOLD_PERIOD_MAX; period += 1) {
        const count = repeatedCount(items, start, period);
        if (count >= FOLD_LEAST * period) {
            const inside = items.slice(start, start + count);
            return { kind: "fold", at: inside[0].at, until: inside.at(-1).at, period, items: inside };
        }
    }
    return null;
}

/** Runs of equal requests become one item that has them inside. */
function folded(items) {
    const shown = [];
    for (let i = 0; i < items.length;) {
        const fold = foldAt(items, i);
        shown.push(fold ?? items[i]);
        i += fold === null ? 1 : fold.items.length;
    }
    return shown;
}

/** With an item for each stretch of time in which nothing was said. */
function withGaps(items) {
    const spaced = [];
    let last = 0;
    for (const item of items) {
        if (isNumber(item.at) && item.at > last) {
            spaced.push({ kind: "gap", at: last, ms: item.at - last });
        }
        spaced.push(item);
        last = Math.max(last, item.until ?? item.at ?? last);
    }
    return spaced;
}

function endItem(scenario) {
    const signal = scenario.signal ? `, got ${scenario.signal}` : "";
    const processes = scenario.processes > 1 ? `, ${scenario.processes} processes` : "";
    const outcome = scenario.outcome ? ` ${scenario.outcome}` : "";
    return {
        kind: "end", at: endOf(scenario),
        text: `exit ${scenario.exit ?? "unknown"}${outcome}${signal}${processes}`,
    };
}

/** The whole run; `isFolded` false: every poll by itself. */
function courseOf(scenario) {
    return folded([...inOrder(scenario), endItem(scenario)]);
}
