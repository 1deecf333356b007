"""A small sound case, as the files a laboratory would write; the tests spoil it in one place."""

from __future__ import annotations

from pathlib import Path

PERSONS = """family,person,father,mother,sex,role
F1,FA,,,male,relative
F1,MO,,,female,relative
F1,M1,FA,MO,male,missing
F1,SIS,FA,MO,female,relative
,R1,,,male,remains
,R2,,,,remains
"""

PROFILES = """family,person,locus,allele1,allele2
F1,MO,TH01,6,9.3
F1,MO,vWA,16,17
F1,SIS,TH01,6,7
F1,SIS,D3S1358,15,16
,R1,TH01,6,9.3
,R1,vWA,17,18
,R1,D3S1358,15,15
,R1,AMEL,X,Y
,R2,TH01,7,
"""

SETTINGS = """format = "antigone-case/1"
name = "Small"
tables = ["Norway"]
theta = 0.01

[prior]
missing_total = 120
outside = 0.05
"""

FREQUENCIES = """# format: antigone-frequencies/1
# name: Own
# source: own laboratory
locus,allele,frequency
TH01,6,0.2
TH01,7,0.3
TH01,9.3,0.5
vWA,16,0.2
vWA,17,0.4
vWA,18,0.4
D3S1358,15,0.5
D3S1358,16,0.5
"""


def small_folder(folder: Path) -> Path:
    """The sound case."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "persons.csv").write_text(PERSONS, "utf-8")
    (folder / "profiles.csv").write_text(PROFILES, "utf-8")
    (folder / "settings.toml").write_text(SETTINGS, "utf-8")
    return folder


def change(folder: Path, file: str, old: str, new: str) -> Path:
    """Replace one text that must be there."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return folder


def own_table(folder: Path, text: str = FREQUENCIES) -> Path:
    """The case with a frequency table of its own."""
    (folder / "own.csv").write_text(text, "utf-8")
    return change(folder, "settings.toml", '"Norway"', '"own.csv"')
