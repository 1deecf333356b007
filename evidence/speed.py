"""What likelihoods and the joint posterior cost, beside the peer's figures."""

from __future__ import annotations

import math

from benchmarks import joint, likelihoods
from evidence.framework import Outcome

NAME = "speed"
TITLE = "Cost of likelihoods and of the joint posterior"
MUST_SHOW = (
    "Medians in one run: a nuclear family on 23 markers and a pedigree of ten members, one at a time and in a batch of "
    "10,000 different typings, with the goal of 10 times the peer's speed one at a time and 300 times in a batch; and "
    "the exact joint posterior of 2 to 20 families with one missing brother and a sister typed, each below a second."
)
ONE_GOAL, BATCH_GOAL, JOINT_GOAL = 10.0, 300.0, 1.0


def check(small: bool, n: int | None) -> Outcome:
    """Time everything. Small: that it runs and adds up; times on a busy machine decide nothing."""
    batch = n or (200 if small else 10_000)
    rows: list[list[object]] = [_row(t) for t in likelihoods.measure(batch, 1 if small else 5)]
    timings = joint.measure(tuple(range(2, 7)) if small else tuple(range(2, 21)), 1 if small else 3)
    adds_up = True
    for timing in timings:
        total = sum(pair.probability for pair in timing.finding.pairs) + sum(timing.finding.nobody_listed.values())
        adds_up &= math.isclose(total, timing.families, rel_tol=1e-9)
        met = "yes" if timing.seconds < JOINT_GOAL else "no"
        rows.append([f"joint posterior, {timing.families} families", f"{timing.seconds:.3f} s", "", "", "", met])
    below = all(timing.seconds < JOINT_GOAL for timing in timings)
    header = ("work", "one at a time", "in a batch", "peer / ours, one", "peer / ours, batch", "goal met")
    notes = (
        f"Batch: {batch:,} different typings on both processors. Medians; one at a time includes the call from Python.",
        "The peer's figures (pedprobr 1.1.0 and dvir 3.4.2 on R 4.2.2, one thread) were measured once on a machine of "
        "the same kind: 3.0, 5.0, 6.2, 9.3 and 10 ms; its joint posterior took 64 s for five families and was stopped "
        "after 300 s for six.",
        f"Goals: {ONE_GOAL:g} times one at a time, {BATCH_GOAL:g} times in a batch, {JOINT_GOAL:g} s for every joint "
        "posterior. A joint posterior's time includes all likelihoods and the ten best answers, under one prior.",
    )
    return Outcome(adds_up and (small or below), header, rows, notes)


def _row(timing: likelihoods.Timing) -> list[object]:
    peer = timing.setting.peer
    one, many = peer / timing.one, peer / timing.batch
    met = f"one: {'yes' if one >= ONE_GOAL else 'no'}, batch: {'yes' if many >= BATCH_GOAL else 'no'}"
    return [timing.setting.name, f"{timing.one:.3f} ms", f"{timing.batch:.4f} ms", f"{one:.0f}", f"{many:.0f}", met]
