"""What went wrong with the samples and the kinship behind a true pair, as far as the truth tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from antigone.domain import WhyMissed
from antigone.simulate.kinds import KINDS, PARENTS, SLOTS

_CHILDREN = {parent: [c for c, both in PARENTS.items() if parent in both] for parent in range(len(SLOTS))}


def lines_between(kind: str, missing: str) -> frozenset[tuple[str, str]]:
    """(child, parent) of every line of descent on which the kinship of typed relatives and missing person rests.

    >>> sorted(lines_between("mother", "missing"))
    [('missing', 'mother')]
    >>> sorted(lines_between("uncle", "missing"))[:3]
    [('father', 'grandfather'), ('father', 'grandmother'), ('missing', 'father')]
    """
    those = KINDS[kind].typed | {SLOTS.index(missing)}
    lines = ((child, parent) for child, both in PARENTS.items() for parent in both)
    return frozenset(
        (SLOTS[child], SLOTS[parent])
        for child, parent in lines
        if _below([child]) & those and _beyond(child, parent) & those
    )


def _below(of: Iterable[int], cut: tuple[int, int] | None = None) -> frozenset[int]:
    """These and their descendants, the line (child, parent) cut."""
    found, waiting = set(of), list(of)
    while waiting:
        parent = waiting.pop()
        children = [c for c in _CHILDREN[parent] if (c, parent) != cut and c not in found]
        found.update(children)
        waiting += children
    return frozenset(found)


def _beyond(child: int, parent: int) -> frozenset[int]:
    """Blood relatives of the parent without the line to this child."""
    ancestors, waiting = {parent}, [parent]
    while waiting:
        above = PARENTS.get(waiting.pop(), ())
        ancestors.update(above)
        waiting += above
    return _below(ancestors, (child, parent))


def with_faults(true_pairs: pl.DataFrame, truth: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """`true_pairs` (remains, sample, exchanged_remains, family, missing) with one yes-or-no column for each fault."""
    relatives, errors = truth["relatives"], truth["typing_errors"].select("sample").unique()
    families = {
        WhyMissed.EXCHANGED_RELATIVE: relatives.filter(pl.col("typed_as").is_not_null()),
        WhyMissed.GIVEN_AS_ANOTHER: relatives.filter(pl.col("truly") != "as given"),
        "mistyped_relative": relatives.join(errors, on="sample", how="semi"),
    }
    paternity = truth["paternity"].select("family", "child", parent="declared")
    lines = {
        WhyMissed.FALSE_PATERNITY: paternity,
        WhyMissed.MUTATION: truth["mutations"].select("family", "child", "parent"),
    }
    found = _marked(true_pairs, errors, ["sample"], "mistyped_remains")
    for name, rows in families.items():
        found = _marked(found, rows.select("family").unique(), ["family"], str(name))
    for name, rows in lines.items():
        found = _marked(found, _that_matter(rows, truth), ["family", "missing"], str(name))
    return found.with_columns(
        pl.col("exchanged_remains").alias(WhyMissed.EXCHANGED_REMAINS),
        (pl.col("mistyped_remains") | pl.col("mistyped_relative")).alias(WhyMissed.TYPING_ERROR),
    ).drop("mistyped_remains", "mistyped_relative", "exchanged_remains")


FAULTS = (
    WhyMissed.EXCHANGED_REMAINS, WhyMissed.EXCHANGED_RELATIVE, WhyMissed.GIVEN_AS_ANOTHER, WhyMissed.FALSE_PATERNITY,
    WhyMissed.TYPING_ERROR, WhyMissed.MUTATION,
)  # fmt: skip
"""The columns that `with_faults` adds."""


def _marked(frame: pl.DataFrame, rows: pl.DataFrame, on: list[str], name: str) -> pl.DataFrame:
    marked = frame.join(rows.with_columns(pl.lit(True).alias(name)), on=on, how="left", maintain_order="left")
    return marked.with_columns(pl.col(name).fill_null(False))


def _that_matter(rows: pl.DataFrame, truth: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """family, missing: where one of the lines (family, child, parent) is one the kinship rests on."""
    kinds = truth["families"].select("family", "kind")
    slots = truth["missing"]["missing"].unique().to_list()
    resting = pl.DataFrame(
        [(k, m, child, parent) for k in KINDS for m in slots for child, parent in sorted(lines_between(k, m))],
        schema=dict.fromkeys(("kind", "missing", "child", "parent"), pl.String),
        orient="row",
    )
    found = rows.join(kinds, on="family").join(truth["missing"].select("family", "missing"), on="family")
    mattering = found.join(resting, on=["kind", "missing", "child", "parent"], how="semi")
    return mattering.select("family", "missing").unique()
