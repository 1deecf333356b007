"""Small wars for tests: 2,000 families, 600 remains, with or without what goes wrong."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache

from antigone.domain import FrequencyTable
from antigone.intake import read_table
from antigone.simulate import Handover, Mutation, Rates, Scenario, Side, War, simulate
from antigone.simulate.scenario import FORMAT

FAMILIES, REMAINS = 2000, 600

WAR = Scenario(
    FORMAT, "test", 7, FAMILIES, "A",
    (Side("A", "Side A", "Norway", "Africa"), Side("B", "Side B", "Africa")),
    (
        Handover("H1", "2025-06", "B", "A", 400), Handover("H2", "2025-06-02", "A", "B", 5),
        Handover("H3", "2025-07", "B", "A", 200),
    ),
    rates=Rates(
        brothers=0.05, direct_reference=0.03, other_side=0.05, further_part=0.1, shared_bag=0.1, wrong_papers=0.2,
        wrong_tag=0.05, false_paternity=0.05, given_as_another=0.05, typing_error=0.005, swapped_remains=0.05,
        swapped_relatives=0.05,
    ),
)  # fmt: skip
"""Everything that can go wrong does, often enough to be counted."""

NO_RATES = Rates(**{f.name: 0.0 for f in fields(Rates)})
NO_FAULT = replace(WAR, rates=NO_RATES, mutation=Mutation(kind="none"))


@cache
def table(name: str) -> FrequencyTable:
    return read_table(name)


def war(scenario: Scenario) -> War:
    return simulate(scenario, {name: table(name) for name in scenario.populations})


def with_rates(scenario: Scenario, **rates: float) -> Scenario:
    return replace(scenario, rates=replace(scenario.rates, **rates))
