"""Profiles for tests: a couple, their son, and strangers, drawn from a shipped table."""

from __future__ import annotations

import random

from antigone.intake import read_table

LOCI = (
    "CSF1PO", "D3S1358", "D5S818", "D7S820", "D8S1179", "D13S317", "D16S539", "D18S51", "D21S11", "FGA", "TH01",
    "TPOX", "vWA", "D2S1338", "D19S433",
)  # fmt: skip
"""The loci of Identifiler."""
Genes = dict[str, tuple[str, str]]


def somebody(seed: int) -> Genes:
    """Two alleles at each locus, drawn by their frequencies."""
    draw = random.Random(seed)
    table = read_table("Norway")
    found = {}
    for locus in LOCI:
        alleles = table.loci[locus].alleles
        one, two = draw.choices(list(alleles), list(alleles.values()), k=2)
        found[locus] = (one, two)
    return found


def child(father: Genes, mother: Genes, seed: int) -> Genes:
    """One allele of each parent at each locus."""
    draw = random.Random(seed)
    return {locus: (draw.choice(father[locus]), draw.choice(mother[locus])) for locus in LOCI}


def typed(genes: Genes) -> str:
    """As a laboratory types them, one locus a line."""
    return "\n".join(f"{locus} {one}/{two}" for locus, (one, two) in genes.items())
