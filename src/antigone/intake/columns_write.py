"""Whole columns -> a case folder, for cases too large to be values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from antigone.domain import Policy
from antigone.intake.collector import Collector
from antigone.intake.settings import SETTINGS
from antigone.intake.settings_text import settings_text

BULK_ROWS = 20_000
"""A table of more rows is written as Parquet."""


def new_folder(path: str | Path) -> Path:
    """The folder, made where it is absent; InputRefused where it holds anything: nothing is overwritten."""
    folder = Path(path)
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        found = "a file" if folder.is_file() else "files in it"
        Collector(folder.name).refuse("folder-not-empty", found=found, needed="a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_columns(tables: Mapping[str, pl.DataFrame], path: str | Path) -> None:
    """Each table as NAME.csv, or as NAME.parquet where it is long; empty cells are nulls.

    The folder must be new or empty.
    """
    folder = new_folder(path)
    for name, table in tables.items():
        if len(table) > BULK_ROWS:
            table.write_parquet(folder / f"{name}.parquet", statistics=False)
        else:
            table.write_csv(folder / f"{name}.csv")


def write_case_columns(
    tables: Mapping[str, pl.DataFrame], policy: Policy, frequency_tables: tuple[str, ...], name: str, path: str | Path
) -> None:
    """A case folder from its tables and settings; frequency tables by the names of those shipped, or by path."""
    write_columns(tables, path)
    (Path(path) / SETTINGS).write_text(settings_text(policy, frequency_tables, name), "utf-8")
