"""Frequency tables: shipped, and a laboratory's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from antigone.domain import KITS, canonical_locus
from antigone.intake import read_table, shipped_tables, table_digest
from antigone.intake.frequency_tables import table_text
from tests.intake.folders import FREQUENCIES
from tests.refusals import problems_of


@pytest.mark.parametrize("name", ["Norway", "Africa", "East Asia", "Norway 35"])
def test_shipped_table_says_what_it_is(name: str) -> None:
    table = read_table(name)
    assert table.name == name
    assert table.source.startswith("R package")
    assert "not for casework" in table.note


@pytest.mark.parametrize("name", ["Norway", "Africa", "East Asia", "Norway 35"])
def test_shipped_table_is_sound(name: str) -> None:
    for locus, values in read_table(name).loci.items():
        assert canonical_locus(locus) == locus
        assert sum(values.alleles.values()) == pytest.approx(1.0, abs=1e-6)
        assert all(float(allele) > 0.0 for allele in values.alleles)


def test_shipped_tables_cover_the_kits() -> None:
    for name in shipped_tables():
        assert set(KITS["Fusion 6C"]) <= set(read_table(name).loci)


def test_published_frequencies() -> None:
    """Two figures of each package, read off its data set."""
    assert read_table("Norway").loci["D1S1656"].alleles["11"] == 0.073863
    assert read_table("Norway 35").loci["D3S1358"].alleles["15"] == pytest.approx(0.26351, abs=5e-6)


def test_own_table(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(FREQUENCIES)
    table = read_table(tmp_path / "own.csv")
    assert (table.name, table.source) == ("Own", "own laboratory")
    assert table.loci["TH01"].alleles == {"6": 0.2, "7": 0.3, "9.3": 0.5}


def test_silent_size_and_minimum(tmp_path: Path) -> None:
    rows = "THO1,6,0.4,250,0.01\nTHO1,7,0.5,,\nTHO1,silent,0.1,250,\n"
    (tmp_path / "own.csv").write_text("locus,allele,frequency,database_size,minimum\n" + rows)
    locus = read_table(tmp_path / "own.csv").loci["TH01"]
    assert (locus.alleles, locus.silent) == ({"6": 0.4, "7": 0.5}, 0.1)
    assert (locus.database_size, locus.minimum) == (250, 0.01)


def test_two_sizes_of_one_locus_are_refused(tmp_path: Path) -> None:
    rows = "TH01,6,0.5,250\nTH01,7,0.5,260\n"
    (tmp_path / "own.csv").write_text("locus,allele,frequency,database_size\n" + rows)
    refused = problems_of(read_table, tmp_path / "own.csv")
    assert [(p.code, p.found) for p in refused] == [("value-differs", "250 and 260")]


def test_digest_is_of_what_the_table_says(tmp_path: Path) -> None:
    table = read_table("Norway 35")
    (tmp_path / "copy.csv").write_text(table_text(table))
    copy = read_table(tmp_path / "copy.csv")
    assert copy == table
    assert table_digest(copy) == table_digest(table)
    assert table_digest(read_table("Norway")) != table_digest(table)
