"""What scoring reads of a run folder, and who is who by the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from antigone.domain import Prior

RUN_TABLES: dict[str, tuple[str, ...]] = {
    "candidates": ("remains", "family", "missing", "log10_lr", "loci"),
    "alike": ("first_role", "first", "second_role", "second", "log10_lr", "over_brothers"),
    "remains": ("remains", "sample_class", "loci", "compared", "sum_below_floor"),
    "missing": (
        "family", "missing", "relatives", "typed_relatives", "below_floor_low", "below_floor_high", "searchable",
        "compared", "sum_below_floor",
    ),
}  # fmt: skip
"""Tables of a run folder that a score needs, and their columns."""
FURTHER_COLUMNS: dict[str, tuple[str, ...]] = {"missing": ("loci_band",)}
"""Columns that those may lack."""
FURTHER_TABLES: dict[str, tuple[str, ...]] = {
    "direct": ("remains", "family", "person", "log10_lr"),
    "strata": ("relatives", "loci_band", "threshold", "expected", "standard_error"),
    "tail": ("threshold", "counted", "pairs", "predicted", "low", "high"),
}
"""Tables that a run folder may lack."""
NAMES = ("remains", "family", "missing")
"""A pair of remains and a missing person."""


@dataclass(frozen=True, slots=True, eq=False)
class ScreenedRun:
    """A screening as it is scored; tables: those of RUN_TABLES, and of FURTHER_TABLES where the run has them.

    In `strata`, `expected` pairs of unrelated people have a log10 LR of `threshold` or more; `missing` may have the
    loci_band, too. In `tail`, everything but `threshold` is a number of pairs.
    """

    name: str
    prior: Prior
    floor_log10_lr: float
    tables: Mapping[str, pl.DataFrame] = field(repr=False)

    def own_candidates(self) -> pl.DataFrame:
        """NAMES, log10_lr and loci of every candidate; by a direct reference where that is stronger (loci: none)."""
        columns = (*NAMES, "log10_lr", "loci")
        found = self.tables["candidates"].select(columns)
        if "direct" not in self.tables:
            return found
        direct = self.tables["direct"].rename({"person": "missing"}).with_columns(
            log10_lr=pl.col("log10_lr").cast(found.schema["log10_lr"]), loci=pl.lit(None, found.schema["loci"])
        ).select(columns)  # fmt: skip
        both = pl.concat([found, direct.filter(pl.col("log10_lr") >= self.floor_log10_lr)])
        return both.sort("log10_lr", descending=True, maintain_order=True).unique(NAMES, keep="first")


@dataclass(frozen=True, slots=True, eq=False)
class WhoIsWho:
    """remains: remains, person, kin, donor (whose genes stand under its name), donor_kin. missing: family, missing,
    person, family_kin, registrations. exchanged: family, kin whose samples stand under its relatives' names.

    kin: a family that stands for all who are kin by the truth (two families that miss one person are), null
    for those whom nobody misses.
    """

    remains: pl.DataFrame
    missing: pl.DataFrame
    exchanged: pl.DataFrame


def who_is_who(truth: Mapping[str, pl.DataFrame]) -> WhoIsWho:
    """The people behind remains and missing persons; `truth`: TRUTH_TABLES as text."""
    families = truth["families"].select("family", family_kin=pl.coalesce("second_of", "family"))
    missing = truth["missing"].join(families, on="family", how="left", maintain_order="left")
    missing = missing.with_columns(registrations=pl.len().over("person"))
    kin = missing.group_by("person").agg(kin=pl.col("family_kin").first())
    sampled = truth["remains"].select(pl.col("sample").alias("typed_as"), pl.col("person").alias("donor"))
    remains = truth["remains"].select("remains", "person", typed_as=pl.coalesce("typed_as", "sample"))
    remains = (
        remains.join(kin, on="person", how="left", maintain_order="left")
        .join(sampled, on="typed_as", how="left", maintain_order="left")
        .join(kin.rename({"person": "donor", "kin": "donor_kin"}), on="donor", how="left", maintain_order="left")
    )
    relatives = truth["relatives"]
    donors = relatives.join(families, on="family").select(pl.col("sample").alias("typed_as"), kin="family_kin")
    exchanged = relatives.select("family", "typed_as").drop_nulls().join(donors, on="typed_as").drop("typed_as")
    return WhoIsWho(remains.drop("typed_as"), missing, exchanged.unique())


def with_relations(pairs: pl.DataFrame, who: WhoIsWho) -> pl.DataFrame:
    """The pairs (NAMES among their columns) with `relation`, a value of `Really`, and who both are."""
    looks_kin = who.exchanged.with_columns(looks=pl.lit(True))
    joined = (
        pairs.join(who.remains, on="remains", how="left", maintain_order="left")
        .join(who.missing.rename({"person": "missed"}), on=["family", "missing"], how="left", maintain_order="left")
        .join(looks_kin, on=["family", "kin"], how="left", maintain_order="left")
    )
    is_this = pl.col("person") == pl.col("missed")
    typed_for = (pl.col("donor") != pl.col("person")) & (pl.col("donor_kin") == pl.col("family_kin"))
    return joined.with_columns(
        relation=pl.when(is_this.fill_null(False))
        .then(pl.lit("true"))
        .when(typed_for.fill_null(False) | pl.col("looks").fill_null(False))
        .then(pl.lit("exchanged"))
        .when((pl.col("kin") == pl.col("family_kin")).fill_null(False))
        .then(pl.lit("kin"))
        .otherwise(pl.lit("unrelated"))
    ).drop("looks")
