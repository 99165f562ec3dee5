"use strict";
/*
 * A time axis for runs in which most of the time nothing happens: a stretch between two moments is
 * as wide as the logarithm of how long it is.
 */

const STRETCH_UNIT_MS = 50;
const TICK_DISTANCE = 84;

/** Where moments stand between `start` and `start + width`. @returns {x(ms), ticks} */
function momentScale(times, start, width) {
    const moments = [...new Set([0, ...times.filter((time) => isNumber(time) && time >= 0)])]
        .sort((left, right) => left - right);
    const places = [0];
    for (let i = 1; i < moments.length; i += 1) {
        const stretch = Math.log2(2 + (moments[i] - moments[i - 1]) / STRETCH_UNIT_MS);
        places.push(places[i - 1] + stretch);
    }
    const factor = width / (places.at(-1) || 1);
    const x = (ms) => {
        let [low, high] = [0, moments.length - 1];
        while (low < high) {
            const middle = (low + high + 1) >> 1;
            [low, high] = moments[middle] <= ms ? [middle, high] : [low, middle - 1];
        }
        const next = Math.min(low + 1, moments.length - 1);
        const share = next === low ? 0 : (ms - moments[low]) / (moments[next] - moments[low]);
        return start + factor * (places[low] + share * (places[next] - places[low]));
    };
    return { x, ticks: spacedTicks(moments, x), end: moments.at(-1) };
}

/** Moments that have room for what is written below them. */
function spacedTicks(moments, x) {
    const ticks = [];
    for (const moment of moments) {
        if (ticks.length === 0 || x(moment) - x(ticks.at(-1)) >= TICK_DISTANCE) {
            ticks.push(moment);
        }
    }
    return ticks;
}
