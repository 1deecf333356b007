"""What makes a scenario impossible although every value is of the right type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from difflib import get_close_matches

from antigone.domain import KITS
from antigone.simulate.kinds import KINDS
from antigone.simulate.scenario import FORMAT, Analysis, Mutation, Rates, Scenario

Finding = tuple[str, str, str, str]
"""(code, key with dots, found, needed)."""

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_MUTATION_KINDS = ("none", "equal", "proportional", "stepwise")
_TOLERANCE = 1e-6


def scenario_findings(scenario: Scenario) -> Iterator[Finding]:
    """Everything impossible in a scenario."""
    if scenario.format != FORMAT:
        yield "format", "format", scenario.format, FORMAT
    if scenario.seed < 0:
        yield "count", "seed", str(scenario.seed), "a whole number of at least 0"
    if scenario.families < 1:
        yield "count", "families", str(scenario.families), "a whole number of at least 1"
    yield from _parties(scenario)
    yield from _handovers(scenario)
    yield from _relatives(scenario)
    yield from _laboratories(scenario)
    yield from _qualities(scenario)
    yield from _probabilities("rates", scenario.rates)
    yield from _probabilities("mutation", scenario.mutation)
    yield from _probabilities("analysis", scenario.analysis)
    if scenario.mutation.kind not in _MUTATION_KINDS:
        yield "wrong-value", "mutation.kind", scenario.mutation.kind, _nearest(scenario.mutation.kind, _MUTATION_KINDS)
    rates = [f.name for f in fields(Rates)]
    for key in scenario.sources:
        if key not in rates:
            yield "unknown-key", f"sources.{key}", key, _nearest(key, rates)


def _parties(scenario: Scenario) -> Iterator[Finding]:
    codes = [side.code for side in scenario.parties]
    if len(codes) != 2 or len(set(codes)) != 2:
        yield "wrong-value", "parties", ", ".join(codes) or "nobody", "two sides with different codes"
    if scenario.receiving not in codes:
        yield "unknown-party", "receiving", scenario.receiving, f"one of {', '.join(codes)}"
    if scenario.rates.second_population > 0.0 and not any(s.second_population for s in scenario.parties):
        found = f"{scenario.rates.second_population:g}, and no party has a second_population"
        yield "wrong-value", "rates.second_population", found, "0, or the table's name"


def _handovers(scenario: Scenario) -> Iterator[Finding]:
    codes = [side.code for side in scenario.parties]
    names = [handover.name for handover in scenario.handovers]
    for i, handover in enumerate(scenario.handovers):
        key = f"handovers.{i}"
        if names.index(handover.name) != i:
            yield "name-twice", f"{key}.name", handover.name, "each handover once"
        if not _DATE.fullmatch(handover.date):
            yield "bad-date", f"{key}.date", handover.date, "YYYY, YYYY-MM or YYYY-MM-DD"
        if handover.remains < 1:
            yield "count", f"{key}.remains", str(handover.remains), "a whole number of at least 1"
        for end in ("origin", "destination"):
            if getattr(handover, end) not in codes:
                yield "unknown-party", f"{key}.{end}", getattr(handover, end), f"one of {', '.join(codes)}"
        if handover.origin == handover.destination:
            yield "wrong-value", f"{key}.destination", handover.destination, "the other side"
    if not any(handover.destination == scenario.receiving for handover in scenario.handovers):
        yield "wrong-value", "handovers", "nothing is handed over to the receiving side", "at least one handover"


def _relatives(scenario: Scenario) -> Iterator[Finding]:
    kinds = [entry.kind for entry in scenario.relatives]
    for i, entry in enumerate(scenario.relatives):
        key = f"relatives.{i}"
        if entry.kind not in KINDS:
            yield "wrong-value", f"{key}.kind", entry.kind, _nearest(entry.kind, tuple(KINDS))
        if kinds.index(entry.kind) != i:
            yield "name-twice", f"{key}.kind", entry.kind, "each kind once"
        if not entry.source.strip():
            yield "no-source", f"{key}.source", "nothing", "where the share is from, or: our assumption"
    yield from _shares("relatives", [entry.share for entry in scenario.relatives])


def _laboratories(scenario: Scenario) -> Iterator[Finding]:
    names = [entry.name for entry in scenario.laboratories]
    for i, entry in enumerate(scenario.laboratories):
        if entry.kit not in KITS:
            yield "unknown-kit", f"laboratories.{i}.kit", entry.kit, _nearest(entry.kit, tuple(KITS))
        if names.index(entry.name) != i:
            yield "name-twice", f"laboratories.{i}.name", entry.name, "each laboratory once"
    yield from _shares("laboratories", [entry.share for entry in scenario.laboratories])


def _qualities(scenario: Scenario) -> Iterator[Finding]:
    for i, entry in enumerate(scenario.qualities):
        for name in ("failed", "dropout"):
            yield from _probability(f"qualities.{i}.{name}", getattr(entry, name))
    yield from _shares("qualities", [entry.share for entry in scenario.qualities])


def _shares(key: str, shares: Sequence[float]) -> Iterator[Finding]:
    for i, share in enumerate(shares):
        yield from _probability(f"{key}.{i}.share", share)
    if abs(sum(shares) - 1.0) > _TOLERANCE:
        yield "shares-sum", key, f"a sum of {sum(shares):.6g}", "1"


def _probabilities(section: str, values: Rates | Mutation | Analysis) -> Iterator[Finding]:
    for f in fields(values):
        value = getattr(values, f.name)
        if isinstance(value, float):
            most = 0.5 if f.name in ("second_registration", "rate_female", "rate_male") else 1.0
            yield from _probability(f"{section}.{f.name}", value, most)


def _probability(key: str, value: float, most: float = 1.0) -> Iterator[Finding]:
    if not 0.0 <= value <= most:
        yield "probability", key, f"{value:g}", f"from 0 to {most:g}"


def _nearest(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word.lower(), known, n=1)
    return near[0] if near else f"one of {', '.join(known)}"
