"""What belongs to a sample as a whole: whose it is, its kit, dropout, drop-in and scope."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from antigone.domain import KITS
from antigone.intake.collector import ROW, Collector, did_you_mean
from antigone.intake.folder_cells import SCOPES, different, of_each
from antigone.intake.numbering import ABSENT, codes, gathered, numbered, pair_keys

_KITS = {re.sub(r"\W", "", kit).lower(): kit for kit in KITS}
_WHOSE = ["family", "person"]


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """The samples of a table of profiles, one per person, in the order of first appearance.

    frame: the table. who: (rows,) number of the sample. first: (samples,) its first row. heads: these rows.
    """

    frame: pl.DataFrame
    who: NDArray[np.int64]
    first: NDArray[np.int64]
    heads: pl.DataFrame

    def __len__(self) -> int:
        return len(self.first)


def samples_of(frame: pl.DataFrame) -> Samples:
    """The rows of a table of profiles by family and person."""
    keys = pair_keys(codes(frame["family"]), codes(frame["person"]), len(different(frame["person"])))
    who, first = numbered(keys)
    return Samples(frame, who, first, frame[first].with_columns(pl.col(_WHOSE).cast(pl.String)))


def person_rows(samples: Samples, persons: pl.DataFrame, collector: Collector) -> NDArray[np.int64]:
    """(samples,) row of the person in a table of persons, ABSENT where it has none."""
    listed = persons.select(_WHOSE).with_row_index("at").unique(_WHOSE, keep="first")
    heads = samples.heads.join(listed, on=_WHOSE, how="left", nulls_equal=True, maintain_order="left")
    collector.add_rows("profile-of-unknown-person", "person", heads.filter(pl.col("at").is_null()), lambda row: {
        "item": row["person"], "needed": "a person of persons.csv",
        "found": f"{row['person']} of {'family ' + row['family'] if row['family'] else 'the remains and staff'}",
    })  # fmt: skip
    return heads["at"].cast(pl.Int64).fill_null(ABSENT).to_numpy()


def names_of(samples: Samples, collector: Collector) -> pl.Series:
    """(samples,) the sample's identifier: what is written, or the person's."""
    written = value_of(samples, "sample", collector)
    _check_owners(samples, written, collector)
    name = written.cast(pl.String).fill_null(samples.heads["person"])
    return name.cast(pl.Enum(name.unique(maintain_order=True)))


def _check_owners(samples: Samples, written: pl.Series, collector: Collector) -> None:
    """A sample that is named belongs to one person."""
    if not written.drop_nulls().is_duplicated().any():
        return
    at = gathered(samples.frame[ROW], _first_stated(samples, "sample"))
    rows = samples.heads.with_columns(written, at).drop_nulls("sample").sort(ROW)
    owner = pl.col(ROW, *_WHOSE).first().over("sample").name.prefix("owner_")
    rows = rows.with_columns(owner).filter(pl.col(ROW) != pl.col("owner_row"))
    collector.add_rows("sample-of-two", "sample", rows, lambda row: {
        "item": row["sample"], "needed": "each sample of one person",
        "found": f"sample of {_whose(row['family'], row['person'])} and, in row {row['owner_row']}, "
                 f"of {_whose(row['owner_family'], row['owner_person'])}",
    })  # fmt: skip


def _whose(family: str | None, person: str) -> str:
    return f"{person} of family {family}" if family else person


def _first_stated(samples: Samples, column: str) -> NDArray[np.int64]:
    """(samples,) the first row in which the cell is not empty; ABSENT for none."""
    cells = samples.frame[column]
    if not cells.has_nulls():
        return samples.first
    stated = np.flatnonzero(cells.is_not_null().to_numpy())[::-1]
    first = np.full(len(samples), ABSENT)
    first[samples.who[stated]] = stated
    return first


def value_of(samples: Samples, column: str, collector: Collector) -> pl.Series:
    """(samples,) the cell that is the same in all rows of a sample that have it; null where none has."""
    cells = samples.frame[column]
    value = gathered(cells, _first_stated(samples, column))
    if cells.null_count() < len(cells):
        code = codes(cells)
        differing = (code != ABSENT) & (code != codes(value)[samples.who])
        if differing.any():
            _note_differing(samples, column, samples.who[differing], collector)
    return value


def _note_differing(samples: Samples, column: str, which: NDArray[np.int64], collector: Collector) -> None:
    """At the row of the second value."""
    code = "two-samples" if column == "sample" else "value-differs"
    needed = "one sample for each person" if column == "sample" else "one value for the sample"
    cell = pl.col(column).cast(pl.String)
    rows = samples.frame.filter(pl.Series(np.isin(samples.who, which)), cell.is_not_null()).group_by(
        _WHOSE, maintain_order=True
    )
    found = rows.agg(pl.col(ROW).filter(cell != cell.first()).first(), cell.unique(maintain_order=True).head(3))
    collector.add_rows(code, column, found, lambda row: {
        "item": row["person"], "found": " and ".join(row[column]), "needed": needed,
    })  # fmt: skip


def kits_of(samples: Samples, collector: Collector) -> pl.Series:
    """(samples,) the kit in its usual name; null where none is stated."""
    written = value_of(samples, "kit", collector)
    texts = different(written)
    known = pl.Series([_KITS.get(re.sub(r"\W", "", text).lower()) for text in texts], dtype=pl.Enum(list(KITS)))
    rows = samples.heads.with_columns(written).filter(of_each(written, known.is_null()))
    collector.add_rows("unknown-kit", "kit", rows, lambda row: {
        "item": row["person"], "found": row["kit"], "needed": did_you_mean(row["kit"], list(KITS)),
    })  # fmt: skip
    return of_each(written, known)


def scopes_of(samples: Samples, collector: Collector) -> pl.Series:
    """(samples,) what the sample may be used for. An empty cell is a word too: kinship."""
    if samples.frame["scope"].null_count() == len(samples.frame):
        return pl.Series("scope", ["kinship"], pl.Enum(SCOPES)).new_from_index(0, len(samples))
    scope = samples.frame["scope"].cast(pl.Enum(SCOPES), strict=False).fill_null("kinship")
    code = codes(scope)
    differing = code != code[samples.first][samples.who]
    rows = samples.frame.with_columns(first=pl.Series(samples.first[samples.who])).filter(pl.Series(differing))
    rows = rows.unique(_WHOSE, keep="first", maintain_order=True)
    firsts = samples.frame.select(first_row=ROW, first_scope="scope")[rows["first"]]
    collector.add_rows("scope-differs", "scope", pl.concat([rows, firsts], how="horizontal"), lambda row: {
        "item": row["person"], "needed": "one scope in all rows of the sample; an empty cell means kinship",
        "found": f"{row['first_scope'] or 'an empty cell'} in row {row['first_row']}, "
                 f"{row['scope'] or 'an empty cell'} in row {row['row']}",
    })  # fmt: skip
    return scope.gather(samples.first)
