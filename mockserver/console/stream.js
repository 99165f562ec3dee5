"use strict";
/* Server-sent events through fetch(), which unlike EventSource can send the token. */

const RETRY_MS_MIN = 500;
const RETRY_MS_MAX = 5000;

/** Takes a stream of text apart into events. */
class EventParser {
    constructor(onEvent) {
        this.onEvent = onEvent;
        this.rest = "";
        this.reset();
    }

    reset() {
        this.event = { kind: "message", id: null, data: [] };
    }

    push(text) {
        const lines = (this.rest + text).split("\n");
        this.rest = lines.pop();
        for (const line of lines) {
            this.line(line.endsWith("\r") ? line.slice(0, -1) : line);
        }
    }

    line(line) {
        if (line === "") {
            if (this.event.data.length > 0) {
                this.onEvent({ ...this.event, data: this.event.data.join("\n") });
            }
            this.reset();
            return;
        }
        const colon = line.indexOf(":");
        const name = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
        if (name === "event") {
            this.event.kind = value;
        } else if (name === "id") {
            this.event.id = value;
        } else if (name === "data") {
            this.event.data.push(value);
        }
    }
}

/**
 * The live stream of one tenant. `onState` hears "connecting", "live" and "lost"; after a loss it
 * tries again by itself and goes on behind the last event.
 */
class EventStream {
    constructor(onEvent, onState) {
        this.onEvent = onEvent;
        this.onState = onState;
        this.stop = null;
    }

    open(tenant) {
        this.close();
        this.stop = new AbortController();
        this.lastId = null;
        this.onState("connecting");
        this.follow(tenant, this.stop.signal);
    }

    close() {
        if (this.stop !== null) {
            this.stop.abort();
        }
    }

    async follow(tenant, signal) {
        let wait = RETRY_MS_MIN;
        while (!signal.aborted) {
            try {
                await this.read(tenant, signal, () => {
                    wait = RETRY_MS_MIN;
                });
            } catch {
                // Whatever it was, the way out is the same: again, a little later.
            }
            if (signal.aborted) {
                return;
            }
            this.onState("lost");
            await new Promise((resolve) => setTimeout(resolve, wait * (0.75 + Math.random() / 2)));
            wait = Math.min(wait * 2, RETRY_MS_MAX);
        }
    }

    async read(tenant, signal, onOpen) {
        const headers = { Accept: "text/event-stream" };
        if (this.lastId !== null) {
            headers["Last-Event-ID"] = this.lastId;
        }
        const query = new URLSearchParams({ tenant });
        const response = await fetchWithToken(`events?${query}`, { headers, signal });
        if (!response.ok) {
            throw await errorOf(response);
        }
        onOpen();
        this.onState("live");
        const parser = new EventParser((event) => this.take(event));
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        for (;;) {
            const { done, value } = await reader.read();
            if (done || signal.aborted) {
                return;
            }
            parser.push(value);
        }
    }

    take(event) {
        if (event.id !== null) {
            this.lastId = event.id;
        }
        let data;
        try {
            data = JSON.parse(event.data);
        } catch {
            data = {};
        }
        this.onEvent(event.kind, data);
    }
}
