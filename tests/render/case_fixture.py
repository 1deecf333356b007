"""A case of eight remains and six families, and a finding of the right shape; all of it invented."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping

from antigone.domain import (
    KITS,
    Answer,
    Call,
    Case,
    CaseFinding,
    Conclusion,
    Family,
    FrequencyTable,
    JointFinding,
    MutationKind,
    MutationModel,
    PairFinding,
    PairPosterior,
    Pedigree,
    Person,
    Policy,
    Prior,
    Profile,
    Provenance,
    Remains,
    Sensitivity,
    Sex,
    Status,
)

M, F = Sex.MALE, Sex.FEMALE
LOCI = KITS["Fusion 6C"]
KEY = tuple[str, str, str]


def _profile(sample: str) -> Profile:
    return Profile(sample, {locus: Call(("12", "14")) for locus in LOCI})


def _family(
    name: str, persons: tuple[Person, ...], missing: tuple[str, ...], typed: str, labels: Mapping[str, str],
    twins: tuple[frozenset[str], ...] = (),
) -> Family:  # fmt: skip
    profiles = {person: _profile(f"{name}-{person}") for person in typed.split()}
    return Family(name, Pedigree(persons, twins), missing, profiles, labels)


ALDER = _family(
    "Alder",
    (Person("fa", sex=M), Person("mo", sex=F), Person("son", "fa", "mo", M), Person("sis", "fa", "mo", F)),
    ("son",), "mo sis", {"son": "Anton Alder", "mo": "Anna Alder", "sis": "Ada Alder", "fa": "Albert Alder"},
)  # fmt: skip
BIRCH = _family(
    "Birch",
    (
        Person("fa", sex=M), Person("mo", sex=F), Person("b1", "fa", "mo", M), Person("b2", "fa", "mo", M),
        Person("sis", "fa", "mo", F),
    ),
    ("b1", "b2"), "fa mo sis",
    {"b1": "Boris Birch", "b2": "Bruno Birch", "fa": "Basil Birch", "mo": "Bella Birch", "sis": "Berta Birch"},
)  # fmt: skip
CEDAR = _family(
    "Cedar",
    (Person("he", sex=M), Person("w", sex=F), Person("girl", "he", "w", F)),
    ("he",), "girl", {"he": "Conrad Cedar", "w": "Clara", "girl": "Celia Cedar"},
)  # fmt: skip
ELM = _family(
    "Elm",
    (
        Person(":1", sex=M), Person(":2", sex=F), Person("fa", ":1", ":2", M), Person("un", ":1", ":2", M),
        Person("w1", sex=F), Person("w2", sex=F), Person("he", "fa", "w1", M), Person("half", "fa", "w2", M),
    ),
    ("he", "half"), "un",
    {"he": "Emil Elm", "half": "Erik Elm", "un": "Edgar Elm", "fa": "Ernst Elm", "w1": "Eva", "w2": "Edith"},
)  # fmt: skip
HAZEL = _family(
    "Hazel",
    (
        Person("gf", sex=M), Person("gm", sex=F), Person("fa", "gf", "gm", M), Person("au", "gf", "gm", F),
        Person("mo", sex=F), Person("he", "fa", "mo", M), Person("t1", "fa", "mo", F), Person("t2", "fa", "mo", F),
    ),
    ("he",), "fa mo t1",
    {"he": "Henry Hazel", "fa": "Hugo Hazel", "mo": "Hanna Hazel", "t1": "Hilda", "t2": "Helga",
     "gf": "Horst Hazel", "gm": "Hedda Hazel", "au": "Heidi Hazel"},
    (frozenset({"t1", "t2"}),),
)  # fmt: skip
ROWAN = _family(
    "Rowan",
    (Person("he", sex=M), Person("wife", sex=F), Person("stepson", sex=M)),
    ("he",), "wife", {"he": "Robert Rowan", "wife": "Rosa Rowan", "stepson": "Rudolf"},
)  # fmt: skip

_STRONG: dict[KEY, float] = {
    ("R1", "Alder", "son"): 9.412,
    ("R2", "Birch", "b1"): 13.07, ("R2", "Birch", "b2"): 13.07,
    ("R3", "Birch", "b1"): 12.44, ("R3", "Birch", "b2"): 12.44,
    ("R4", "Cedar", "he"): 6.31,
    ("R5", "Elm", "he"): 3.02, ("R5", "Elm", "half"): 1.13,
    ("R7", "Alder", "son"): 3.55,
}  # fmt: skip
MISSING_TOTAL, OUTSIDE = 700, 0.1
CONCLUDED = (
    Conclusion("Alder", "son", Status.MATCH, "R1", "match-undisputed", 9.412, None),
    Conclusion("Birch", "b1", Status.SYMMETRIC, "R2", "symmetric", 13.07, None, ("symmetric-with",)),
    Conclusion("Birch", "b2", Status.SYMMETRIC, "R3", "symmetric", 12.44, None, ("symmetric-with",)),
    Conclusion(
        "Cedar", "he", Status.PROBABLE, "R4", "probable-posterior", 6.31, None,
        ("one-relative-only", "weak-under-wider-prior"),
    ),
    Conclusion("Elm", "he", Status.POSSIBLE, "R5", "possible-posterior", 3.02, None,
               ("one-relative-only", "lead-too-small", "below-match-posterior")),
    Conclusion("Elm", "half", Status.NO_MATCH, None, "none-above", None, None),
    Conclusion("Hazel", "he", Status.NO_MATCH, None, "all-excluded", None, None),
    Conclusion("Rowan", "he", Status.NOT_IDENTIFIABLE, None, "no-informative-relative", None, None),
)  # fmt: skip
FAMILIES = (ALDER, BIRCH, CEDAR, ELM, HAZEL, ROWAN)
REMAINS = tuple(f"R{n}" for n in range(1, 9))


def _pair(remains: str, family: Family, missing: str) -> PairFinding:
    """A comparison whose loci add up to a fixed total."""
    rng = random.Random(f"{remains} {family.name} {missing}")
    weak = -2.6 if family.name == "Elm" else -9.5
    total = _STRONG.get((remains, family.name, missing), weak - 3 * rng.random())
    loci = LOCI if remains != "R7" else LOCI[:9]
    raw = {locus: rng.gauss(total / len(loci), 0.45) for locus in loci}
    shift = (total - 0.02 - math.fsum(raw.values())) / len(raw)
    by_locus = {locus: value + shift for locus, value in raw.items()}
    unfit = tuple(sorted(by_locus, key=lambda locus: by_locus[locus])[: 0 if total > -3 else 6])
    return PairFinding(
        remains, family.name, missing, total, {"North": total, "South": total + 0.31}, by_locus, 0.02, "North",
        unfit, len(loci), len(family.profiles), total <= -4,
    )  # fmt: skip


def _posteriors(pairs: tuple[PairFinding, ...], missing_total: int, outside: float) -> dict[KEY, float]:
    """As if no missing person could be claimed twice; brothers share by halves."""
    figures: dict[KEY, float] = {}
    for remains in REMAINS:
        weights = {
            (p.remains, p.family, p.missing): 10**p.log10_lr * (1 - outside) / missing_total / outside
            for p in pairs
            if p.remains == remains and not (remains == "R7" and p.family == "Alder")
        }
        total = 1 + math.fsum(weights.values())
        figures.update({key: weight / total for key, weight in weights.items()})
    return figures


def _as_pairs(figures: Mapping[KEY, float]) -> tuple[PairPosterior, ...]:
    return tuple(PairPosterior(*key, value) for key, value in figures.items())


def case() -> Case:
    tables = (
        FrequencyTable("North", "A published table, 2017", {}, "example, not for casework"),
        FrequencyTable("South", "Another published table, 2020", {}, "example, not for casework"),
    )
    policy = Policy(
        mutation=MutationModel(MutationKind.PROPORTIONAL, 0.001, 0.003),
        prior=Prior(MISSING_TOTAL, OUTSIDE, "Losses of the sector in the week before the handover, by both lists."),
    )
    profiles = tuple(Remains(name, _profile(name)) for name in REMAINS)
    return Case("Eight remains of the March handover", FAMILIES, profiles, tables, policy, {"persons.csv": "ab" * 32})


def finding() -> CaseFinding:
    pairs = tuple(
        _pair(remains, family, missing)
        for remains in REMAINS
        for family in FAMILIES
        if family.name != "Rowan"
        for missing in family.missing
    )
    figures = _posteriors(pairs, MISSING_TOTAL, OUTSIDE)
    return CaseFinding(
        case="Eight remains of the March handover",
        warnings=_WARNINGS,
        not_identifiable=(("Rowan", "he"),),
        pairs=pairs,
        joint=_joint(pairs, figures),
        remains_conclusions=_REMAINS_CONCLUSIONS,
        conclusions=tuple(_with_posterior(c, figures) for c in CONCLUDED),
        provenance=Provenance(
            "antigone 0.1.0", "5d" * 32, {"North": "11" * 32, "South": "22" * 32},
            {"persons.csv": "ab" * 32, "profiles.csv": "cd" * 32}, {name: name[-1] * 64 for name in REMAINS},
        ),
        missing_total=MISSING_TOTAL,
        outside=OUTSIDE,
        prior_reason="Losses of the sector in the week before the handover, by both lists.",
    )  # fmt: skip


_WARNINGS = (
    ("samples-alike", {"first": "R1", "second": "R7", "log10_lr": "8.1"}),
    ("few-loci", {"sample": "R7", "loci": "9"}),
    ("dropout-class", {"sample": "R7", "class": "poor", "d": "0.3"}),
    ("linked-pair", {"loci": "vWA and D12S391"}),
)
_REMAINS_CONCLUSIONS = {
    "R1": Status.MATCH, "R2": Status.SYMMETRIC, "R3": Status.SYMMETRIC, "R4": Status.PROBABLE,
    "R5": Status.POSSIBLE, "R6": Status.NO_MATCH, "R7": Status.NO_MATCH, "R8": Status.NO_MATCH,
}  # fmt: skip


def _with_posterior(conclusion: Conclusion, figures: Mapping[KEY, float]) -> Conclusion:
    c = conclusion
    posterior = figures.get((c.remains or "", c.family, c.missing))
    return Conclusion(c.family, c.missing, c.status, c.remains, c.rule, c.log10_lr, posterior, c.reasons)


def _joint(pairs: tuple[PairFinding, ...], figures: Mapping[KEY, float]) -> JointFinding:
    nobody = {r: 1 - math.fsum(v for key, v in figures.items() if key[0] == r) for r in REMAINS}
    persons = [(f.name, m) for f in FAMILIES if f.name != "Rowan" for m in f.missing]
    absent = {p: max(0.0, 1 - math.fsum(v for key, v in figures.items() if key[1:] == p)) for p in persons}
    first: dict[str, tuple[str, str] | None] = dict.fromkeys(REMAINS)
    first |= {"R1": ("Alder", "son"), "R2": ("Birch", "b1"), "R3": ("Birch", "b2"), "R4": ("Cedar", "he"),
              "R5": ("Elm", "he")}  # fmt: skip
    second = {**first, "R2": ("Birch", "b2"), "R3": ("Birch", "b1")}
    third = {**first, "R5": None}
    answers = (Answer(first, 31.2, 0.4523), Answer(second, 31.2, 0.4523), Answer(third, 30.1, 0.0331))
    harsher = tuple(
        Sensitivity(name, total, outside, _as_pairs(_posteriors(pairs, total, outside)))
        for name, total, outside in (("missing-total-tenfold", 7000, 0.1), ("outside-doubled", 700, 0.2))
    )
    return JointFinding("North", _as_pairs(figures), nobody, absent, answers, harsher, 0.0)
