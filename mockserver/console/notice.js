"use strict";
/* Errors and successes, shown where they arose. */

/** Shows what went wrong in the error line of `place` (a panel, a dialog); null takes it away. */
function showError(place, error) {
    const line = place.matches(".error") ? place : place.querySelector(".error");
    setText(line, error === null ? "" : error.message);
    line.hidden = error === null;
}

/** Shows in the panel's status line what was done. */
function showDone(place, text) {
    setText(place.querySelector(".done"), text);
}

/**
 * Does what a button or form asks for: once at a time, its error shown in `place`.
 * Returns whether it went well.
 */
async function attempt(place, trigger, action) {
    if (trigger.getAttribute("aria-busy") === "true") {
        return false;
    }
    trigger.setAttribute("aria-busy", "true");
    try {
        await action();
        showError(place, null);
        return true;
    } catch (error) {
        showError(place, error);
        return false;
    } finally {
        trigger.removeAttribute("aria-busy");
    }
}

/** A button that does something on the server. */
function actionButton(label, place, action, properties = {}) {
    const button = element("button", { type: "button", ...properties }, label);
    button.addEventListener("click", () => attempt(place, button, action));
    return button;
}

/** Asks before something is lost. Resolves to whether the answer was yes. */
function confirmed(title, text, yes) {
    const dialog = byId("confirm-dialog");
    setText(byId("confirm-title"), title);
    setText(byId("confirm-text"), text);
    setText(byId("confirm-yes"), yes);
    dialog.returnValue = "no";
    dialog.showModal();
    return new Promise((resolve) => {
        const answer = () => resolve(dialog.returnValue === "yes");
        dialog.addEventListener("close", answer, { once: true });
    });
}
