"""One comparison: a group of remains against one missing person, by the general engine, and what is kept of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from antigone.actions.casework import Method, Typed, values_of
from antigone.actions.family_checks import Members
from antigone.domain import InputRefused, KinshipFinding, Place, Problem
from antigone.identify import TooComplex, kinship
from antigone.intake import PAIR_HYPOTHESES, figure_text, pair_question, pedigree_of
from antigone.register.refusals import NotNow


@dataclass(frozen=True, slots=True)
class Compared:
    """A finding before it is written. `strong`: it reaches the policy's bound of a match."""

    remains: str
    missing_person: str
    log10_lr: str
    made: dict[str, Any]
    by_locus: dict[str, Any]
    strong: bool


def named(typed: Sequence[Typed]) -> list[dict[str, Any]]:
    """The profiles as findings name them, in the order of identifiers."""
    return [one.named() for one in sorted(typed, key=lambda one: one.profile)]


def compare_pair(
    group: str, missing: str, pedigree: Members, of_remains: Sequence[Typed], of_family: Sequence[Typed], method: Method
) -> Compared:
    """The likelihood ratio that these remains are this missing person, lowest over the tables.

    NotNow (`impossible-either-way`) where the profiles cannot be together under either hypothesis.
    """
    values = values_of([*of_remains, *of_family], method.policy)
    question = pair_question(
        f"{group} and {missing}",
        pedigree_of(pedigree, missing),
        missing,
        {one.profile: (one.person, values[one.profile]) for one in of_family},
        {one.profile: values[one.profile] for one in of_remains},
        method.tables,
        method.policy,
    )
    try:
        found = kinship(question)
    except TooComplex as error:
        problem = Problem("too-complex", Place(item=missing), str(error), "a smaller pedigree")
        raise InputRefused([problem]) from error
    same = PAIR_HYPOTHESES[0]
    value = found.log10_lr[same]
    if math.isnan(value):
        raise NotNow("impossible-either-way", remains=group, missing_person=missing)
    made = {
        "software": found.software,
        "policy": found.policy_digest,
        "tables": dict(found.table_digests),
        "profiles": named([*of_remains, *of_family]),
        "seed": None,
        "relatives": len({one.person for one in of_family}),
    }
    strong = value >= method.policy.thresholds.match_log10_lr
    return Compared(group, missing, figure_text(value), made, _by_locus(found, same), strong)


def _by_locus(found: KinshipFinding, same: str) -> dict[str, Any]:
    """Every figure in full, as text; an impossible locus is -inf."""
    own, against = found.log10_likelihood_by_locus[same], found.log10_reference_by_locus[same]
    return {
        "log10_lr": repr(found.log10_lr[same]),
        "table": found.deciding_table[same],
        "by_table": {table: repr(values[same]) for table, values in found.log10_lr_by_table.items()},
        "loci": {locus: repr(_difference(own[locus], against[locus])) for locus in own},
    }


def _difference(own: float, against: float) -> float:
    return 0.0 if own == against else own - against
