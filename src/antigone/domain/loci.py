"""Names of loci: one canonical spelling each, the aliases laboratories use, and the kits.

Kit contents: Identifiler (Applied Biosystems), PowerPlex 16 and Fusion 6C (Promega), GlobalFiler
(Applied Biosystems), and the 20 loci of the CODIS core set in force since 2017 (Hares 2015).
"""

from __future__ import annotations

import re
from enum import StrEnum


class Chromosome(StrEnum):
    """How a locus is inherited."""

    AUTOSOMAL = "autosomal"
    X = "X"
    Y = "Y"
    SEX = "sex"  # amelogenin: tells the sex, carries no kinship information


_CODIS_13 = (
    "CSF1PO", "D3S1358", "D5S818", "D7S820", "D8S1179", "D13S317", "D16S539", "D18S51",
    "D21S11", "FGA", "TH01", "TPOX", "vWA",
)  # fmt: skip
_CODIS_20 = (
    *_CODIS_13, "D1S1656", "D2S441", "D2S1338", "D10S1248", "D12S391", "D19S433", "D22S1045",
)  # fmt: skip

KITS: dict[str, tuple[str, ...]] = {
    "Identifiler": (*_CODIS_13, "D2S1338", "D19S433"),
    "PowerPlex 16": (*_CODIS_13, "Penta D", "Penta E"),
    "CODIS 20": _CODIS_20,
    "GlobalFiler": (*_CODIS_20, "SE33"),
    "Fusion 6C": (*_CODIS_20, "SE33", "Penta D", "Penta E"),
}
"""Autosomal loci of each kit, in canonical names."""

_ALIASES = {
    "THO1": "TH01",
    "HUMTH01": "TH01",
    "HUMTHO1": "TH01",
    "TC11": "TH01",
    "VWA": "vWA",
    "VWF": "vWA",
    "VWA31": "vWA",
    "HUMVWA": "vWA",
    "HUMVWFA31": "vWA",
    "PENTAD": "Penta D",
    "PENTAE": "Penta E",
    "ACTBP2": "SE33",
    "HUMACTBP2": "SE33",
    "FIBRA": "FGA",
    "HUMFIBRA": "FGA",
    "CSF": "CSF1PO",
    "AM": "AMEL",
    "AMELX": "AMEL",
    "AMELXY": "AMEL",
    "AMELOGENIN": "AMEL",
    "YINDEL": "Yindel",
}


def canonical_locus(name: str) -> str:
    """The one spelling of a locus used everywhere in Antigone.

    >>> [canonical_locus(n) for n in ("THO1", "vwa", "PENTA_D", "Amelogenin", "d3s1358")]
    ['TH01', 'vWA', 'Penta D', 'AMEL', 'D3S1358']

    A name that is not known is returned as given, without the spaces around it.
    """
    stripped = name.strip()
    key = re.sub(r"[\s_\-.]+", "", stripped).upper()
    if key in _ALIASES:
        return _ALIASES[key]
    known = re.fullmatch(r"D(\d+|X|Y)S\d+|DYS\d+(I{1,2}|[AB])?|TH01|TPOX|FGA|CSF1PO|SE33|AMEL", key)
    return key if known else stripped


def chromosome_of(locus: str) -> Chromosome:
    """How a canonical locus is inherited, read from its name (DXS.., DYS.., AMEL, Yindel).

    >>> [chromosome_of(locus).value for locus in ("TH01", "DXS10103", "DYS391", "AMEL")]
    ['autosomal', 'X', 'Y', 'sex']
    """
    if locus == "AMEL":
        return Chromosome.SEX
    if locus == "Yindel" or locus.startswith("DYS"):
        return Chromosome.Y
    if locus.startswith(("DXS", "X:")) or locus == "HPRTB":
        return Chromosome.X
    return Chromosome.AUTOSOMAL
