"""One spelling for each allele: spreadsheets add zeros before and after a repeat number."""

from __future__ import annotations

import re

import polars as pl

_WHOLE = r"^0*(\d+)(?:\.0+)?$"
_PARTIAL = r"^0*(\d+\.\d*[1-9])0*$"


def usual_allele(written: str) -> str:
    """The repeat number without needless zeros; anything else as it is written.

    >>> [usual_allele(written) for written in ("022", "12.0", "9.30", "9,3", "X")]
    ['22', '12', '9.3', '9,3', 'X']
    """
    return re.sub(_PARTIAL, r"\1", re.sub(_WHOLE, r"\1", written, flags=re.ASCII), flags=re.ASCII)


def usual_alleles(cells: pl.Expr) -> pl.Expr:
    """`usual_allele` of a whole column."""
    return cells.str.replace(_WHOLE, "$1").str.replace(_PARTIAL, "$1")
