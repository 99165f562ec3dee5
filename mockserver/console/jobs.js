"use strict";
/* Jobs: their progress live, and their end by hand. */

const JOBS_SHOWN = 50;
const JOB_KINDS = {
    completed: "good", rolled_back: "warn", failed: "bad", rollback_failed: "bad",
};

async function changeJob(id, body) {
    await callApi("POST", tenantPath(chosen.tenant, "jobs", id), body);
    jobsPanel.refresh();
    environmentsPanel.refresh();
}

/** What can be done with a running job. */
function jobButtons(id) {
    const panel = byId("jobs");
    return [
        ["Complete", { status: "completed" }],
        ["Fail", { status: "failed", error: "failed by hand" }],
        ["Hold", { stuck: true }],
        ["Go on", { stuck: false }],
    ].map(([label, change]) => actionButton(label, panel, () => changeJob(id, change),
        { class: "small", "aria-label": `${label}: ${id}` }));
}

function jobTimes(job) {
    const times = [`began ${sinceStart(job.created_ms, false)}`];
    if (job.ended_ms >= 0) {
        times.push(`ended ${sinceStart(job.ended_ms, false)}`);
    }
    if (job.rollback_ended_ms >= 0) {
        times.push(`rolled back ${sinceStart(job.rollback_ended_ms, false)}`);
    }
    if (job.sessions_at_start > 0) {
        times.push(counted(job.sessions_at_start, "session at its start", "sessions at its start"));
    }
    return times.join(" · ");
}

function jobRow(id) {
    const status = element("span", { class: "badge" });
    const path = element("span", { class: "wrap" });
    const bar = element("progress", { max: 100, value: 0, "aria-label": `Progress of ${id}` });
    const percent = element("span", { class: "percent" });
    const times = element("p", { class: "faint" });
    const reason = element("p", { class: "reason wrap" });
    const buttons = element("div", { class: "buttons", "data-facilitator": true }, ...jobButtons(id));
    return {
        root: element("article", { class: "job", "aria-label": `Job ${id}` },
            element("div", { class: "panel-head" }, element("h3", {}, id), status),
            path, element("div", { class: "bar" }, bar, percent), times, reason, buttons),
        update(job) {
            const isRunning = job.status === "running" || job.status === "pending";
            setText(status, plainWords(job.status) + (job.stuck ? ", held" : ""));
            setAttribute(status, "data-kind", JOB_KINDS[job.status] ?? "info");
            setText(path, `${job.source_id} → ${job.target_id}`);
            setAttribute(bar, "value", job.progress);
            setText(percent, `${job.progress} %`);
            setText(times, jobTimes(job));
            setText(reason, job.error ?? "");
            for (const button of buttons.children) {
                button.disabled = !isRunning;
            }
            const [hold, goOn] = Array.from(buttons.children).slice(-2);
            hold.disabled ||= job.stuck;
            goOn.disabled ||= !job.stuck;
        },
    };
}

const jobList = new RowList(byId("jobs-rows"), (job) => job.job_id, jobRow);

const jobsPanel = new Panel("jobs",
    (tenant) => callApi("GET", tenantPath(tenant, "jobs")),
    (answer) => {
        const { jobs } = answer;
        setText(byId("jobs-count"), countText(jobs));
        jobList.show(jobs.toReversed().slice(0, JOBS_SHOWN));
    });
