"""Genotypes of people who never lived: drawn from a published table, passed on by Mendel's rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from antigone.domain import FrequencyTable

Genotype = Mapping[str, tuple[str, str]]
"""Locus -> the two alleles."""


class Genes:
    """Draws genotypes at these loci, the same ones for the same seed. No mutation, no allele that is not seen."""

    def __init__(self, table: FrequencyTable, loci: Sequence[str], seed: int) -> None:
        self._frequencies = {locus: table.loci[locus].alleles for locus in loci}
        self._chance = Random(seed)

    def founder(self) -> Genotype:
        """Somebody whose parents are not drawn."""
        return {locus: (self._allele(locus), self._allele(locus)) for locus in self._frequencies}

    def child(self, father: Genotype, mother: Genotype) -> Genotype:
        """A child of two people: one allele of each, at every locus."""
        return {locus: (self._chance.choice(father[locus]), self._chance.choice(mother[locus])) for locus in father}

    def _allele(self, locus: str) -> str:
        alleles = self._frequencies[locus]
        return self._chance.choices(list(alleles), list(alleles.values()))[0]


def calls(genotype: Genotype) -> str:
    """As a laboratory types them: one locus a line, as `TH01 6/9.3`."""
    return "\n".join(f"{locus} {'/'.join(alleles)}" for locus, alleles in genotype.items())
