"""Names and values of one record, in the words of the page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from antigone.domain import InputRefused, Kind, kind_of
from antigone.register.opening import keyring, opened
from antigone.web.localised import day, moment, number
from antigone.web.names import Names
from antigone.web.tables import Cell, Facts, text
from antigone.web.words import choice_words, field_label, role_words

_CHOICES = {"methods", "sex", "side", "scope", "seal_found", "quality", "material"}
_MONO = {"tag", "seal", "sha256", "dropout", "dropin", "log10_lr"}
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHOWN_ELSEWHERE: dict[Kind, frozenset[str]] = {
    Kind.FAMILY: frozenset({"pedigree"}),
    Kind.MISSING_PERSON: frozenset({"missing_since"}),
    Kind.PROPOSAL: frozenset(
        {"remains", "missing_person", "findings", "proposed_by", "signed_by", "dissent_by", "dissent"}
        | {"reasons", "other_evidence"}
    ),
    Kind.DECISION: frozenset({"remains", "missing_person", "findings", "signed_by", "reasons", "told"}),
    Kind.FINDING: frozenset({"by_locus", "made"}),
    Kind.PROFILE: frozenset({"autosomal", "x", "y", "mtdna", "snp"}),
    Kind.GENETIC_FAMILY: frozenset({"pedigree", "checks"}),
}
_FOR_GENETICISTS: dict[Kind, frozenset[str]] = {Kind.FINDING: frozenset({"pedigree"})}
"""What may differ from the declared kinship."""


def facts_of(record: Any, names: Names) -> Facts:
    """All that this record holds and the actor may read."""
    left_out = _SHOWN_ELSEWHERE.get(record.KIND, frozenset())
    plain = [name for name in type(record).PLAIN if name not in left_out and getattr(record, name) != record.pk]
    pairs = [(_label(record, name), _plain_cell(record, name, names)) for name in plain]
    pairs += sealed_pairs(record, names, [name for name in type(record).SEALED if name not in left_out])
    pairs += [
        (field_label("party"), text(names.office(record.party_id))),
        (field_label("institution"), text(names.office(record.institution_id))),
        (_("Entered"), text(moment(record.entered_at))),
        (_("Version"), text(number(record.version))),
    ]
    note = (
        _("The particulars were erased; the key they were sealed with is destroyed.")
        if record.state == "erased"
        else ""
    )
    return Facts("facts", _("Particulars"), [pair for pair in pairs if not _is_empty(pair[1])], note)


def sealed_pairs(record: Any, names: Names, wanted: Sequence[str]) -> list[tuple[str, Cell]]:
    """Label and value of these sealed values, where there is one."""
    values = opened(record, keyring())
    closed = (
        _FOR_GENETICISTS.get(record.KIND, frozenset()) if not names.actor.reaches(Kind.GENETIC_FAMILY) else frozenset()
    )
    found = [(_label(record, name), _cell(name, values.get(name), names)) for name in wanted if name not in closed]
    return [pair for pair in found if not _is_empty(pair[1])]


def _label(record: Any, name: str) -> str:
    return field_label(name, record.KIND.value)


def _is_empty(cell: Cell) -> bool:
    return not cell.more and cell.words in ("", "–")


def _plain_cell(record: Any, name: str, names: Names) -> Cell:
    column = record._meta.get_field(name)
    value = getattr(record, column.attname)
    if column.is_relation:
        return names.link(value)
    if name == "roles":
        return text(", ".join(role_words(role) for role in value))
    return _cell(name, value, names)


def _cell(name: str, value: Any, names: Names) -> Cell:
    if value is None or value == "" or value == [] or value == {}:
        return Cell()
    if isinstance(value, bool):
        return text(choice_words("", "yes" if value else "no"))
    if isinstance(value, int):
        return Cell(number(value))
    if isinstance(value, datetime.date):
        return text(day(value))
    if isinstance(value, dict):
        return Cell(more=tuple(_cell(key, inner, names) for key, inner in value.items()))
    if isinstance(value, list):
        return Cell(more=tuple(_cell(name, inner, names) for inner in value))
    return _text_cell(name, str(value), names)


def _text_cell(name: str, value: str, names: Names) -> Cell:
    if name in _CHOICES:
        return text(choice_words(name, value))
    if _ISO_DATE.fullmatch(value):
        return text(day(value))
    try:
        kind_of(value)
    except InputRefused:
        return Cell(value, kind="mono" if name in _MONO else "")
    return names.link(value)
