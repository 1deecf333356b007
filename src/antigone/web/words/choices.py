"""Words that fields offer to choose from, and the offices of users."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from antigone.domain import UserRole

_ROLES: dict[UserRole, str | Promise] = {
    UserRole.ADMINISTRATOR: _("administrator"),
    UserRole.REGISTRAR: _("registrar of the missing"),
    UserRole.LIAISON: _("family liaison"),
    UserRole.COORDINATOR: _("coordinator of handovers"),
    UserRole.EXAMINER: _("examiner of remains"),
    UserRole.LABORATORY: _("laboratory"),
    UserRole.GENETICIST: _("geneticist"),
    UserRole.SIGNATORY: _("signatory of the board"),
    UserRole.BURIAL_OFFICER: _("burial officer"),
    UserRole.INTERMEDIARY: _("neutral intermediary"),
    UserRole.AUDITOR: _("auditor"),
    UserRole.FAMILY_CONTACT: _("contact of the family"),
}

CHOICES: dict[str, str | Promise] = {
    "male": _("male"),
    "female": _("female"),
    "unknown": _("unknown"),
    "side": _("a side of the conflict"),
    "neutral": _("a neutral third"),
    "yes": _("yes"),
    "no": _("no"),
    "kinship": pgettext_lazy("scope of consent", "comparison with families"),
    "direct": pgettext_lazy("scope of consent", "direct comparison only"),
    "none": pgettext_lazy("scope of consent", "no use"),
}
"""Word of a field -> what the page says."""

_BY_FIELD: dict[tuple[str, str], str | Promise] = {
    ("seal_found", "none"): pgettext_lazy("seal", "no seal"),
    ("seal_found", "intact"): pgettext_lazy("seal", "intact"),
    ("seal_found", "broken"): pgettext_lazy("seal", "broken"),
    ("seal_found", "other"): pgettext_lazy("seal", "another seal"),
}


def choice_words(field: str, word: str) -> str:
    """What the page says for a word of this field; the word itself where nobody gave it one."""
    return str(_BY_FIELD.get((field, word)) or CHOICES.get(word) or word)


def has_choice_words(field: str, word: str) -> bool:
    """Whether somebody gave this word one."""
    return (field, word) in _BY_FIELD or word in CHOICES


def role_words(role: UserRole | str) -> str:
    """What an office is called."""
    return str(_ROLES[UserRole(role)])
