"""A table of invented missing persons: few names are common and many are rare, as among people."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

COLUMNS = (
    "surname", "first_names", "patronymic", "sex", "born", "power", "service_number", "unit", "identity_papers",
    "last_seen", "place", "other_particulars",
)  # fmt: skip
_KNOWN = {"Surname": 50_000, "First": 300, "Patronymic": 300}
"""How many names of each sort there are."""
_CONSONANTS, _VOWELS = "bdklmnprtv", "aeiou"
_EVENING = 10
"""The name of rank r is drawn in proportion to 1 / (r + this)."""


class Names:
    """Names that are plainly none, drawn by chance."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._totals = {sort: list(accumulate(1 / (r + _EVENING) for r in range(n))) for sort, n in _KNOWN.items()}

    def one(self, sort: str) -> str:
        """One name of this sort: Surname, First or Patronymic."""
        totals = self._totals[sort]
        return sort + _word(self._chance.choices(range(len(totals)), cum_weights=totals)[0])


def write_table(path: Path, persons: int, seed: int) -> None:
    """A table of so many persons, as `import_missing_persons` reads it."""
    chance = Random(seed)
    names = Names(chance)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for number in range(1, persons + 1):
            born = date(1960, 1, 1) + timedelta(chance.randrange(46 * 365))
            seen = date(2022, 3, 1) + timedelta(chance.randrange(4 * 365))
            table.writerow((
                names.one("Surname"), names.one("First"), names.one("Patronymic"), "male", born, "Side A",
                f"A-{number:07d}", f"Unit-{chance.randrange(400)}", "", seen, f"Place-{chance.randrange(3_000)}",
                f"Scar number {number}.",
            ))  # fmt: skip


def _word(number: int) -> str:
    """The number in syllables of a consonant and a vowel, so that no two fold onto one another in the index."""
    letters = ""
    for _ in range(3):
        number, rest = divmod(number, len(_CONSONANTS) * len(_VOWELS))
        consonant, vowel = divmod(rest, len(_VOWELS))
        letters += _CONSONANTS[consonant] + _VOWELS[vowel]
    return letters
