"""Whether the profiles of a family fit the pedigree it declared, and which pedigree is computed with.

Everything here is for geneticists alone. What the register keeps of it is sealed, and nothing that stands readable
says how it came out: the state of the record is the same either way, it is there for every family that was
compared, and a finding names the record and its version, never the pedigree.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from antigone.actions.casework import Method, Typed, values_of
from antigone.domain import InputRefused, Place, Problem
from antigone.domain import Profile as Values
from antigone.identify import TooComplex, kinship
from antigone.intake import FAMILY_HYPOTHESIS, family_question, figure_text, pedigree_of
from antigone.register import doors
from antigone.register.actor import Actor
from antigone.register.models import Family, GeneticFamily
from antigone.register.opening import opened
from antigone.register.refusals import NotNow

STATE = "checked"
"""The one state of every record of a check: how it came out is sealed."""
Members = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Checked:
    """The pedigree to compute with. `record`, `version`: what is kept of the family (None, 0: nothing yet).

    `sealed`: what is to be kept of this check; None where it is kept already.
    """

    pedigree: Members
    declared: Members
    record: str | None
    version: int
    sealed: dict[str, Any] | None


def declared_pedigree(family: Family) -> Members:
    """As the family declared it; NotNow (`no-pedigree`) where it did not yet."""
    found: Members | None = opened(family).get("pedigree")
    if not found:
        raise NotNow("no-pedigree", family=str(family.pk))
    return found


def refuse_without_place(family: Family, pedigree: Members, persons: Iterable[str]) -> None:
    """NotNow (`pedigree-lacks`) where somebody who is typed, or missing, has no place in the pedigree."""
    placed = {member["person"] for member in pedigree}
    lacking = sorted(set(persons) - placed)
    if lacking:
        raise NotNow("pedigree-lacks", family=str(family.pk), persons=", ".join(lacking))


def kept_check(actor: Actor, family: Family) -> GeneticFamily | None:
    """What geneticists keep of this family; None: nothing yet, or it was erased."""
    rows = doors.genetic_families.visible(actor).filter(family=family.pk).exclude(state="erased")
    found: GeneticFamily | None = rows.order_by("-pk").first()
    return found


def check(
    family: Family, pedigree: Members, declared: Members, typed: Sequence[Typed], method: Method
) -> dict[str, Any]:
    """The figures of a family, as they are sealed.

    relatives: for each typed member the log10 LR of the pedigree against this member unrelated, lowest over the
    tables. incompatible: loci at which all profiles together cannot be without a mutation. conclusion: inconsistent
    where more loci are incompatible than the policy lets pass, or a member's LR reaches its bound of exclusion.
    NotNow (`pedigree-lacks`) where somebody who is typed has no place.
    """
    refuse_without_place(family, pedigree, [one.person for one in typed])
    values = values_of(typed, method.policy)
    of_family = {one.profile: (one.person, values[one.profile]) for one in typed}
    figures = _figures(family.pk, pedigree, of_family, method) if len({one.person for one in typed}) > 1 else {}
    incompatible = _incompatible(family.pk, pedigree, of_family, method) if figures else []
    limits = method.policy.thresholds
    fits = len(incompatible) <= limits.max_incompatible and all(
        value > limits.exclusion_log10_lr for value in figures.values()
    )
    return {
        "conclusion": "consistent" if fits else "inconsistent",
        "relatives": [{"person": who, "log10_lr": figure_text(value)} for who, value in figures.items()],
        "incompatible": incompatible,
        "profiles": [one.named() for one in typed],
        "policy": method.policy_digest,
        "declared": declared,
    }


def checked_family(actor: Actor, family: Family, typed: Sequence[Typed], method: Method) -> Checked:
    """The pedigree to compare with, checked against the profiles there are now.

    NotNow (`family-inconsistent`, `family-to-check`) where a geneticist must look at the family first.
    """
    declared = declared_pedigree(family)
    kept = kept_check(actor, family)
    if kept is None:
        found = check(family, declared, declared, typed, method)
        _refuse_inconsistent(family, found)
        return Checked(declared, declared, None, 0, to_keep(None, declared, found))
    written = opened(kept)
    pedigree, checks = written["pedigree"], written["checks"]
    if checks["declared"] != declared:
        if pedigree != checks["declared"]:
            raise NotNow("family-to-check", family=str(family.pk))
        pedigree = declared
    same = checks["declared"] == declared and checks["policy"] == method.policy_digest
    if same and checks["profiles"] == [one.named() for one in typed]:
        _refuse_inconsistent(family, checks)
        return Checked(pedigree, declared, kept.pk, kept.version, None)
    found = check(family, pedigree, declared, typed, method)
    _refuse_inconsistent(family, found)
    return Checked(pedigree, declared, kept.pk, kept.version, to_keep(kept, pedigree, found, written["explanation"]))


def to_keep(
    kept: GeneticFamily | None, pedigree: Members, checks: Mapping[str, Any], explanation: str | None = None
) -> dict[str, Any]:
    """The sealed values of the next version. `since`: the version from which on this pedigree is computed with."""
    since = 1 if kept is None else kept.version + 1
    if kept is not None and (written := opened(kept))["pedigree"] == pedigree:
        since = written["checks"]["since"]
    return {"pedigree": pedigree, "checks": {**checks, "since": since}, "explanation": explanation}


def since_when(family: Family) -> tuple[str, int] | None:
    """Record and first version of the pedigree that is computed with now; None: the family was never checked."""
    kept = GeneticFamily.objects.filter(family=family.pk).exclude(state="erased").order_by("-pk").first()
    return None if kept is None else (str(kept.pk), opened(kept)["checks"]["since"])


def _refuse_inconsistent(family: Family, checks: Mapping[str, Any]) -> None:
    if checks["conclusion"] != "consistent":
        raise NotNow("family-inconsistent", family=str(family.pk))


def _figures(
    family: str, pedigree: Members, of_family: dict[str, tuple[str, Values]], method: Method
) -> dict[str, float]:
    question = family_question(family, pedigree_of(pedigree, family), of_family, method.tables, method.policy)
    found = _kinship(family, question)
    return {
        person: min(_against(of_table[person]) for of_table in found.log10_lr_by_table.values())
        for person in question.hypotheses
        if person != FAMILY_HYPOTHESIS
    }


def _against(apart: float) -> float:
    """The pedigree against the member apart; impossible either way speaks against the pedigree."""
    return -math.inf if math.isnan(apart) else -apart + 0.0


def _incompatible(
    family: str, pedigree: Members, of_family: dict[str, tuple[str, Values]], method: Method
) -> list[str]:
    strict = family_question(family, pedigree_of(pedigree, family), of_family, method.tables[:1], method.policy, True)
    by_locus = _kinship(family, strict).log10_reference_by_locus[FAMILY_HYPOTHESIS]
    return [locus for locus, value in by_locus.items() if value == -math.inf]


def _kinship(family: str, question: Any) -> Any:
    try:
        return kinship(question, FAMILY_HYPOTHESIS)
    except TooComplex as error:
        needed = "a smaller pedigree"
        raise InputRefused([Problem("too-complex", Place(item=family), str(error), needed)]) from error
