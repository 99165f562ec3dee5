"use strict";
/* Building the page. Whatever came from a run becomes text, never markup. */

const SVG = "http://www.w3.org/2000/svg";

/** Shorthand: the element of that id. */
function byId(id) {
    return document.getElementById(id);
}

/** `on…` properties are listeners; children are nodes or texts, null is left out. */
function furnish(made, properties, children) {
    for (const [name, value] of Object.entries(properties)) {
        if (name.startsWith("on")) {
            made.addEventListener(name.slice(2), value);
        } else if (value !== undefined && value !== null && value !== false) {
            made.setAttribute(name, value === true ? "" : String(value));
        }
    }
    made.append(...children.flat().filter((child) => child !== undefined && child !== null));
    return made;
}

/** A new element of HTML. */
function element(tag, properties = {}, ...children) {
    return furnish(document.createElement(tag), properties, children);
}

/** A new element of SVG. */
function shape(tag, properties = {}, ...children) {
    return furnish(document.createElementNS(SVG, tag), properties, children);
}

/** A name that came from a run: its direction stays its own. */
function named(text, properties = {}) {
    return element("bdi", properties, plain(text));
}

/** A table with a caption for those who do not see it; rows are arrays of cells. */
function table(caption, heads, rows, properties = {}) {
    const cells = (row) => row.map((cell, i) => i === 0
        ? element("th", { scope: "row" }, cell) : element("td", {}, cell));
    return element("div", { class: "scroll" }, element("table", properties,
        element("caption", { class: "unseen" }, caption),
        element("thead", {}, element("tr", {}, heads.map((head) =>
            element("th", { scope: "col" }, head)))),
        element("tbody", {}, rows.map((row) => element("tr", {}, cells(row))))));
}

/** Names and values, without those that are not known. */
function factList(pairs) {
    return element("dl", { class: "facts" }, pairs
        .filter(([, value]) => value !== null && value !== undefined && value !== "")
        .map(([name, value]) => element("div", {},
            element("dt", {}, name),
            element("dd", {}, typeof value === "string" ? named(value) : value))));
}

/** Something hidden until it is wanted, and only then made. */
function unfolding(title, make, properties = {}) {
    const details = element("details", properties, element("summary", {}, title));
    const fill = () => {
        if (details.open && details.childElementCount === 1) {
            details.append(make());
        }
    };
    details.addEventListener("toggle", fill);
    fill();
    return details;
}

/** A part of the page, with its title. */
function section(id, title, ...nodes) {
    return element("section", { class: "panel", id, "aria-labelledby": `title-${id}` },
        element("h2", { id: `title-${id}`, tabindex: -1 }, title), ...nodes);
}
