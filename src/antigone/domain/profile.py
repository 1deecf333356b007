"""What the laboratory saw: calls by locus, kept exactly as typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from antigone.domain.pedigree import Sex


class Scope(StrEnum):
    """What the donor, or whoever decides for them, allows a sample to be used for."""

    KINSHIP = "kinship"  # everything
    DIRECT = "direct"  # direct comparison with remains only
    NONE = "none"  # kept, not used


@dataclass(frozen=True, slots=True)
class Call:
    """The alleles seen at one locus of one sample.

    () tested, nothing seen; ("12",) one allele seen, the other unknown; ("12", "12") the same
    allele written twice; ("12", "14"); three or four only where drop-in is possible.
    `homozygous`: the laboratory vouches that nothing was lost beside the one allele it saw.
    """

    alleles: tuple[str, ...]
    homozygous: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """The typed markers of one sample. A locus that is absent from `calls` was not tested.

    `dropout`: probability that one allele is not seen (None: from the class of the sample).
    `dropin`: probability of one foreign allele at a locus. `kit`: sets the expected loci.
    """

    sample: str
    calls: Mapping[str, Call] = field(repr=False)
    dropout: float | None = None
    dropin: float = 0.0
    kit: str | None = None
    recorded_sex: Sex = Sex.UNKNOWN  # written in the file; amelogenin, where typed, is in `calls`
    scope: Scope = Scope.KINSHIP
