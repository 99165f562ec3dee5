"use strict";
/* Commands and texts, to be taken elsewhere. */

/** Copies where the browser lets a file do so; otherwise the text stands selected. */
async function copyText(node) {
    try {
        await navigator.clipboard.writeText(node.textContent);
        byId("news").textContent = "Copied";
        return true;
    } catch {
        getSelection().selectAllChildren(node);
        byId("news").textContent = "Selected: copy it with the keyboard";
        return false;
    }
}

/** Copies what `node` says. */
function copyButton(node, properties) {
    const button = element("button", { type: "button", ...properties }, "Copy");
    button.addEventListener("click", async () => {
        button.textContent = await copyText(node) ? "Copied" : "Selected";
    });
    return button;
}

/** @param id of its button; null for none */
function replayLine(scenario, id = "copy") {
    if (!scenario.replay) {
        return null;
    }
    const command = element("code", { class: "command" }, plain(scenario.replay));
    return element("p", { class: "line replay" }, element("span", { class: "faint" }, "Run it again"),
        command, copyButton(command, { id }));
}
