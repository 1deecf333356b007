"""Pedigrees of the shapes that drawings get wrong."""

from __future__ import annotations

from antigone.domain import Pedigree, Person, Sex

M, F, U = Sex.MALE, Sex.FEMALE, Sex.UNKNOWN


def _pedigree(*lines: str, twins: tuple[frozenset[str], ...] = ()) -> Pedigree:
    """`name sex` or `name sex father mother`, one person a line."""
    sexes = {"m": M, "f": F, "u": U}

    def person(line: str) -> Person:
        name, sex, *parents = line.split()
        father, mother = parents or (None, None)
        return Person(name, father, mother, sexes[sex])

    return Pedigree(tuple(person(line) for line in lines), twins)


TRIO = _pedigree("father m", "mother f", "son m father mother")
SINGLE = _pedigree("alone m")
UNCONNECTED = _pedigree("alone m", "father m", "mother f", "son u father mother", "other f")
TWO_MARRIAGES = _pedigree(
    "father m", "first f", "second f", "a m father first", "b f father first", "c m father second"
)
THREE_MARRIAGES = _pedigree("father m", "w1 f", "w2 f", "w3 f", "a m father w1", "b m father w2", "c f father w3")
UNCLE = _pedigree(
    "grandfather m", "grandmother f",
    "father m grandfather grandmother", "uncle m grandfather grandmother", "aunt f grandfather grandmother",
    "first f", "second f", "missing m father first", "half m father second",
    "unclewife f", "cousin f uncle unclewife",
)  # fmt: skip
COUSINS = _pedigree(
    "grandfather m", "grandmother f", "a m grandfather grandmother", "b f grandfather grandmother",
    "awife f", "bman m", "x m a awife", "y f bman b", "child m x y", "sister f x y",
)  # fmt: skip
UNCLE_AND_NIECE = _pedigree(
    "grandfather m", "grandmother f", "uncle m grandfather grandmother", "sister f grandfather grandmother",
    "man m", "niece f man sister", "child u uncle niece",
)  # fmt: skip
FATHER_AND_DAUGHTER = _pedigree("father m", "mother f", "daughter f father mother", "child m father daughter")
THREE_GENERATIONS = _pedigree(
    "pgf m", "pgm f", "mgf m", "mgm f", "father m pgf pgm", "aunt f pgf pgm", "mother f mgf mgm",
    "uncle m mgf mgm", "s1 m father mother", "s2 m father mother", "s3 f father mother",
)  # fmt: skip
TWINS = _pedigree(
    "father m", "mother f", "a m father mother", "b m father mother", "c f father mother", "wife f",
    "child f b wife", twins=(frozenset({"a", "b"}),),
)  # fmt: skip
EXCHANGE = _pedigree(
    "f1 m", "m1 f", "f2 m", "m2 f", "b1 m f1 m1", "s1 f f1 m1", "b2 m f2 m2", "s2 f f2 m2",
    "x m b1 s2", "y f b2 s1",
)  # fmt: skip
LARGE = _pedigree(
    "gf m", "gm f", "hf m", "hm f",
    "a m gf gm", "b f gf gm", "c m gf gm", "d f gf gm", "e m hf hm", "g f hf hm",
    "aw f", "aw2 f", "cw f", "dm m",
    "a1 m a aw", "a2 f a aw", "a3 m a aw2", "b1 m e b", "b2 f e b", "b3 m e b",
    "c1 f c cw", "c2 m c cw", "d1 u dm d", "d2 m dm d",
    "p f", "q f", "n1 m a1 p", "n2 f a1 p", "n3 m b1 q", "n4 m b1 q",
)  # fmt: skip

SHAPES = {
    "trio": TRIO,
    "single": SINGLE,
    "unconnected": UNCONNECTED,
    "two_marriages": TWO_MARRIAGES,
    "three_marriages": THREE_MARRIAGES,
    "uncle": UNCLE,
    "cousins": COUSINS,
    "uncle_and_niece": UNCLE_AND_NIECE,
    "father_and_daughter": FATHER_AND_DAUGHTER,
    "three_generations": THREE_GENERATIONS,
    "twins": TWINS,
    "exchange": EXCHANGE,
    "large": LARGE,
}
