"""The markers of one run as a laboratory types them: each locus in its one spelling, everything wrong named at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from antigone.domain import KITS, Chromosome, Place, Problem, canonical_locus, chromosome_of

BLOCKS = ("autosomal", "x", "y", "mtdna", "snp")
Typed = Mapping[str, Mapping[str, str] | None]
"""Block -> locus or position -> what was seen, as typed; None: nothing was typed there."""

_MTDNA_LENGTH = 16569  # positions of the revised Cambridge reference sequence (Andrews 1999)
_IN_KITS = {locus for loci in KITS.values() for locus in loci} | {"AMEL"}
_ALLELE = re.compile(r"[^\s,;/|]{1,20}")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")
_POSITION = re.compile(r"(\d{1,5})(\.\d)?", re.ASCII)
_BASE = re.compile(r"[ACGTRYSWKMBDHVN]|DEL")
_ALLELES_AT_MOST = 4


def read_markers(typed: Typed, dropin: bool, problems: list[Problem]) -> dict[str, dict[str, str]]:
    """Block -> locus in its usual spelling -> value as written; every unknown locus and wrong value is noted.

    `dropin`: a third and fourth allele may be foreign.
    """
    before = len(problems)
    read = {block: _read_block(block, typed.get(block) or {}, dropin, problems) for block in BLOCKS}
    if not any(read.values()) and len(problems) == before:
        problems.append(Problem("no-markers", Place(column="autosomal"), "", "at least one locus and its alleles"))
    return read


def read_kit(written: str, problems: list[Problem]) -> str:
    """The kit in its usual name; "" where none is given, or none is known by this name, which is noted."""
    kit = _KIT_OF.get(_letters(written))
    if kit is None and written:
        problems.append(Problem("unknown-kit", Place(column="kit"), written, "one of " + ", ".join(KITS)))
    return kit or ""


def _read_block(block: str, typed: Mapping[str, str], dropin: bool, problems: list[Problem]) -> dict[str, str]:
    read: dict[str, str] = {}
    for written, value in typed.items():
        place = Place(column=block, item=written)
        locus = _LOCI[block](written)
        if locus is None:
            problems.append(Problem("unknown-locus", place, written, _NEEDED[block]))
        elif locus in read:
            problems.append(Problem("locus-typed-twice", place, f"{written}, also as {locus}", "each locus once"))
        elif block == "mtdna":
            problems += _base_problems(value, place)
        else:
            two = block != "y" and not dropin
            problems += _allele_problems(value, place, 2 if two else _ALLELES_AT_MOST)
        if locus is not None:
            read.setdefault(locus, value)
    return read


def _allele_problems(value: str, place: Place, most: int) -> list[Problem]:
    alleles = value.split("/")
    if _DECIMAL_COMMA.search(value):
        return [Problem("decimal-comma", place, value, "a decimal point")]
    if not all(_ALLELE.fullmatch(allele) for allele in alleles) or (len(alleles) > 1 and "-" in alleles):
        return [Problem("allele", place, value, "alleles as in 6/9.3, or - where nothing was seen")]
    if len(alleles) > most:
        needed = "two alleles, or a dropin above 0" if most == 2 else f"at most {most} alleles"
        return [Problem("too-many-alleles", place, value, needed)]
    return []


def _base_problems(value: str, place: Place) -> list[Problem]:
    if _BASE.fullmatch(value):
        return []
    return [Problem("base", place, value, "one letter of the IUPAC code, or DEL")]


def _autosomal(written: str) -> str | None:
    locus = canonical_locus(written)
    return locus if locus in _IN_KITS or re.fullmatch(r"D\d+S\d+", locus) else None


def _x(written: str) -> str | None:
    locus = canonical_locus(written)
    known = chromosome_of(locus) is Chromosome.X or locus.upper() == "HPRTB"
    return locus.upper() if known else None


def _y(written: str) -> str | None:
    locus = canonical_locus(written)
    if chromosome_of(locus) is Chromosome.Y:
        return locus
    gata = re.fullmatch(r"YGATA([A-Z]\d+)", _letters(written).upper())
    return f"Y-GATA-{gata[1]}" if gata else None


def _position(written: str) -> str | None:
    found = _POSITION.fullmatch(written)
    if found is None or not 1 <= int(found[1]) <= _MTDNA_LENGTH:
        return None
    return f"{int(found[1])}{found[2] or ''}"


def _snp(written: str) -> str | None:
    return written.lower() if re.fullmatch(r"rs\d{1,12}", written, re.ASCII | re.IGNORECASE) else None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


_KIT_OF = {_letters(kit): kit for kit in KITS}
_LOCI: dict[str, Callable[[str], str | None]] = {
    "autosomal": _autosomal,
    "x": _x,
    "y": _y,
    "mtdna": _position,
    "snp": _snp,
}
_NEEDED = {
    "autosomal": "an autosomal STR locus or AMEL, as in D3S1358, TH01, Penta D",
    "x": "a locus of the X chromosome, as in DXS10103",
    "y": "a locus of the Y chromosome, as in DYS391",
    "mtdna": f"a position from 1 to {_MTDNA_LENGTH}, as in 263 or 315.1",
    "snp": "an rs number, as in rs1426654",
}
