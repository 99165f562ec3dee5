"use strict";
/* Building the page. Whatever came from outside becomes text, never markup. */

/** Shorthand: the element of that id. */
function byId(id) {
    return document.getElementById(id);
}

/** A new element. `on…` properties are listeners; children are nodes or texts, null is left out. */
function element(tag, properties = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
        if (name.startsWith("on")) {
            made.addEventListener(name.slice(2), value);
        } else if (value !== undefined && value !== null && value !== false) {
            made.setAttribute(name, value === true ? "" : String(value));
        }
    }
    made.append(...children.filter((child) => child !== undefined && child !== null));
    return made;
}

/** Touches the page only when something changes: screen readers and selections stay undisturbed. */
function setText(node, text) {
    const wanted = String(text);
    if (node.textContent !== wanted) {
        node.textContent = wanted;
    }
}

function setAttribute(node, name, value) {
    const wanted = String(value);
    if (node.getAttribute(name) !== wanted) {
        node.setAttribute(name, wanted);
    }
}

/**
 * A list whose rows stay the same elements while their data change, so that focus and what is being
 * typed survive. `create(key)` returns {root, update(item)}.
 */
class RowList {
    constructor(parent, keyOf, create) {
        this.parent = parent;
        this.keyOf = keyOf;
        this.create = create;
        this.rows = new Map();
        this.empty = parent.closest(".panel-part, .scroll, .panel").querySelector(".empty");
    }

    show(items) {
        const keys = new Set(items.map((item) => String(this.keyOf(item))));
        for (const [key, row] of this.rows) {
            if (!keys.has(key)) {
                row.root.remove();
                this.rows.delete(key);
            }
        }
        let place = this.parent.firstElementChild;
        for (const item of items) {
            const row = this.row(String(this.keyOf(item)));
            row.update(item);
            if (row.root === place) {
                place = place.nextElementSibling;
            } else {
                this.parent.insertBefore(row.root, place);
            }
        }
        this.empty.hidden = items.length > 0;
    }

    row(key) {
        let row = this.rows.get(key);
        if (row === undefined) {
            row = this.create(key);
            this.rows.set(key, row);
        }
        return row;
    }
}
