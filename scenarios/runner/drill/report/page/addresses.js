"use strict";
/* What there is to show: what each address means. */

/** One rehearsal by itself needs no overview. */
function viewOf({ view, parts }) {
    if (results.problem !== null) {
        return problemView(results.problem);
    }
    const index = Number(parts[0]);
    switch (view) {
    case "overview": return rehearsals.length === 1 && conditions.length === 0 ? drillView(0) : boardView();
    case "all": return paperView();
    case "drill":
        return Number.isInteger(index) && rehearsals[index] !== undefined
            ? drillView(index) : problemView(`there is no drill ${parts[0]} in this file`);
    default: return problemView(`there is no view '${view}'`);
    }
}

/** The id of the part that an address names; null for none. */
function partOf({ view, parts }) {
    return view === "drill" && parts[1] ? `title-d${parts[0]}-${parts[1]}` : null;
}

/** What has to be made anew when it changes: not for another part of the same. */
function pageOf({ view, parts }) {
    return view === "drill" ? `drill/${parts[0]}` : location.hash;
}
