"use strict";
/* What the address says is what is shown: it can be kept, reloaded and gone back to. */

let shownPath = null;

function decoded(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

/** "#/scenario/12/log?…" → {view, parts, query} */
function routeOf(hash) {
    const [path, query = ""] = hash.replace(/^#?\/?/, "").split("?");
    const [view, ...parts] = path.split("/");
    return { view: view === "" ? "overview" : view, parts, query: new URLSearchParams(query) };
}

function problemView(text) {
    return { title: "Nothing to show", nodes: [element("p", { class: "error", role: "alert" }, plain(text))] };
}

/** Results of another version may have what nobody thought of: the rest can be looked at still. */
function safeViewOf(route) {
    try {
        return viewOf(route);
    } catch (error) {
        console.error(error);
        return problemView(`this cannot be shown: ${error.message}`);
    }
}

function markView(view) {
    for (const link of document.querySelectorAll(".views a")) {
        const isHere = link.dataset.view === view;
        link.toggleAttribute("data-here", isHere);
        if (isHere) {
            link.setAttribute("aria-current", "page");
        } else {
            link.removeAttribute("aria-current");
        }
    }
}

/** To the part of the page that the address names, or else to its beginning. */
function goTo(route, isFirst) {
    const id = partOf(route);
    const place = id === null ? null : byId(id);
    if (place !== null) {
        place.scrollIntoView();
        place.focus({ preventScroll: true });
    } else if (!isFirst) {
        scrollTo(0, 0);
        byId("view").querySelector("h1")?.focus({ preventScroll: true });
    }
}

function showRoute() {
    const isFirst = shownPath === null;
    const route = routeOf(location.hash);
    const path = pageOf(route);
    if (path !== shownPath) {
        shownPath = path;
        const { title, nodes } = safeViewOf(route);
        byId("view").replaceChildren(...nodes.filter((node) => node !== null));
        document.title = `${plain(title)} – cogdrill`;
        markView(route.view);
    }
    goTo(route, isFirst);
}

function isTyping(event) {
    return event.target.closest("input, select, textarea") !== null ||
        event.ctrlKey || event.metaKey || event.altKey;
}

/** "/" goes to the filter, "n" and "p" to the next and the previous scenario. */
function startKeys() {
    document.addEventListener("keydown", (event) => {
        const selector = { "/": "#filter-text", "n": "a[rel=next]", "p": "a[rel=prev]" }[event.key];
        const wanted = selector === undefined || isTyping(event) ? null : document.querySelector(selector);
        if (wanted !== null) {
            event.preventDefault();
            wanted.focus();
            wanted.click();
        }
    });
}

/** On paper everything is open. */
function startPrinting() {
    addEventListener("beforeprint", () => {
        for (const details of document.querySelectorAll("details.group:not([open])")) {
            details.open = true;
            details.dispatchEvent(new Event("toggle"));
        }
    });
}

byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("view").focus();
});
startScheme();
startKeys();
startPrinting();
addEventListener("hashchange", showRoute);
showRoute();
