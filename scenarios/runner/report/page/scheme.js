"use strict";
/* Dark or light: as the system says, unless the reader says otherwise. */

const SCHEME_KEY = "cogdrill-scheme";

/** Some browsers give a file no storage: then the choice lasts as long as the page. */
function storedScheme() {
    try {
        return localStorage.getItem(SCHEME_KEY) ?? "";
    } catch {
        return "";
    }
}

function storeScheme(scheme) {
    try {
        localStorage.setItem(SCHEME_KEY, scheme);
    } catch {
        // Nothing depends on it.
    }
}

function applyScheme(scheme) {
    if (scheme === "light" || scheme === "dark") {
        document.documentElement.dataset.scheme = scheme;
    } else {
        delete document.documentElement.dataset.scheme;
    }
}

function startScheme() {
    const chooser = byId("scheme");
    chooser.value = storedScheme();
    applyScheme(chooser.value);
    chooser.addEventListener("change", () => {
        applyScheme(chooser.value);
        storeScheme(chooser.value);
    });
}
