"use strict";
/* Long lists: a part at a time, the next one on demand. */

/**
 * Puts the items' nodes into `parent`, `size` of them at first, with a button behind `place` that
 * brings more.
 */
function showPaged(parent, place, items, size, make) {
    let shown = 0;
    const button = element("button", { type: "button", class: "more" });
    const showMore = () => {
        const next = items.slice(shown, shown + size);
        parent.append(...next.map((item) => make(item)));
        shown += next.length;
        button.hidden = shown >= items.length;
        button.textContent = `Show more (${counted(items.length - shown, "row")} left)`;
    };
    button.addEventListener("click", showMore);
    showMore();
    place.append(button);
}
