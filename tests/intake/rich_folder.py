"""A case folder with every kind of person, sample and link; and the same spoilt at random."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

from antigone.domain import PROFILES
from tests.intake.folders import FREQUENCIES, own_table, small_folder

RICH_PERSONS = """family,person,father,mother,sex,role,twin,label,inbreeding
F1,FA,,,male,relative,,,0.1
F1,MO,,,female,relative,,Ms A,0
F1,M1,FA,MO,male,missing,a,,
F1,M2,FA,MO,male,missing,a,,
F1,SIS,FA,MO,female,relative,,,
F2,GF,,,male,relative,,,
F2,GM,,,female,relative,,,
,R0,,,,remains,,,
F2,FA,GF,GM,male,relative,,,
F2,MO,,,female,relative,,,
F2,M1,FA,MO,male,missing,,,
F3,W,,,female,relative,,,
F3,H,,,male,missing,,,
F3,C,H,W,unknown,relative,,,
,R1,,,male,remains,,,
,T1,,,female,staff,,,
,R2,,,Female,Remains,,,
"""
TYPED = (
    ("F1", "FA", "S1", "GlobalFiler", "", "", "direct"),
    ("F1", "MO", "S2", "", "0.1", "", ""),
    ("F1", "SIS", "", "", "", "", "none"),
    ("F2", "GF", "S4", "Fusion-6c", "", "0.01", "kinship"),
    ("F2", "MO", "", "", "", "", ""),
    ("F3", "C", "S7", "", " 0.05 ", "", ""),
    ("", "R0", "S8", "", "", "", ""),
    ("", "R1", "", "", "", "0", ""),
    ("", "T1", "S9", "CODIS20", "", "", ""),
)
CALLS = (("THO1", "06", "9.30", ""), ("vWA", "16", "17", ""), ("D3S1358", "15", "15", "yes"))
WORDS = [
    "", "F1", "F2", "F9", "FA", "MO", "M1", "SIS", "R1", "R9", "T1", " FA ", "a", "b", "S1", "S8", "male", "femal",
    "missing", "relative", "remains", "staff", "lost", "direct", "none", "kinship", "all", "0.5", "1.5", "0,5", "1",
    "0", "-1", "nan", "inf", "x", "yes", "no", "maybe", "GlobalFiler", "kit", "6", "9.3", "OL", "9,3", "6/7", "7 8",
    "012.0", "Q", "X", "TH01", "vwa", "vWX", "D21S11", "AMEL", "DYS391",
]  # fmt: skip
"""What cells are spoilt with."""
OWN = FREQUENCIES.replace("TH01,7,0.3", "TH01,Q,0.3")


def rich_rows() -> tuple[list[list[str]], list[list[str]]]:
    persons = list(csv.reader(io.StringIO(RICH_PERSONS)))
    profiles = [[column.name for column in PROFILES]]
    for family, person, sample, kit, dropout, dropin, scope in TYPED:
        for locus, first, second, homozygous in CALLS:
            row = [family, person, sample, locus, first, second, "", "", homozygous, kit, dropout, dropin, scope]
            profiles.append(row)
    profiles.append(["", "R0", "", "AMEL", "X", "Y", "", "", "", "", "", "", ""])
    profiles.append(["F2", "GF", "S4", "FGA"] + [""] * 9)
    return persons, profiles


def write(folder: Path, persons: list[list[str]], profiles: list[list[str]]) -> Path:
    own_table(small_folder(folder), OWN + "FGA,20,1\n")
    for name, rows in (("persons.csv", persons), ("profiles.csv", profiles)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    return folder


def spoiled(rng: random.Random) -> tuple[list[list[str]], list[list[str]]]:
    """The rich case with a few cells, rows or the order of rows changed."""
    tables = rich_rows()
    for _ in range(rng.choice([0, 1, 1, 2, 4])):
        rows = rng.choice(tables)
        row, column = rng.randrange(1, len(rows)), rng.randrange(len(rows[0]))
        kind = rng.random()
        if kind < 0.8:
            rows[row][column] = rng.choice([*WORDS, *(other[column] for other in rows[1:])])
        elif kind < 0.9:
            rows.insert(rng.randrange(1, len(rows)), list(rows[row]))
        elif len(rows) > 2:
            rows.pop(row)
    if rng.random() < 0.2:
        head, *body = tables[1]
        rng.shuffle(body)
        tables[1][:] = [head, *body]
    return tables
