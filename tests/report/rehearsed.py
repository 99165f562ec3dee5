"""Reports of drills as `cogdrill rehearse --json` writes them, made up: a browser's test needs no
run."""

import sample

HOSTILE = sample.HOSTILE

MILESTONES = (
    ("T0", "fault applied", 15000, None, "inject job_fails", ""),
    ("Tv", "visible at the API", 15000, None, "job-1 failed", ""),
    ("T1", "first seen by the client", 17000, 17000, "request 9 (status#3): 200 failed",
     "journal line 11: job failed"),
    ("T2", "taken for a failure", 17000, 17004, "request 10 (rollback#1)",
     "journal line 12: state roll_back"),
    ("T3", "rollback sent", 17000, 17009, "request 10 (rollback#1)",
     "journal line 13: intent rollback"),
    ("T4", "rollback accepted", 17350, 17360, "request 10 (rollback#1): 202",
     "journal line 14: result rollback"),
    ("T5", "ended on the server", 31000, 32000, "job-1: rolled_back", "journal line 20"),
    ("T6", "verified", 32000, 32000, "request 17 (environment#2)", "audit record 1"),
    ("T7", "notified", 32000, 32020, "delivery 1", "journal line 22: delivered"),
)

FIGURES = (("detect", "time to detect", "ms", 15000, 2000, 2004),
           ("decide", "time to decide", "ms", 30000, 0, 5),
           ("mitigate", "time to mitigate", "ms", 15000, 16000, 17000),
           ("recover", "time to recover", "ms", 120000, 17000, 17000),
           ("exposure", "exposure to mixed content", "ms", None, 14000, None),
           ("steps", "manual steps", "count", 5, None, None))


def milestone(code, text, server, client, server_evidence, client_evidence):
    both = server is not None and client is not None
    return {"code": code, "text": text, "server": server, "client": client,
            "difference": client - server if both else None,
            "server_evidence": server_evidence, "client_evidence": client_evidence}


def figure(name, text, unit, target, server, client):
    both = server is not None and client is not None
    return {"name": name, "text": text, "unit": unit, "target": target,
            "met": None if target is None or server is None else server <= target,
            "count": 0 if server is None else 1, "median": server, "p95": server,
            "minimum": server, "maximum": server, "server": server, "client": client,
            "difference": client - server if both else None}


def check(name, text, weight, result="pass", critical=False, idle=False, evidence=""):
    return {"id": name, "text": text, "weight": weight, "critical": critical, "result": result,
            "idle": idle, "evidence": evidence, "passed": int(result == "pass" and not idle),
            "failed": int(result == "fail"), "inconclusive": int(result == "inconclusive")}


def record():
    """A run whose audit is whole, that has a journal."""
    return sample.record(
        name="the job fails at 60 %, and the target is restored", result="pass",
        injects=[{"name": "job_fails", "text": "the job fails", "at": 15000}],
        journal='{"event":"begin","run":{"state":"authenticate"}}\n'
                '{"event":"result promote","run":{"state":"follow"},"job":{"status_word":"failed"}}\n')


def report(**changes):
    """An automatic one of a single seed, that passed."""
    run = record()
    made = {
        "format": "cogdrill-rehearsal", "version": 1, "tool_version": "0.1.0",
        "drill": {
            "id": "job_fails", "file": "scenarios/drills/job_fails.jsonc",
            "name": "the job fails at 60 %, and the target is restored",
            "description": "A lock in the platform's database ends the job half-way.",
            "digest": "ab12" * 16,
            "hypothesis": "A job that fails half-way is noticed within 15 s, and the target is as "
                          "before within two minutes.",
            "roles": [{"name": "operator", "text": "types the commands"},
                      {"name": "observer", "text": "writes down what was a surprise"}],
            "situation": "Version 7 of the bot is to go live.", "task": "Promote it.",
            "pass_mark": 80},
        "mode": "automatic", "client": None, "transport": "memory", "held_at": None,
        "operator": None, "seeds": {"first": 1, "count": 1}, "shown_seed": 1, "verdict": "pass",
        "failed_check": None, "aborted": None,
        "score": {"points": 95, "median": 95, "minimum": 95, "hint_cost": 0, "pass_mark": 80},
        "figures": [figure(*each) for each in FIGURES],
        "milestones": [milestone(*each) for each in MILESTONES],
        "mixed": {"ms": 14000, "yet": False},
        "checklist": [
            check("restored", "The target has the content of before", 30, critical=True,
                  evidence="target's digest d0ccbf7e… is that of the start"),
            check("recovered_in_time", "The target was restored in time", 20,
                  evidence="17 s of 120 s"),
            check("mitigated_in_time", "The rollback ended in time", 5, result="fail",
                  evidence="16 s of 15 s"),
            check("told", "The failure was told", 5, evidence="audit record 1: failed, rolled_back"),
            check("looked", "Somebody looked at the status", 5, idle=True, evidence="nobody types"),
        ],
        "findings": [], "injects": run["injects"], "commands": [],
        "outcome": {name: run[name] for name in ("exit", "outcome", "target", "reason")},
        "truth": {**run["truth"], "jobs": run["jobs"]},
        "audit": {"before": None, "after": {"seq": 1, "checksum": "5e" * 32}, "verdict": "intact",
                  "reason": "", "records": 1},
        "record": run, "surprises": [], "actions": [], "trend": [],
        "replay": "cogdrill rehearse --seeds 1..1 job_fails"}
    return {**made, **changes}


def series():
    """A hundred seeds, of which some failed by a critical point."""
    figures = [{**each, "count": 100 if each["server"] is not None else 0,
                "p95": each["p95"] and each["p95"] + 9000,
                "maximum": each["maximum"] and each["maximum"] + 110000} for each in report()["figures"]]
    for each in figures:
        each["met"] = None if each["met"] is None else each["maximum"] <= each["target"]
    checklist = report()["checklist"]
    checklist[0] = {**checklist[0], "result": "fail", "passed": 97, "failed": 3,
                    "evidence": "target's digest 77aa01… is neither that of the start nor the source's"}
    return report(
        drill={**report()["drill"], "id": "rollback_half_way", "name": "the rollback fails half-way"},
        seeds={"first": 1, "count": 100}, shown_seed=17, verdict="fail", failed_check="restored",
        score={"points": 62, "median": 95, "minimum": 62, "hint_cost": 0, "pass_mark": 80},
        figures=figures, checklist=checklist, mixed={"ms": 17000, "yet": True},
        findings=[{"result": "fail", "check": "I5", "text": "exit 6, but the target is mixed"}],
        replay="cogdrill rehearse --seeds 17..17 rollback_half_way")


def guided(**changes):
    """With a person, some days after others."""
    figures = report()["figures"]
    figures[5] = figure("steps", "manual steps", "count", 5, 3, None)
    earlier = [{"held_at": f"2026-0{month}-14T10:00:00Z", "mode": "guided", "verdict": verdict,
                "points": points, "recover": recover, "p95": recover}
               for month, verdict, points, recover in ((3, "fail", 40, 310000), (6, "pass", 82, 96000),
                                                       (9, "inconclusive", 71, None), (9, "pass", 90, 41000))]
    return report(
        mode="guided", transport="wire", held_at="2026-11-23T09:30:00Z", operator="M. Curie",
        score={"points": 90, "median": 90, "minimum": 90, "hint_cost": 5, "pass_mark": 80},
        figures=figures,
        commands=[{"at": 500, "until": 16900, "exit": 6, "line": "cogpromote promote"},
                  {"at": 17400, "until": 17600, "exit": 0, "line": "cogpromote status"},
                  {"at": 18000, "until": None, "exit": None,
                   "line": "cogpromote rollback --job job-1 --reason 'lock contention'"}],
        surprises=["The progress stood still for so long.", "Nobody knew who owns the webhook."],
        actions=[{"text": "Put the runbook's address into the prompt", "owner": "N. Bohr",
                  "due": "2026-12-01"}, {"text": "Ask for an alarm", "owner": "", "due": ""}],
        trend=earlier, **changes)


def aborted():
    return report(
        drill={**report()["drill"], "id": "job_hangs", "name": "the job hangs"}, mode="guided",
        verdict="inconclusive", aborted="the fake died", held_at="2026-11-23T09:30:00Z",
        figures=[figure(name, text, unit, target, None, None)
                 for name, text, unit, target, _, _ in FIGURES],
        milestones=[milestone(code, text, None, None, "", "") for code, text, *_ in MILESTONES],
        mixed={"ms": None, "yet": False}, record=None, injects=[], findings=[],
        truth={"source": None, "target": None, "jobs": []},
        outcome={"exit": None, "outcome": None, "target": None, "reason": None},
        audit={"before": None, "after": None, "verdict": None, "reason": None, "records": None})


def rehearsals(*reports, conditions=()):
    return {"format": "cogdrill-rehearsals", "version": 1, "tool_version": "0.1.0",
            "rehearsals": list(reports), "conditions": list(conditions)}


def condition(text, drill, value, met):
    return {"text": text, "drill": drill, "value": value, "met": met}


def hostile():
    """Every text is one that would like to be something else, and some are of another type."""
    def spoil(value):
        if isinstance(value, dict):
            return {name: spoil(each) for name, each in value.items()}
        if isinstance(value, list):
            return [spoil(each) for each in value] + [None, 7, HOSTILE]
        return HOSTILE if isinstance(value, str) else value
    return rehearsals({**spoil(guided(record=None)), "record": sample.hostile_record()}, {}, None,
                      {"figures": 1, "checklist": "x", "record": 3, "trend": [None], "score": [],
                       "drill": None, "milestones": [{"server": "x"}], "actions": [3]},
                      {"verdict": "fail", "failed_check": ["fail-if " + HOSTILE]},
                      conditions=[condition(HOSTILE, HOSTILE, HOSTILE, HOSTILE), None, {},
                                  condition(3, [], {}, True)])
