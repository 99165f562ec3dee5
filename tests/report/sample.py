"""Results as `cogdrill run --json` and `cogdrill explore --json` write them, made up: a browser's
test needs no run."""

HOSTILE = ("</script><img src=x onerror=\"window.isHacked=1\"><!-- <script> "
           "\u202egnol\u202c عربى 🙂 \\ ' \" &amp; \u0000")

DIGEST = {"before": "d0ccbf7e" * 8, "after": "6514e3f7" * 8}


class Course:
    """A run as it goes on: requests and events in their order."""

    def __init__(self):
        self.at = 0
        self.exchanges = []
        self.events = []

    def tell(self, name, fields="", level="info"):
        self.events.append({"at": self.at, "after": len(self.exchanges), "level": level,
                            "name": name, "fields": fields})

    def ask(self, call, status=200, method="GET", attempt=1, **changes):
        nth = 1 + sum(e["call"] == call and e["attempt"] == 1 for e in self.exchanges)
        identifier = f"id-{len(self.exchanges)}"
        exchange = {
            "at": self.at, "answered": self.at, "done": self.at, "call": call,
            "nth": nth - (attempt > 1), "attempt": attempt, "method": method, "path": f"/{call}",
            "status": status, "applied": True, "rule": "world", "id": identifier}
        error = changes.pop("error", None)
        self.exchanges.append({**exchange, **changes})
        if error is not None:
            self.tell("request", f"call={call} attempt={attempt} error={error} elapsed_ms=0 "
                                 f"request_id={identifier}", "debug")


def rollback_course():
    """A promotion whose job fails; the rollback's answer is lost."""
    course = Course()
    course.tell("step", "name=authenticate")
    course.ask("token", method="POST")
    course.tell("step", "name=ready")
    course.ask("health", 503, fault="status", faults="f-1 health: status 503", rule="fault",
               applied=False, retry_after=2000)
    course.tell("retry", "call=health attempt=1 status=503 delay_ms=2000 because=transient", "warning")
    course.at += 2000
    course.ask("health", attempt=2)
    course.tell("step", "name=promote")
    course.ask("promote", 202, "POST", key="key-1")
    course.tell("job-accepted", "job_id=job-1")
    course.tell("step", "name=follow")
    for _ in range(6):
        course.ask("status", path="/deployments/job-1/status")
        course.at += 5000
    course.tell("job-progress", "job_id=job-1 status=failed progress=60.0")
    course.tell("failure", "reason=the job failed: database lock contention", "warning")
    course.tell("step", "name=rollback")
    course.ask("rollback", 0, "POST", error="network", fault="reset_after_apply", key="key-2")
    course.tell("retry-stopped", "call=rollback reason=acting", "warning")
    course.tell("process", "command=resume after=kill", "run")
    course.ask("webhook", 204, "POST", path="/hooks/ci")
    return course


def record(index=0, **changes):
    """One scenario's record; every seventh one fails."""
    course = rollback_course()
    result = "fail" if index % 7 == 3 else "pass"
    made = {
        "name": f"a failed job is rolled back, number {index}", "case": None,
        "file": f"scenarios/suite/{('rollback', 'auth', 'webhook')[index % 3]}/s{index}.jsonc",
        "description": "The answer to the rollback is lost.",
        "tags": ["rollback", f"tag{index % 5}"], "transport": "memory", "result": result,
        "virtual_ms": course.at, "replay": f"cogdrill run --seed 1 's{index}.jsonc'",
        "findings": [] if result == "pass" else [
            {"result": "fail", "check": "exit", "text": "expected 0, got 6"},
            {"result": "fail", "check": "I8", "text": "status#4/a1 came too early"}],
        "expected": {"exit": 6 if result == "pass" else 0, "outcome": "rolled_back",
                     "applied": {"promote": 1, "rollback": 1}, "calls": {"promote": 1}},
        "exit": 6, "outcome": "rolled_back", "target": "as before", "step": "follow",
        "reason": "the job failed: database lock contention", "follow_up": None, "signal": None,
        "processes": 2,
        "invariants": {f"I{i}": "idle" if i in (2, 6) else "pass" for i in range(1, 18)},
        "exchanges": course.exchanges, "events": course.events,
        "jobs": [{"id": "job-1", "source": "env-source", "target": "env-target",
                  "status": "rolled_back", "error": "database lock contention", "created": 2000,
                  "ended": 30000, "sessions": 0, "reversible": True, "rollbacks": 1,
                  "rollback_ended": 31000}],
        "sessions": [{"environment": "env-target", "at": 0, "active": 3},
                     {"environment": "env-target", "at": 1500, "active": 0}],
        "truth": {"source": {"start": DIGEST["after"], "now": DIGEST["after"]},
                  "target": {"start": DIGEST["before"], "now": DIGEST["before"]}},
        "report": {"run_id": "run-1", "outcome": "rolled_back", "rollback": "confirmed"},
        "audit": '{"kind":"genesis","seq":0}\n{"outcome":"rolled_back","seq":1}\n',
        "deliveries": [{"at": course.at, "id": "hook-1", "signed": True, "body": '{"event":"x"}'}],
        "cells": ["fault/status/health", "fault/reset_after_apply/rollback", "exit/6",
                  "transition/follow/failed/rollback",
                  "retry/acting/network/stopped_acting/applied"],
        "journal": None if result == "pass" else
                   '{"event":"begin","run":{"state":"authenticate"}}\n{"event":"to\n',
    }
    return {**made, **changes}


def coverage():
    """The list of all cells, as far as a test needs it."""
    return {"cells": [
        {"name": "fault/status/health", "state": "run"},
        {"name": "fault/status/token", "state": "missing"},
        {"name": "fault/other_id/health", "state": "not_applicable", "reason": "health has no id"},
        {"name": "exit/6", "state": "run"}, {"name": "exit/70", "state": "missing"}]}


def results(records, **changes):
    counts = {word: sum(r.get("result") == word for r in records)
              for word in ("pass", "fail", "inconclusive")}
    return {"format": "cogdrill-results", "version": 1, "tool_version": "0.1.0", "seed": 1,
            "repeat": 1, "transport": "memory", "client": None, "shard": None,
            "selected": len(records), "counts": counts,
            "virtual_ms": sum(r.get("virtual_ms") or 0 for r in records), "coverage": coverage(),
            "scenarios": records, **changes}


def hostile_record():
    """Every text is one that would like to be something else."""
    course = Course()
    for i in range(10000):
        course.at = i * 10
        course.ask(HOSTILE if i % 4 == 0 else f"call{i % 3}", (200, 0, 503)[i % 3], HOSTILE,
                   path=HOSTILE, fault=HOSTILE if i % 5 == 0 else None, faults=HOSTILE,
                   why=HOSTILE, error=HOSTILE if i % 7 == 0 else None)
        course.tell(HOSTILE if i % 2 else "step", f"name={HOSTILE}", HOSTILE if i % 3 else "info")
    texts = ("name", "file", "case", "description", "transport", "replay", "outcome", "target",
             "step", "reason", "follow_up", "signal")
    return record(
        result="fail", **{name: HOSTILE for name in texts}, exit=None, tags=[HOSTILE],
        exchanges=course.exchanges, events=course.events,
        findings=[{"result": HOSTILE, "check": HOSTILE, "text": HOSTILE * 20}],
        expected={HOSTILE: {"a": [HOSTILE]}, "calls": {HOSTILE: 1}}, invariants={HOSTILE: HOSTILE},
        jobs=[{"id": HOSTILE, "source": HOSTILE, "status": HOSTILE, "created": 0, "ended": 500}],
        sessions=[{"environment": HOSTILE, "at": 0, "active": 1}],
        truth={"source": {"start": HOSTILE, "now": HOSTILE}}, report={HOSTILE: {"a": HOSTILE}},
        audit=HOSTILE, journal="\n".join([HOSTILE] * 300),
        deliveries=[{"at": 0, "id": HOSTILE, "signed": False, "body": HOSTILE}],
        cells=[f"fault/{HOSTILE}/{HOSTILE}", HOSTILE, ""])


def foreign_record():
    """Of a client that tells nothing but how it ended."""
    known = record(1)
    for name in ("outcome", "target", "step", "reason", "report", "follow_up"):
        known[name] = None
    return {**known, "exit": 1, "events": [], "audit": "", "journal": None, "invariants": {}}


def effort(depth, failed):
    return {"depth": depth, "possible": 1234 * depth, "runs": 1000, "idle": 34, "pruned": 200,
            "failed": failed, "inconclusive": 0, "virtual_ms": 3600000}


def failure(number, check="I8", **changes):
    made = {"id": f"f{number}", "check": check, "base": "a promotion that succeeds",
            "file": "scenarios/bases/promotion.jsonc", "place": number,
            "faults": [f"status#{number}/a1 status_503"], "exit": 0,
            "findings": [{"result": "fail", "check": check, "text": f"status#{number} came early"}],
            "scenario": {"name": "a promotion that succeeds", "expect": {"exit": 0}}}
    return {**made, **changes}


def mutant(name, by, problem=None, found=None):
    return {"name": name, "what": f"what is wrong with {name}", "by": by, "ms": 42,
            "problem": problem, "found": found or {"finding": "expected 0, got 6"}}


def exploration(failures=(), **changes):
    """What the page of an exploration is made with."""
    groups = [{"result": "fail", "check": check, "text": f"{check} came early",
               "count": sum(each["check"] == check for each in failures),
               "smallest": next(each["id"] for each in failures if each["check"] == check)}
              for check in sorted({each["check"] for each in failures})]
    made = {
        "format": "cogdrill-exploration", "version": 1, "verb": "explore", "tool_version": "0.1.0",
        "seed": 7, "transport": "memory", "client": None, "depth": 2, "pruned": True, "shard": None,
        "interrupted": False,
        "bases": [{"name": name, "file": f"{name}.jsonc", "sites": 12,
                   "depths": [effort(1, len(failures)), effort(2, 0)]}
                  for name in ("a promotion that succeeds", "a promotion that is resumed")],
        "failures": list(failures), "groups": groups, "cells": ["exit/6", "fault/status/health"],
        "matrix": [{"call": None, "phase": "connect", "runs": 90, "failed": 0},
                   {"call": "promote", "phase": "body", "runs": 1200, "failed": 3},
                   {"call": "promote", "phase": "status", "runs": 300, "failed": 0},
                   {"call": "health", "phase": "status", "runs": 200, "failed": 0}],
        "mutants": [mutant("one_attempt_too_many", "transport/attempts.jsonc"),
                    mutant("one_attempt_too_many", "explore",
                           found={"check": "I8", "faults": ["health#1/a1 status_503"]}),
                    mutant("secret_is_logged", "auth/secrets.jsonc", "survived: it passes")],
        "coverage": coverage(),
        "timing": {"real_ms": 12345, "runs_per_second": 3240,
                   "slowest": [{"run": "a promotion: delay_5m", "ms": 12}]}}
    return {**made, **changes}
