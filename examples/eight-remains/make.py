"""How this case was made: nobody in it ever lived. Genotypes are drawn from the table "Norway".

Run from the project's folder: .venv/bin/python examples/eight-remains/make.py
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from antigone.domain import KITS
from antigone.intake import read_table

HERE = Path(__file__).parent
SEED = 20260221
FAMILIES: dict[str, list[tuple[str, str, str, str, str, bool]]] = {
    # person, father, mother, sex, role, typed
    "F1": [
        ("father", "", "", "male", "relative", True),
        ("mother", "", "", "female", "relative", True),
        ("son", "father", "mother", "male", "missing", False),
    ],
    "F2": [
        ("father", "", "", "male", "relative", False),
        ("mother", "", "", "female", "relative", True),
        ("son", "father", "mother", "male", "missing", False),
    ],
    "F3": [
        ("father", "", "", "male", "relative", False),
        ("mother", "", "", "female", "relative", True),
        ("sister", "father", "mother", "female", "relative", True),
        ("elder brother", "father", "mother", "male", "missing", False),
        ("younger brother", "father", "mother", "male", "missing", False),
    ],
    "F4": [
        ("husband", "", "", "male", "missing", False),
        ("wife", "", "", "female", "relative", True),
        ("daughter", "husband", "wife", "female", "relative", True),
        ("son", "husband", "wife", "male", "relative", True),
    ],
    "F5": [
        ("grandfather", "", "", "male", "relative", False),
        ("grandmother", "", "", "female", "relative", False),
        ("uncle", "grandfather", "grandmother", "male", "relative", True),
        ("father", "grandfather", "grandmother", "male", "relative", False),
        ("mother", "", "", "female", "relative", False),
        ("nephew", "father", "mother", "male", "missing", False),
    ],
    "F6": [
        ("father", "", "", "male", "relative", False),
        ("mother", "", "", "female", "relative", False),
        ("first sister", "father", "mother", "female", "relative", True),
        ("second sister", "father", "mother", "female", "relative", True),
        ("brother", "father", "mother", "male", "missing", False),
    ],
    "F7": [
        ("husband", "", "", "male", "missing", False),
        ("wife", "", "", "female", "relative", True),
    ],
    "F8": [
        ("father", "", "", "male", "relative", True),
        ("mother", "", "", "female", "relative", True),
        ("son", "father", "mother", "male", "missing", False),
    ],
}
REMAINS = {
    "R1": ("F1", "son"),
    "R2": ("F2", "son"),
    "R3": ("F3", "elder brother"),
    "R4": ("F3", "younger brother"),
    "R5": ("F4", "husband"),
    "R6": ("F5", "nephew"),
    "R7": ("F6", "brother"),
    "R8": None,
}
PARTIAL = {"R7": 14}
"""Loci with a call in remains whose DNA was degraded; at two of them one allele was lost as well."""
Genotype = dict[str, tuple[str, str]]


def main() -> None:
    rng = np.random.default_rng(SEED)
    truth = {family: _descend(rng, members) for family, members in FAMILIES.items()}
    with (HERE / "persons.csv").open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["family", "person", "father", "mother", "sex", "role"])
        for family, members in FAMILIES.items():
            rows.writerows([family, *member[:5]] for member in members)
        rows.writerows(["", remains, "", "", "", "remains"] for remains in REMAINS)
    with (HERE / "profiles.csv").open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["family", "person", "locus", "allele1", "allele2", "kit"])
        for family, members in FAMILIES.items():
            for person, _, _, sex, _, typed in members:
                if typed:
                    rows.writerows(_rows(family, person, truth[family][person], sex))
        for remains, origin in REMAINS.items():
            genotype = truth[origin[0]][origin[1]] if origin else _unrelated(rng)
            if remains in PARTIAL:
                genotype = _degrade(rng, genotype, PARTIAL[remains])
            rows.writerows(_rows("", remains, genotype, "male"))


def _descend(rng: np.random.Generator, members: list[tuple[str, str, str, str, str, bool]]) -> dict[str, Genotype]:
    found: dict[str, Genotype] = {}
    for person, father, mother, *_ in members:
        if not father:
            found[person] = _unrelated(rng)
            continue
        found[person] = {
            locus: (found[mother][locus][rng.integers(2)], found[father][locus][rng.integers(2)])
            for locus in found[mother]
        }
    return found


def _unrelated(rng: np.random.Generator) -> Genotype:
    table = read_table("Norway")
    genotype = {}
    for locus in KITS["Fusion 6C"]:
        names, p = zip(*table.loci[locus].alleles.items(), strict=True)
        first, second = rng.choice(len(names), 2, p=np.array(p) / sum(p))
        genotype[locus] = (names[first], names[second])
    return genotype


def _degrade(rng: np.random.Generator, genotype: Genotype, kept: int) -> Genotype:
    loci = sorted(rng.choice(list(genotype), kept, replace=False), key=list(genotype).index)
    seen = {str(locus): genotype[locus] for locus in loci}
    for locus in [x for x, (a, b) in seen.items() if a != b][:2]:
        seen[locus] = (seen[locus][0], "")
    return seen


def _rows(family: str, person: str, genotype: Genotype, sex: str) -> list[list[str]]:
    rows = [[family, person, locus, *sorted(pair, key=_repeat), "Fusion 6C"] for locus, pair in genotype.items()]
    return [*rows, [family, person, "AMEL", "X", "Y" if sex == "male" else "X", "Fusion 6C"]]


def _repeat(allele: str) -> float:
    return float(allele) if allele else 1000.0


if __name__ == "__main__":
    main()
