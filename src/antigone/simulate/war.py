"""A whole war from a scenario, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from antigone.domain import FrequencyPolicy, FrequencyTable, Policy, Prior
from antigone.simulate import case_columns, truth_columns
from antigone.simulate.alleles import Alleles, alleles_of
from antigone.simulate.bags import draw_bags
from antigone.simulate.calls import draw_calls
from antigone.simulate.fallen import draw_fallen
from antigone.simulate.families import draw_families
from antigone.simulate.genes import Drop, drop_genes
from antigone.simulate.names import names_of
from antigone.simulate.samples import draw_samples
from antigone.simulate.scenario import Scenario
from antigone.simulate.streams import Streams


@dataclass(frozen=True, slots=True, eq=False)
class War:
    """case: what an analyst sees, with `policy` and the names of `tables` as settings; truth: the rest.

    alleles and drop: everybody's genes, seen or not, for those who check the simulation itself.
    """

    scenario: Scenario
    policy: Policy
    case: Mapping[str, pl.DataFrame] = field(repr=False)
    truth: Mapping[str, pl.DataFrame] = field(repr=False)
    alleles: Alleles = field(repr=False)
    drop: Drop = field(repr=False)


def simulate(scenario: Scenario, tables: Mapping[str, FrequencyTable]) -> War:
    """The war of a scenario that has no findings; tables: by the names in `scenario.populations`.

    The same scenario with the same tables gives the same war, bit for bit. InputRefused where a table
    lacks a locus or a mutation model cannot be built.
    """
    streams, alleles = Streams(scenario.seed), alleles_of(scenario, tables)
    families = draw_families(scenario, streams)
    drop = drop_genes(scenario, families, alleles, streams)
    fallen = draw_fallen(scenario, families, alleles, streams)
    bags = draw_bags(scenario, fallen, streams)
    samples = draw_samples(scenario, families, drop, fallen, alleles, streams)
    calls = draw_calls(scenario, samples, alleles, streams)
    names = names_of(families, fallen, samples, bags)
    case = {
        "persons": case_columns.persons(families, names),
        "profiles": case_columns.profiles(scenario, samples, calls, names),
        "handovers": case_columns.handovers(scenario, bags),
        "containers": case_columns.containers(scenario, bags, names),
        "contents": case_columns.contents(bags, names),
    }
    truth = {
        "persons": truth_columns.persons(scenario, fallen, names),
        "missing": truth_columns.missing(families, fallen, names),
        "families": truth_columns.families_table(scenario, families, names),
        "remains": truth_columns.remains(scenario, fallen, samples, calls, names),
        "relatives": truth_columns.relatives(scenario, samples, names),
        "paternity": truth_columns.paternity(drop, names),
        "mutations": truth_columns.mutations(drop, calls, names),
        "typing_errors": truth_columns.typing_errors(calls, names),
        "containers": truth_columns.containers(scenario, bags, names),
    }
    policy = _policy(scenario, len(truth["missing"]))
    return War(scenario, policy, case, truth, alleles, drop)


def _policy(scenario: Scenario, missing: int) -> Policy:
    """M counts those listed and, by the scenario's rate, those whose family gave nothing."""
    analysis, silent = scenario.analysis, scenario.rates.nobody_registered
    total = max(missing + 1, round(missing / max(1.0 - silent, 0.01)))
    reason = "synthetic: the missing persons listed, and those whose family gave nothing"
    return Policy(
        theta=analysis.theta,
        frequency=FrequencyPolicy(minimum=analysis.minimum_frequency),
        prior=Prior(total, analysis.outside, reason),
    )
