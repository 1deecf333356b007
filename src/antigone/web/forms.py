"""The form of any verb, made from the fields of its command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext

from antigone.actions import FieldOf, Shape, fields_of, verb
from antigone.domain import Kind, Place, Problem, UserRole
from antigone.register import doors
from antigone.register.actor import Actor
from antigone.register.passwords import new_one_time_password
from antigone.render import problem_sentence
from antigone.web.words import KINDS, choice_words, field_help, field_label, role_words

FEW = {Kind.PARTY, Kind.INSTITUTION}
"""Kinds of which there are so few that a list to choose from is shorter than an identifier."""
_BLOCKS = {Shape.LINES, Shape.CALLS, Shape.MEMBERS, Shape.ROWS, Shape.REFS}
_FROM_FILE = {Shape.CALLS, Shape.MEMBERS, Shape.ROWS}


@dataclass(frozen=True, slots=True)
class FormField:
    """One field as the page shows it.

    `control`: text, block, secret, date, number, choice, many, fixed, hidden, file. `choices`: (value, words).
    `from_file`: a file may be sent instead of a text. `problems`: sentences beside the field.
    """

    name: str
    label: str
    control: str
    required: bool
    value: str = ""
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    from_file: bool = False
    problems: tuple[str, ...] = ()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The values that are ticked, of a field that takes several."""
        return tuple(part.strip() for part in self.value.split(","))


def form_of(
    name: str,
    typed: Mapping[str, str] | None = None,
    problems: Iterable[Problem] = (),
    fixed: Iterable[str] = (),
    actor: Actor | None = None,
) -> list[FormField]:
    """The fields of a verb with what was typed and what is wrong with it.

    `fixed`: names of fields that the page was opened for, shown and not asked. `actor`: whose lists to choose from.
    """
    values = {} if typed is None else typed
    by_name: dict[str, list[str]] = {}
    for problem in problems:
        by_name.setdefault(problem.place.column, []).append(_beside(problem))
    fields = []
    for field in fields_of(verb(name).command):
        shown = _field(name, field, values, actor)
        if field.name in fixed and shown.value:
            shown = replace(shown, control="fixed")
        fields.append(replace(shown, problems=tuple(by_name.get(field.name, ()))))
    return fields


def elsewhere(problems: Iterable[Problem], fields: Iterable[FormField]) -> list[str]:
    """Sentences for problems of no field that the form shows."""
    names = {field.name for field in fields if field.control not in ("hidden", "fixed")}
    return [_sentence(problem, problem.place) for problem in problems if problem.place.column not in names]


def _beside(problem: Problem) -> str:
    """The sentence without the name of the field, next to which it stands."""
    return _sentence(problem, Place(row=problem.place.row, item=problem.place.item))


def _sentence(problem: Problem, place: Place) -> str:
    """The sentence in the language of the request, what is needed included."""
    needed = gettext(problem.needed) if problem.needed else ""
    return str(problem_sentence(replace(problem, place=place, needed=needed)))


def _field(name: str, field: FieldOf, values: Mapping[str, str], actor: Actor | None) -> FormField:
    value = values.get(field.name)
    if value is None:
        value = _suggested(name, field)
    control, choices = _control(field), _choices(name, field, actor)
    if choices and control != "many":
        control = "choice"
    return FormField(
        field.name,
        field_label(field.name, name),
        control,
        field.required,
        value,
        field_help(field.name, name),
        choices,
        field.shape in _FROM_FILE,
    )


def _control(field: FieldOf) -> str:
    if field.name in ("roles", "cleared"):
        return "many"
    if field.shape in _BLOCKS:
        return "block"
    return {
        Shape.SECRET: "secret",
        Shape.DATE: "date",
        Shape.NUMBER: "number",
        Shape.FLAG: "choice",
        Shape.CHOICE: "choice",
        Shape.SEEN: "hidden",
        Shape.FILE: "file",
    }.get(field.shape, "text")


def _choices(name: str, field: FieldOf, actor: Actor | None) -> tuple[tuple[str, str], ...]:
    if field.name == "roles":
        return tuple((role.value, role_words(role)) for role in UserRole)
    if field.name == "cleared":
        return tuple((other.name, field_label(other.name, name)) for other in _clearable(name))
    if field.shape is Shape.FLAG:
        return tuple((word, choice_words("", word)) for word in ("no", "yes"))
    if field.shape is Shape.CHOICE:
        words = tuple((word, _word(field.name, word)) for word in field.mark.words)
        return words if field.required or field.default else (("", "–"), *words)
    if field.shape is Shape.REF and actor is not None and FEW.issuperset(field.mark.kinds):
        rows = [row for kind in field.mark.kinds for row in doors.DOORS[kind].visible(actor)]
        listed = tuple((row.pk, f"{row.name} ({row.pk})") for row in rows)
        return listed if field.required else (("", "–"), *listed)
    return ()


def _clearable(name: str) -> list[FieldOf]:
    """Fields of a correction that can be emptied."""
    kinds = (Shape.TEXT, Shape.LINES, Shape.DATE)
    fields = fields_of(verb(name).command)
    return [f for f in fields if f.shape in kinds and not f.required and f.name not in ("cleared", "reason")]


def _word(name: str, word: str) -> str:
    return str(KINDS[Kind(word)].many) if name == "kind" else choice_words(name, word)


def _suggested(name: str, field: FieldOf) -> str:
    if (name, field.name) == ("renew_access", "one_time_password"):
        return new_one_time_password()
    default: Any = field.default
    if isinstance(default, bool):
        return "yes" if default else "no"
    return "" if default is None else str(default)
