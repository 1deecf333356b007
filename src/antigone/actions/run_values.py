"""What a laboratory writes of one run besides the alleles."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated

from antigone.actions.fields import Calls
from antigone.actions.typed_markers import Typed, read_kit, read_markers
from antigone.domain import InputRefused, Place, Problem

QUALITIES = ("full", "partial", "poor")
_WIDTH = 16  # of the columns of these rates


@dataclass(frozen=True, kw_only=True)
class Markers:
    """The typed markers, one a line. Y, mtDNA and SNP values are kept and shown; no engine computes with them."""

    autosomal: Annotated[dict[str, str] | None, Calls()] = None
    x: Annotated[dict[str, str] | None, Calls()] = None
    y: Annotated[dict[str, str] | None, Calls()] = None
    mtdna: Annotated[dict[str, str] | None, Calls()] = None
    snp: Annotated[dict[str, str] | None, Calls()] = None


@dataclass(frozen=True, slots=True)
class Run:
    """What was read of one run. `markers`: block -> locus -> value; `kit` in its usual name."""

    markers: dict[str, dict[str, str]]
    kit: str


def read_run(typed: Typed, kit: str, dropout: str, dropin: str) -> Run:
    """One run as it was typed; InputRefused with everything that is wrong with it. "" stands for what is not stated."""
    problems: list[Problem] = []
    if dropout and not _is_probability(dropout):
        problems.append(Problem("probability", Place(column="dropout"), dropout, "from 0 to 1, as 0.05"))
    possible = bool(dropin) and _is_probability(dropin)
    if dropin and (not possible or Decimal(dropin) == 1):
        problems.append(Problem("probability", Place(column="dropin"), dropin, "at least 0 and below 1, as 0.01"))
    usual = read_kit(kit, problems)
    markers = read_markers(typed, possible and Decimal(dropin) > 0, problems)
    if problems:
        raise InputRefused(problems)
    return Run(markers, usual)


def _is_probability(written: str) -> bool:
    try:
        value = Decimal(written)
    except InvalidOperation:
        return False
    return value.is_finite() and 0 <= value <= 1 and len(written) <= _WIDTH
