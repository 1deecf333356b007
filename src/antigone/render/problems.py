"""What is wrong with an input, as sentences a clerk can act on: place, found, needed, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from antigone.domain import Place, Problem
from antigone.render import problem_words, register_problem_words
from antigone.render.language import _

_GROUPS = (
    problem_words.files,
    problem_words.tables,
    problem_words.kinship,
    problem_words.profiles,
    problem_words.numbers,
    problem_words.familias,
    problem_words.questions,
    problem_words.clusters,
    problem_words.facts,
    register_problem_words.fields,
    register_problem_words.handovers,
    register_problem_words.persons,
    register_problem_words.access,
    register_problem_words.registers,
    register_problem_words.agreement,
    register_problem_words.ledgers,
    register_problem_words.exports,
    register_problem_words.witnesses,
)


def known_codes() -> tuple[str, ...]:
    """Every code that has words."""
    return tuple(chain.from_iterable(group() for group in _GROUPS))


def problem_sentence(problem: Problem) -> str:
    """One problem in words.

    >>> place = Place("profiles.csv", 7, "allele1", "D3S1358")
    >>> problem_sentence(Problem("allele", place, "OL", "one repeat number such as 12 or 9.3"))
    'profiles.csv, row 7, column allele1 (D3S1358): this is not an allele. Found: OL. Needed:
    one repeat number such as 12 or 9.3. Write one allele in a cell; leave the cell empty where
    nothing was seen.'
    """
    wrong, correct = _words(problem.code)
    place = place_words(problem.place)
    parts = [f"{place}: {wrong}." if place else f"{wrong[:1].upper()}{wrong[1:]}."]
    if problem.found:
        parts.append(_("Found: {found}.").format(found=problem.found.rstrip(".")))
    if problem.needed:
        parts.append(_("Needed: {needed}.").format(needed=problem.needed.rstrip(".")))
    return " ".join([*parts, correct]).strip()


def refusal_text(problems: Sequence[Problem]) -> str:
    """All problems of an input, numbered, and that nothing was read.

    >>> print(refusal_text([Problem("empty-file", Place("persons.csv"), "nothing", "one row")]))
    1 problem; nothing was read.
    1. persons.csv: the file is empty. Found: nothing. Needed: one row. Export it again.
    """
    several = _("{count} problems; nothing was read.").format(count=len(problems))
    lines = [several if len(problems) != 1 else _("1 problem; nothing was read.")]
    lines += [f"{number}. {problem_sentence(p)}" for number, p in enumerate(problems, start=1)]
    return "\n".join(lines)


def place_words(place: Place) -> str:
    """Where it stands: rows in tables, lines in other files.

    >>> place_words(Place("settings.toml", 12, item="prior.outside"))
    'settings.toml, line 12 (prior.outside)'
    """
    parts = [place.file] if place.file else []
    if place.row is not None:
        table = place.file.endswith((".csv", ".parquet", ".xlsx"))
        parts.append((_("row {row}") if table else _("line {row}")).format(row=place.row))
    if place.column:
        parts.append(_("column {column}").format(column=place.column))
    where = ", ".join(parts)
    if place.item and place.item != place.column:
        return f"{where} ({place.item})" if where else place.item
    return where


def _words(code: str) -> problem_words.Words:
    for group in _GROUPS:
        words = group()
        if code in words:
            return words[code]
    return _("this cannot be used ({code})").format(code=code), ""
