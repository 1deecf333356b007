"""One pedigree holds everybody a family could have; a kind of family is who of them is shown and typed.

Genes are dropped through the whole pedigree for all families at once, so that the kind of a family
changes nobody's genes.
"""

from __future__ import annotations

from dataclasses import dataclass

GRANDFATHER, GRANDMOTHER, FATHER, MOTHER, MISSING, BROTHER, SIBLING, SIBLING_2, UNCLE = range(9)
OTHER_FATHER, HALF_SIBLING, PARTNER, CHILD = range(9, 13)

SLOTS = (
    "grandfather", "grandmother", "father", "mother", "missing", "missing-brother", "sibling", "sibling-2",
    "uncle", "other-father", "half-sibling", "partner", "child",
)  # fmt: skip
"""Name of each slot, as it stands in the case folder."""

MALE, FEMALE, EITHER = 1, 0, -1
SLOT_SEX = (MALE, FEMALE, MALE, FEMALE, MALE, MALE, EITHER, EITHER, MALE, MALE, EITHER, FEMALE, EITHER)

PARENTS = {
    FATHER: (GRANDFATHER, GRANDMOTHER),
    UNCLE: (GRANDFATHER, GRANDMOTHER),
    MISSING: (FATHER, MOTHER),
    BROTHER: (FATHER, MOTHER),
    SIBLING: (FATHER, MOTHER),
    SIBLING_2: (FATHER, MOTHER),
    HALF_SIBLING: (OTHER_FATHER, MOTHER),
    CHILD: (MISSING, PARTNER),
}
"""Child -> (father, mother), ancestors first. Everybody else is a founder."""
FOUNDERS = tuple(slot for slot in range(len(SLOTS)) if slot not in PARENTS)

UNRELATED = -1
GIVEN_AS = {
    GRANDFATHER: (UNRELATED,),
    GRANDMOTHER: (UNRELATED,),
    FATHER: (UNCLE, UNRELATED),
    MOTHER: (SIBLING_2, UNRELATED),
    SIBLING: (HALF_SIBLING, UNRELATED),
    SIBLING_2: (UNRELATED,),
    UNCLE: (UNRELATED,),
    HALF_SIBLING: (UNRELATED,),
    PARTNER: (UNRELATED,),
    CHILD: (UNRELATED,),
}
"""Who else a relative given as this one may be: an uncle as the father, a sister as the mother, a half
brother as a brother, somebody unrelated as anybody."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`group`: under which heading results are counted; `shown` holds `typed`."""

    group: str
    shown: frozenset[int]
    typed: frozenset[int]


def _kind(group: str, typed: tuple[int, ...], beside: tuple[int, ...] = (FATHER, MOTHER)) -> Kind:
    return Kind(group, frozenset((MISSING, *beside, *typed)), frozenset(typed))


_THREE = (GRANDFATHER, GRANDMOTHER, FATHER, MOTHER)
KINDS = {
    "mother": _kind("lone-parent", (MOTHER,)),
    "father": _kind("lone-parent", (FATHER,)),
    "both-parents": _kind("both-parents", (FATHER, MOTHER)),
    "sibling": _kind("full-siblings", (SIBLING,)),
    "two-siblings": _kind("full-siblings", (SIBLING, SIBLING_2)),
    "child": _kind("child", (PARTNER, CHILD), ()),
    "grandparents": _kind("distant", (GRANDFATHER, GRANDMOTHER), _THREE),
    "uncle": _kind("distant", (UNCLE,), _THREE),
    "half-sibling": _kind("distant", (HALF_SIBLING,), (FATHER, MOTHER, OTHER_FATHER)),
    "none": _kind("none", ()),
}
"""What a scenario may name under `relatives`. `none`: nobody usable is typed."""
