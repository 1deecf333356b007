"""Inputs that must be refused, each with the sentence the clerk gets.

Every input is built in an empty folder. Its sentence stands in malformed.txt: the place, what was
found, what is needed, what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tests.intake import fams
from tests.intake.folders import FREQUENCIES, SETTINGS, change, own_table, small_folder

Build = Callable[[Path], Path]


@dataclass(frozen=True)
class Malformed:
    """One input: `build` writes it into a folder and returns the path to read."""

    name: str
    build: Build
    sentence: str  # the first problem in words
    problems: int  # how many problems the input has

    @property
    def fragments(self) -> tuple[str, str, str]:
        """(place, found, needed): what every sentence must hold."""
        match = re.fullmatch(r"(.+?): .+ Found: (.+?)\. Needed: (.+?)\. .+", self.sentence)
        assert match, f"{self.name}: no place, found and needed in {self.sentence!r}"
        return match.group(1), match.group(2), match.group(3)


def _spoil(file: str, old: str, new: str) -> Build:
    return lambda folder: change(small_folder(folder), file, old, new)


def _encoded(file: str, encoding: str, old: str = "", new: str = "") -> Build:
    def build(folder: Path) -> Path:
        small_folder(folder)
        if old:
            change(folder, file, old, new)
        text = (folder / file).read_text("utf-8")
        (folder / file).write_bytes(text.encode(encoding))
        return folder

    return build


def _bytes(file: str, content: bytes) -> Build:
    def build(folder: Path) -> Path:
        small_folder(folder)
        (folder / file).write_bytes(content)
        return folder

    return build


def _separated(separator: str) -> Build:
    def build(folder: Path) -> Path:
        small_folder(folder)
        path = folder / "profiles.csv"
        path.write_text(path.read_text("utf-8").replace(",", separator), "utf-8")
        return folder

    return build


def _without(file: str) -> Build:
    def build(folder: Path) -> Path:
        small_folder(folder)
        (folder / file).unlink()
        return folder

    return build


def _table(old: str, new: str) -> Build:
    return lambda folder: own_table(small_folder(folder), _replaced(FREQUENCIES, old, new))


def _settings(text: str) -> Build:
    """Settings with more sections at the end."""
    return lambda folder: change(small_folder(folder), "settings.toml", SETTINGS, SETTINGS + text)


def _replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def _broken_parquet(folder: Path) -> Path:
    small_folder(folder)
    (folder / "profiles.csv").unlink()
    (folder / "profiles.parquet").write_bytes(b"PAR1 and nothing else")
    return folder


def _listed_parquet(folder: Path) -> Path:
    small_folder(folder)
    (folder / "profiles.csv").unlink()
    frame = pl.DataFrame({"family": ["F1"], "person": ["MO"], "locus": ["TH01"], "allele1": [["6", "7"]]})
    frame.write_parquet(folder / "profiles.parquet")
    return folder


def _profiles(column: str, *rows: str) -> Build:
    """A table of profiles with one more column, from its rows."""
    return _bytes("profiles.csv", "\n".join([f"family,person,locus,allele1,allele2,{column}", *rows]).encode())


def _fam(old: str, new: str) -> Build:
    return lambda folder: fams.spoiled(folder, fams.dvi_text(), old, new)


def _cut_fam(folder: Path) -> Path:
    text = fams.dvi_text()
    return fams.write(folder, text[: text.index('"VWA"') + 8])


def _cut_dvi(folder: Path) -> Path:
    text = fams.dvi_text()
    return fams.write(folder, text[: text.index("[[[[[Person 3]]]]]")])


def _question(folder: Path) -> Path:
    return fams.write(folder, fams.question_text())


def _twice(folder: Path) -> Path:
    small_folder(folder)
    (folder / "profiles.parquet").write_bytes(b"PAR1")
    return folder


def _path(name: str) -> Build:
    return lambda folder: small_folder(folder) / name


def _replace_persons(folder: Path, text: str) -> Path:
    (small_folder(folder) / "persons.csv").write_text(text, "utf-8")
    return folder


def _replace_settings(folder: Path, text: str) -> Path:
    (small_folder(folder) / "settings.toml").write_text(text, "utf-8")
    return folder


def _utf16(path: Path) -> Path:
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))
    return path


CUSTOM = """
[mutation_by_locus.TH01]
kind = "custom"
alleles = ["6", "7"]
matrix_female = [[0.9, 0.1], [0.0, 1.0]]
matrix_male = [[0.9, 0.2], [0.0, 1.0]]
"""

TWINS = """family,person,father,mother,sex,role,twin
F1,FA,,,male,relative,
F1,MO,,,female,relative,
F1,M1,FA,MO,male,missing,a
F1,SIS,FA,MO,female,relative,a
,R1,,,male,remains,
,R2,,,,remains,
"""

BUILDS: dict[str, Build] = {
    "missing file": _without("profiles.csv"),
    "no such folder": _path("nowhere"),
    "neither folder nor Familias file": _path("persons.csv"),
    "empty file": _bytes("persons.csv", b""),
    "header alone": _bytes("profiles.csv", b"family,person,locus,allele1,allele2\n"),
    "semicolons": _separated(";"),
    "tabs": _separated("\t"),
    "UTF-16": _encoded("persons.csv", "utf-16"),
    "Latin-1": _encoded("persons.csv", "latin-1", "SIS", "SØS"),
    "Windows-1251": _encoded("persons.csv", "cp1251", "SIS", "СЕСТРА"),
    "broken Parquet": _broken_parquet,
    "Parquet with lists": _listed_parquet,
    "CSV and Parquet": _twice,
    "quote left open": _spoil("profiles.csv", "F1,SIS,TH01", 'F1,"SIS,TH01'),
    "row too long": _spoil("profiles.csv", "F1,MO,vWA,16,17", "F1,MO,vWA,16,17,18"),
    "column missing": _spoil("profiles.csv", "family,person,locus", "family,person,area"),
    "column misspelt": _spoil("persons.csv", "mother", "mothr"),
    "column twice": _spoil("persons.csv", "mother", "father"),
    "five alleles": _bytes(
        "profiles.csv", b"family,person,locus,allele1,allele2,allele3,allele4,allele5\n,R1,TH01,6,7,,,\n"
    ),
    "three alleles without drop-in": _bytes(
        "profiles.csv", b"family,person,locus,allele1,allele2,allele3\n,R1,TH01,6,7,8\n"
    ),
    "drop-in of 1": _bytes("profiles.csv", b"family,person,locus,allele1,allele2,dropin\n,R1,TH01,6,7,1\n"),
    "one sample of two persons": _bytes(
        "profiles.csv",
        b"family,person,sample,locus,allele1,allele2\nF1,MO,S-7,TH01,6,7\nF1,MO,S-7,vWA,16,17\n,R1,S-7,TH01,6,7\n",
    ),
    "unknown kit": _profiles("kit", ",R1,TH01,6,7,GlobalFilter"),
    "scope misspelt": _profiles("scope", "F1,MO,TH01,6,7,directt"),
    "two scopes of one sample": _profiles("scope", "F1,MO,TH01,6,7,direct", ",R1,TH01,6,7,", "F1,MO,vWA,16,17,none"),
    "scope in one row alone": _profiles("scope", "F1,MO,TH01,6,7,none", "F1,MO,vWA,16,17,"),
    "person empty": _spoil("profiles.csv", "F1,MO,vWA", "F1,,vWA"),
    "father is female": _spoil("persons.csv", "F1,FA,,,male", "F1,FA,,,female"),
    "unknown parent": _spoil("persons.csv", "F1,SIS,FA,MO", "F1,SIS,FA,MA"),
    "one parent": _spoil("persons.csv", "F1,SIS,FA,MO", "F1,SIS,,MO"),
    "own ancestor": _spoil("persons.csv", "F1,FA,,,male", "F1,FA,M1,MO,male"),
    "person twice": _spoil("persons.csv", ",R1,,", "F1,SIS,FA,MO,female,relative\n,R1,,"),
    "twins of different sex": lambda folder: _replace_persons(folder, TWINS),
    "sex misspelt": _spoil("persons.csv", "F1,MO,,,female", "F1,MO,,,femal"),
    "unknown role": _spoil("persons.csv", "male,missing", "male,lost"),
    "remains in a family": _spoil("persons.csv", ",R2,,,,remains", "F1,R2,,,,remains"),
    "relative without family": _spoil("persons.csv", "F1,SIS,FA,MO", ",SIS,,"),
    "family without missing": _spoil("persons.csv", "male,missing", "male,relative"),
    "remains twice": _spoil("persons.csv", ",R2,", ",R1,,,,remains\n,R2,"),
    "staff in a family": _spoil("persons.csv", ",R2,", "F1,T1,,,female,staff\n,R2,"),
    "staff with a father": _spoil("persons.csv", ",R2,", ",T1,FA,,female,staff\n,R2,"),
    "staff named as remains": _spoil("persons.csv", ",R2,", ",R1,,,female,staff\n,R2,"),
    "profile of unknown person": _spoil("profiles.csv", ",R2,TH01", ",R3,TH01"),
    "locus typed twice": _spoil("profiles.csv", "F1,MO,vWA,16,17", "F1,MO,THO1,16,17"),
    "unknown locus": _spoil("profiles.csv", "F1,MO,vWA", "F1,MO,vWX"),
    "locus in no table": lambda folder: change(
        own_table(small_folder(folder)), "profiles.csv", "F1,MO,vWA", "F1,MO,D21S11"
    ),
    "allele not a number": _spoil("profiles.csv", "F1,SIS,TH01,6,7", "F1,SIS,TH01,6,OL"),
    "alleles with decimal comma": _spoil("profiles.csv", "F1,MO,TH01,6,9.3", 'F1,MO,TH01,6,"9,3"'),
    "two alleles in a cell": _spoil("profiles.csv", "F1,MO,TH01,6,9.3", "F1,MO,TH01,6/9.3,"),
    "first allele empty": _spoil("profiles.csv", ",R2,TH01,7,", ",R2,TH01,,7"),
    "amelogenin 1": _spoil("profiles.csv", ",R1,AMEL,X,Y", ",R1,AMEL,X,1"),
    "frequency above 1": _table("TH01,9.3,0.5", "TH01,9.3,1.5"),
    "frequencies summing to 1.3": _table("TH01,9.3,0.5", "TH01,9.3,0.8"),
    "negative frequency": _table("TH01,9.3,0.5", "TH01,9.3,-0.5"),
    "frequency with decimal comma": _table("TH01,9.3,0.5", 'TH01,9.3,"0,5"'),
    "size of the table infinite": _table(
        "locus,allele,frequency\nTH01,6,0.2", "locus,allele,frequency,database_size\nTH01,6,0.2,inf"
    ),
    "frequency not a number": _table("TH01,9.3,0.5", "TH01,9.3,half"),
    "allele twice in table": _table("TH01,7,0.3", "TH01,6,0.3"),
    "table of a later format": _table("frequencies/1", "frequencies/9"),
    "unknown table": _spoil("settings.toml", '"Norway"', '"Norwey"'),
    "no tables": _spoil("settings.toml", 'tables = ["Norway"]', ""),
    "TOML with decimal comma": _spoil("settings.toml", "theta = 0.01", "theta = 0,01"),
    "bad TOML": _spoil("settings.toml", 'tables = ["Norway"]', 'tables = ["Norway"'),
    "unknown key": _spoil("settings.toml", "theta = 0.01", "thetta = 0.01"),
    "unknown key in a section": _spoil("settings.toml", "outside", "outsde"),
    "folder of a later format": _spoil("settings.toml", "antigone-case/1", "antigone-case/9"),
    "M missing": _spoil("settings.toml", "missing_total = 120\n", ""),
    "no prior": lambda folder: _replace_settings(folder, SETTINGS.split("\n[prior]")[0]),
    "M too small": _spoil("settings.toml", "missing_total = 120", "missing_total = 0"),
    "M below the missing of the case": lambda folder: change(
        _spoil("settings.toml", "missing_total = 120", "missing_total = 1")(folder),
        "persons.csv",
        "female,relative\n,R1",
        "female,missing\n,R1",
    ),
    "M not a whole number": _spoil("settings.toml", "missing_total = 120", "missing_total = 12.5"),
    "q outside 0 to 1": _spoil("settings.toml", "outside = 0.05", "outside = 5"),
    "q = 0 without reason": _spoil("settings.toml", "outside = 0.05", "outside = 0"),
    "theta is 1": _spoil("settings.toml", "theta = 0.01", "theta = 1.0"),
    "theta in words": _spoil("settings.toml", "theta = 0.01", 'theta = "small"'),
    "threshold infinite": _settings("\n[thresholds]\nmatch_log10_lr = inf\n"),
    "threshold not a number": _settings("\n[thresholds]\nexclusion_log10_lr = nan\n"),
    "dropout not a number": _settings("\n[dropout]\npoor = nan\n"),
    "M infinite": _spoil("settings.toml", "missing_total = 120", "missing_total = inf"),
    "mutation rate above 1": _settings('\n[mutation]\nkind = "equal"\nrate_male = 2.0\n'),
    "unknown mutation model": _settings('\n[mutation]\nkind = "stepwice"\n'),
    "matrix not stochastic": _settings(CUSTOM),
    "matrix of wrong size": _settings(CUSTOM.replace('["6", "7"]', '["6"]')),
    "Familias file cut short": _cut_fam,
    "Familias DVI section cut short": _cut_dvi,
    "Familias file without DVI": _question,
    "not a Familias file": _fam("Output from Familias", "Output from elsewhere"),
    "Familias unknown locus": _fam("SystemName= VWA", "SystemName= D3S1358"),
    "Familias allele not in database": _fam("Allele2= 9.3", "Allele2= OL"),
    "Familias frequency not a number": _fam("\n0.3\n", "\nhalf\n"),
    "Familias frequency with comma": _fam("\n0.3\n", "\n0,3\n"),
    "Familias negative frequency": _fam("\n0.3\n", "\n-0.3\n"),
    "Familias frequencies summing to 1.3": _fam("\n0.3\n", "\n0.6\n"),
    "Familias mutation rate above 1": _fam("\n0.001\n", "\n1.001\n"),
    "Familias mutation model 7": _fam("\n4\n", "\n7\n"),
    "Familias stepwise rest allele": _fam('"9.3"', '"Rest allele"'),
    "Familias family without missing": _fam("Parent= Missing person", "Parent= Husband"),
    "Familias sex of a parent unknown": _fam("Parent= Wife\nChild= Son\n[Prior]", "[Prior]"),
    "Familias two mothers": _fam("Parent= Missing person", "Parent= Missing female 1"),
    "Familias locus twice": _fam(
        "SystemName= VWA\nAllele1= 16\nAllele2= 16", "SystemName= TH01\nAllele1= 6\nAllele2= 6"
    ),
    "Familias UTF-16": lambda folder: _utf16(fams.write(folder, fams.dvi_text())),
}


def _sentences() -> dict[str, tuple[str, int]]:
    """Blocks of two lines: the name, with the number of problems where it is not 1; the sentence."""
    text = (Path(__file__).parent / "malformed.txt").read_text("utf-8")
    blocks = [block.split("\n") for block in text.strip().split("\n\n") if block]
    named = [re.fullmatch(r"(.+?)(?: \((\d+) problems\))?", head) for head, _ in blocks]
    return {
        match.group(1): (sentence, int(match.group(2) or 1))
        for match, (_, sentence) in zip(named, blocks, strict=True)
        if match
    }


MALFORMED = tuple(Malformed(name, BUILDS[name], *said) for name, said in _sentences().items())
"""Every malformed input, in the order of malformed.txt."""
