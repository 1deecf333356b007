"""The joint posterior of n families with one missing brother and a sister typed, and n remains.

The peer materialises every assignment: n = 5 took 64 s, n = 6 was stopped after 300 s (dvir 3.4.2).
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

import numpy as np

from antigone.domain import (
    KITS,
    Call,
    Case,
    Family,
    FrequencyTable,
    JointFinding,
    Pedigree,
    Person,
    Policy,
    Prior,
    Profile,
    Remains,
    Sex,
)
from antigone.identify import joint_finding
from antigone.intake import read_table


@dataclass(frozen=True)
class Timing:
    """Seconds for all likelihoods, the posterior and the ten best answers, under one prior."""

    families: int
    seconds: float
    finding: JointFinding


def brothers_and_sisters(n: int, seed: int = 1) -> Case:
    """n families, each with a typed sister and a missing brother; all n brothers among the remains."""
    rng = np.random.default_rng(seed)
    table = read_table("Norway")
    families, remains = [], []
    for i in range(n):
        parents = [_unrelated(rng, table) for _ in range(2)]
        sister, brother = (_child(rng, *parents) for _ in range(2))
        father, mother = Person("father", sex=Sex.MALE), Person("mother", sex=Sex.FEMALE)
        pedigree = Pedigree(
            (
                father,
                mother,
                Person("sister", "father", "mother", Sex.FEMALE),
                Person("brother", "father", "mother", Sex.MALE),
            )
        )
        families.append(Family(f"F{i + 1}", pedigree, ("brother",), {"sister": Profile(f"F{i + 1}-sister", sister)}))
        remains.append(Remains(f"R{i + 1}", Profile(f"R{i + 1}", brother)))
    policy = Policy(prior=Prior(10 * n, 0.1))
    return Case(f"{n} brothers", tuple(families), tuple(remains), (table,), policy)


def _unrelated(rng: np.random.Generator, table: FrequencyTable) -> dict[str, Call]:
    calls = {}
    for locus in KITS["Fusion 6C"]:
        names = list(table.loci[locus].alleles)
        p = np.array(list(table.loci[locus].alleles.values()))
        calls[locus] = Call(tuple(names[i] for i in rng.choice(len(names), 2, p=p / p.sum())))
    return calls


def _child(rng: np.random.Generator, father: dict[str, Call], mother: dict[str, Call]) -> dict[str, Call]:
    return {
        locus: Call((father[locus].alleles[rng.integers(2)], mother[locus].alleles[rng.integers(2)]))
        for locus in father
    }


def measure(sizes: tuple[int, ...] = tuple(range(2, 21)), repeats: int = 3) -> list[Timing]:
    """The median per size, after one run that compiles."""
    joint_finding(brothers_and_sisters(14))
    timings = []
    for n in sizes:
        case = brothers_and_sisters(n)
        seconds = []
        for _ in range(repeats):
            begin = time.perf_counter()
            finding = joint_finding(case, wider_prior=False)
            seconds.append(time.perf_counter() - begin)
        timings.append(Timing(n, statistics.median(seconds), finding))
    return timings


if __name__ == "__main__":
    for t in measure():
        best = t.finding.answers[0]
        print(f"{t.families:3d} families {t.seconds:8.3f} s, best answer {best.probability:.4f}")
