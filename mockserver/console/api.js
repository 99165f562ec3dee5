"use strict";
/* The control plane below v1/, and the token that it may ask for. */

const TOKEN_KEY = "cogmock-control-token";

/** What the API said about a call that failed. */
class ApiError extends Error {
    constructor(status, message) {
        super(message);
        this.status = status;
    }
}

/** Title and detail of a problem, and the place that it names. */
function problemText(status, problem) {
    const said = [problem.title, problem.detail].filter((part) => part).join(": ");
    const places = [];
    if (problem.field) {
        places.push(`member ${problem.field}`);
    }
    if (problem.line) {
        places.push(`line ${problem.line}, column ${problem.column}`);
    }
    const place = places.length > 0 ? ` (${places.join("; ")})` : "";
    return `${said || `The fake answered with status ${status}`}${place}`;
}

async function errorOf(response) {
    const text = await response.text();
    try {
        return new ApiError(response.status, problemText(response.status, JSON.parse(text)));
    } catch {
        return new ApiError(response.status, `The fake answered with status ${response.status}`);
    }
}

function authorization() {
    const token = sessionStorage.getItem(TOKEN_KEY);
    return token === null ? {} : { Authorization: `Bearer ${token}` };
}

/** The dialog that is open, and whether the reader sent it away. */
const asking = { promise: null, isDismissed: false };

/** Opens the token dialog, one for all calls that wait. Resolves to whether it was given. */
function askForToken() {
    if (asking.promise === null) {
        const dialog = byId("token-dialog");
        const wasRefused = sessionStorage.getItem(TOKEN_KEY) !== null;
        showError(dialog, wasRefused ? new Error("The fake does not know this token.") : null);
        byId("token-input").value = "";
        dialog.returnValue = "";
        dialog.showModal();
        asking.promise = new Promise((resolve) => {
            dialog.addEventListener("close", () => {
                asking.promise = null;
                asking.isDismissed = dialog.returnValue !== "given";
                if (asking.isDismissed) {
                    // One that was refused would keep an observer out.
                    sessionStorage.removeItem(TOKEN_KEY);
                }
                byId("token-enter").hidden = !asking.isDismissed;
                resolve(!asking.isDismissed);
            }, { once: true });
        });
    }
    return asking.promise;
}

function startTokenDialog() {
    byId("token-form").addEventListener("submit", (event) => {
        event.preventDefault();
        sessionStorage.setItem(TOKEN_KEY, byId("token-input").value.trim());
        byId("token-dialog").close("given");
    });
    byId("token-enter").addEventListener("click", () => {
        asking.isDismissed = false;
        if (view.isObserver) {
            becomeFacilitator();
        } else {
            askForToken();
        }
    });
}

/** fetch() with the token; asks for one as long as the fake wants another. */
async function fetchWithToken(path, options = {}) {
    for (;;) {
        const sent = authorization();
        const response = await fetch(new URL(`v1/${path}`, document.baseURI), {
            ...options, headers: { ...options.headers, ...sent }, cache: "no-store",
        });
        if (response.status !== 401) {
            return response;
        }
        // Another call may have asked in the meantime.
        const isStill = sent.Authorization === authorization().Authorization;
        if (isStill && (asking.isDismissed || !(await askForToken()))) {
            throw new ApiError(401, "The fake wants its control token first.");
        }
    }
}

/** Calls the control plane. `body` is a value, or a text that is JSON already. */
async function callApi(method, path, body) {
    const options = { method };
    if (body !== undefined) {
        options.headers = { "Content-Type": "application/json" };
        options.body = typeof body === "string" ? body : JSON.stringify(body);
    }
    let response;
    try {
        response = await fetchWithToken(path, options);
    } catch (error) {
        if (error.name === "AbortError" || error instanceof ApiError) {
            throw error;
        }
        throw new ApiError(0, "The fake does not answer. Is it still running?");
    }
    if (!response.ok) {
        throw await errorOf(response);
    }
    return response.status === 204 ? null : response.json();
}

/** The path of something of a tenant: tenantPath("a", "jobs", "job-1"). */
function tenantPath(tenant, ...segments) {
    return ["tenants", tenant, ...segments].map(encodeURIComponent).join("/");
}
