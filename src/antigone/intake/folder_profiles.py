"""profiles.csv as columns: one row per sample and locus, with the row of the person it is of."""

from __future__ import annotations

import polars as pl

from antigone.domain import FrequencyTable, Policy
from antigone.intake.collector import Collector
from antigone.intake.folder_calls import check_calls
from antigone.intake.folder_cells import numbers
from antigone.intake.folder_loci import ALLELES, canonical_loci, check_alleles, check_loci, shared_alleles
from antigone.intake.folder_samples import kits_of, names_of, person_rows, samples_of, scopes_of, value_of


def profile_columns(
    frame: pl.DataFrame, persons: pl.DataFrame, tables: tuple[FrequencyTable, ...], policy: Policy,
    collector: Collector,
) -> pl.DataFrame:  # fmt: skip
    """The calls that rows of profiles.csv tell of, see `CaseColumns.profiles`; problems go to the collector."""
    frame = frame.drop_nulls("locus")  # reported cell by cell
    frame = shared_alleles(frame.with_columns(canonical_loci(frame["locus"])))
    check_loci(frame, tables, policy, collector)
    check_alleles(frame, tables, collector)
    frame = frame.drop_nulls("person")
    samples = samples_of(frame)
    of_samples = pl.DataFrame([
        pl.Series("person_row", person_rows(samples, persons, collector)),
        names_of(samples, collector),
        kits_of(samples, collector),
        numbers(value_of(samples, "dropout", collector)),
        numbers(value_of(samples, "dropin", collector)).fill_null(0.0),
        scopes_of(samples, collector),
    ])  # fmt: skip
    by_row = of_samples[samples.who]
    check_calls(frame, samples.who, by_row["dropin"].to_numpy(), collector)
    return by_row.select(
        "person_row", "sample", frame["locus"], *(frame[column] for column in ALLELES),
        (frame["homozygous"] == "yes").fill_null(False), "kit", "dropout", "dropin", "scope",
    )  # fmt: skip
