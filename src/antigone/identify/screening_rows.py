"""The first rows of the long tables of a screening, as values for a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import polars as pl

from antigone.domain import AlikeCount, AlikeRow, BrothersRow, CandidateRow, DirectRow, NotSearchable, Role

MOST_CANDIDATES = 200
MOST_ROWS = 100
"""Rows of every other list."""


def candidate_rows(frame: pl.DataFrame | None) -> tuple[CandidateRow, ...]:
    """The strongest candidates. frame: with `relatives`, the kind of each; chance_kin may be absent."""
    if frame is not None and "chance_kin" not in frame.columns:
        frame = frame.with_columns(chance_kin=pl.lit(None, pl.Float64))
    return tuple(CandidateRow(**row) for row in _strongest(frame, CandidateRow, MOST_CANDIDATES))


def direct_rows(frame: pl.DataFrame | None) -> tuple[DirectRow, ...]:
    """The strongest pairs of remains and own samples.

    >>> table = {"remains": ["R1", "R2"], "family": ["F1", "F1"], "person": ["son", "son"], "loci": [9, 21]}
    >>> [row.remains for row in direct_rows(pl.DataFrame({**table, "log10_lr": [5.2, 24.0]}))]
    ['R2', 'R1']
    """
    return tuple(DirectRow(**row) for row in _strongest(frame, DirectRow))


def brothers_rows(frame: pl.DataFrame | None) -> tuple[BrothersRow, ...]:
    """The strongest pairs of remains that look like brothers."""
    return tuple(BrothersRow(**row) for row in _strongest(frame, BrothersRow))


def alike_rows(frame: pl.DataFrame | None) -> tuple[AlikeRow, ...]:
    """The strongest pairs of samples that look like one person."""
    roles = ("first_role", "second_role")
    return tuple(AlikeRow(**row | {side: Role(row[side]) for side in roles}) for row in _strongest(frame, AlikeRow))


def alike_counts(frame: pl.DataFrame | None) -> tuple[AlikeCount, ...]:
    """Pairs of samples that look like one person by whose they are, whichever of the two comes first.

    >>> table = pl.DataFrame({"first_role": ["relative", "remains"], "second_role": ["remains", "relative"]})
    >>> [(count.first_role.value, count.second_role.value, count.pairs) for count in alike_counts(table)]
    [('remains', 'relative', 2)]
    """
    if frame is None:
        return ()
    roles = tuple(Role)
    places = {role.value: place for place, role in enumerate(roles)}
    pairs = Counter[tuple[int, int]]()
    for first, second, n in frame.group_by("first_role", "second_role").len().iter_rows():
        pairs[min(places[first], places[second]), max(places[first], places[second])] += n
    return tuple(AlikeCount(roles[a], roles[b], n) for (a, b), n in sorted(pairs.items()))


def not_searchable_rows(missing: pl.DataFrame | None, persons: pl.DataFrame) -> tuple[NotSearchable, ...]:
    """The first of those who cannot be found, in the order of the case."""
    if missing is None:
        return ()
    listed = persons.filter(pl.col("role").cast(pl.String) == Role.MISSING).select(
        pl.col("family").cast(pl.String), pl.col("person").cast(pl.String).alias("missing")
    )
    unfound = missing.filter(~pl.col("searchable"))
    ordered = listed.join(unfound, on=["family", "missing"], maintain_order="left")
    columns = [field.name for field in fields(NotSearchable)]
    return tuple(NotSearchable(**row) for row in ordered.select(columns).head(MOST_ROWS).iter_rows(named=True))


def _strongest(frame: pl.DataFrame | None, kind: type, most: int = MOST_ROWS) -> Iterator[dict[str, Any]]:
    """The first rows by log10 LR, those of one LR as they stand, with the columns that the kind of row has."""
    if frame is not None:
        kept = frame.select(field.name for field in fields(kind))
        yield from kept.sort("log10_lr", descending=True, maintain_order=True).head(most).iter_rows(named=True)
