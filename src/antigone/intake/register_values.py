"""Sealed values of the register <-> values of the trade: profiles, pedigrees, and the questions made of them.

The register and `antigone verify` build their questions here, from the same JSON: what one compared, the other
can recompute.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from typing import Any

from antigone.domain import (
    Call,
    FrequencyTable,
    InputRefused,
    KinshipQuestion,
    MutationModel,
    Pedigree,
    Person,
    Place,
    Policy,
    Problem,
    Profile,
    Sex,
    canonical_locus,
    pedigree_problems,
)
from antigone.intake.alleles import usual_allele

PAIR_HYPOTHESES = ("the missing person", "unrelated")
"""Hypotheses of `pair_question`: whose remains they are. The second is the reference."""
FAMILY_HYPOTHESIS = "as declared"
"""The reference of `family_question`; each of the others sets one person apart and is named for that person."""

_MARKERS = ("autosomal", "x", "y")
_NOTHING = frozenset({"", "-"})
_PLACES = Decimal("0.000001")
_TOLERANCE = 2e-6
"""Two machines may differ in the last digits of a sum; a figure is cut at the sixth place."""


def profile_of(identifier: str, plain: Mapping[str, Any], sealed: Mapping[str, Any], policy: Policy) -> Profile:
    """A profile record as the engine takes it.

    plain: its columns; `dropout` and `dropin` are decimal text. Where no dropout is stated, a partial or poor
    profile gets that class's; one called full is classed by the share of its loci. sealed: `autosomal`, `x`, `y`:
    locus -> alleles as written, `6/9.3`; one allele: the other was not seen; `-`: tested, nothing seen. mtDNA and
    SNP values are used by no engine yet.

    >>> values = {"autosomal": {"THO1": "6/9.3", "D3S1358": "15/15", "FGA": "-"}}
    >>> profile = profile_of("PR-000001-B", {"quality": "full", "dropin": ""}, values, Policy())
    >>> {locus: call.alleles for locus, call in profile.calls.items()}
    {'TH01': ('6', '9.3'), 'D3S1358': ('15', '15'), 'FGA': ()}
    """
    calls: dict[str, Call] = {}
    for kind in _MARKERS:
        for locus, written in (sealed.get(kind) or {}).items():
            calls[canonical_locus(locus)] = _call(str(written))
    return Profile(
        identifier,
        calls,
        dropout=_dropout(plain, policy),
        dropin=float(plain.get("dropin") or 0.0),
        kit=str(plain.get("kit") or "") or None,
    )


def pedigree_of(members: Iterable[Mapping[str, Any]], item: str = "") -> Pedigree:
    """The pedigree that [{"person", "father", "mother", "sex"}] says; InputRefused where it is impossible.

    `item` names the family in the refusal.
    """
    persons = tuple(
        Person(str(m["person"]), m.get("father"), m.get("mother"), Sex(m.get("sex") or "unknown")) for m in members
    )
    pedigree = Pedigree(persons)
    problems = pedigree_problems(pedigree, Place(item=item))
    if not persons:
        problems = [Problem("no-pedigree", Place(item=item), "nobody", "a declared pedigree")]
    if problems:
        raise InputRefused(problems)
    return pedigree


def pedigree_members(pedigree: Pedigree) -> list[dict[str, Any]]:
    """The list that `pedigree_of` reads back as the same pedigree."""
    return [{"person": p.id, "father": p.father, "mother": p.mother, "sex": p.sex.value} for p in pedigree.persons]


def pair_question(
    name: str,
    pedigree: Pedigree,
    missing: str,
    of_family: Mapping[str, tuple[str, Profile]],
    of_remains: Mapping[str, Profile],
    tables: Sequence[FrequencyTable],
    policy: Policy,
) -> KinshipQuestion:
    """Whether these remains are the missing person, or unrelated to the family; hypotheses `PAIR_HYPOTHESES`.

    of_family: profile -> (person of the pedigree, values). of_remains: every profile of remains that are one person.
    Several profiles of one person are all weighed, as further runs of the same genotype. InputRefused
    (`pedigree-lacks-person`) where the pedigree has no place for somebody who is typed, or for the missing person.
    """
    _refuse_without_place([missing, *(person for person, _ in of_family.values())], pedigree, name)
    stranger = _unused("remains", pedigree)
    apart = replace(pedigree, persons=(*pedigree.persons, Person(stranger, sex=pedigree.person(missing).sex)))
    at_home = {profile: person for profile, (person, _) in of_family.items()}
    same, unrelated = PAIR_HYPOTHESES
    return KinshipQuestion(
        name,
        {same: pedigree, unrelated: apart},
        {**{profile: values for profile, (_, values) in of_family.items()}, **of_remains},
        tuple(tables),
        policy,
        placed={
            same: {**at_home, **dict.fromkeys(of_remains, missing)},
            unrelated: {**at_home, **dict.fromkeys(of_remains, stranger)},
        },
    )


def family_question(
    name: str,
    pedigree: Pedigree,
    of_family: Mapping[str, tuple[str, Profile]],
    tables: Sequence[FrequencyTable],
    policy: Policy,
    strict: bool = False,
) -> KinshipQuestion:
    """Whether the typed members fit their places: the pedigree, and each of them set apart as unrelated.

    `strict`: without mutation, dropout and drop-in; a locus with likelihood 0 under the pedigree is incompatible.
    InputRefused (`pedigree-lacks-person`) as for `pair_question`.
    """
    _refuse_without_place([person for person, _ in of_family.values()], pedigree, name)
    if strict:
        policy = replace(policy, mutation=MutationModel(), mutation_by_locus={}, theta=0.0)
        of_family = {
            name: (person, replace(values, dropout=0.0, dropin=0.0)) for name, (person, values) in of_family.items()
        }
    at_home = {profile: person for profile, (person, _) in of_family.items()}
    hypotheses: dict[str, Pedigree] = {}
    placed: dict[str, dict[str, str]] = {}
    for person in dict.fromkeys(at_home.values()):
        stranger = _unused(f"apart {person}", pedigree)
        alone = Person(stranger, sex=pedigree.person(person).sex)
        hypotheses[person] = replace(pedigree, persons=(*pedigree.persons, alone))
        placed[person] = {profile: stranger if who == person else who for profile, who in at_home.items()}
    hypotheses[FAMILY_HYPOTHESIS] = pedigree
    placed[FAMILY_HYPOTHESIS] = at_home
    values = {profile: value for profile, (_, value) in of_family.items()}
    return KinshipQuestion(name, hypotheses, values, tuple(tables), policy, placed=placed)


def figure_text(value: float) -> str:
    """A log10 figure as decimal text of six places, cut towards zero, so that none looks stronger than it is.

    >>> [figure_text(v) for v in (18.8160256, -4.0000009, -0.0000001, float("-inf"))]
    ['18.816025', '-4.000000', '0.000000', '-Infinity']

    ValueError where there is none (nan).
    """
    if math.isnan(value):
        raise ValueError("no figure: both hypotheses are impossible")
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    cut = Decimal(repr(value)).quantize(_PLACES, ROUND_DOWN)
    return str(abs(cut) if cut.is_zero() else cut)


def figure_holds(text: str, value: float) -> bool:
    """Whether this text is the figure of this value, up to what two machines may differ by.

    >>> figure_holds("18.816025", 18.8160256), figure_holds("18.816", 18.8160256), figure_holds("x", 1.0)
    (True, False, False)
    """
    try:
        written = float(text)
    except ValueError:
        return False
    return written == value or abs(written - value) <= _TOLERANCE


def _call(written: str) -> Call:
    parts = [part.strip() for part in written.replace(",", "/").split("/")]
    return Call(tuple(usual_allele(part) for part in parts if part not in _NOTHING))


def _dropout(plain: Mapping[str, Any], policy: Policy) -> float | None:
    stated = str(plain.get("dropout") or "")
    if stated:
        return float(stated)
    by_class = {"partial": policy.dropout.partial, "poor": policy.dropout.poor}
    return by_class.get(str(plain.get("quality") or ""))


def _refuse_without_place(persons: Iterable[str], pedigree: Pedigree, name: str) -> None:
    """The engine leaves out whoever is not in the pedigree; nobody is to be left out in silence."""
    lacking = sorted(set(persons) - set(pedigree.ids))
    if lacking:
        needed = "a line of their own"
        raise InputRefused([Problem("pedigree-lacks-person", Place(item=who), name, needed) for who in lacking])


def _unused(name: str, pedigree: Pedigree) -> str:
    while name in pedigree.ids:
        name += "'"
    return name
