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

_CHOICES: dict[str, dict[str, str | Promise]] = {
    "": {"yes": _("yes"), "no": _("no")},
    "sex": {"male": _("male"), "female": _("female"), "unknown": pgettext_lazy("sex", "unknown")},
    "side": {"side": _("a side of the conflict"), "neutral": _("a neutral third")},
    "scope": {
        "kinship": pgettext_lazy("consent", "comparison with families"),
        "direct": pgettext_lazy("consent", "direct comparison only"),
        "none": pgettext_lazy("consent", "no use"),
        "minimal": pgettext_lazy("export", "what concerns the recipient"),
        "whole": pgettext_lazy("export", "all that you may read"),
    },
    "seal_found": {
        "none": pgettext_lazy("seal", "none"),
        "intact": pgettext_lazy("seal", "intact"),
        "broken": pgettext_lazy("seal", "broken"),
        "other": pgettext_lazy("seal", "another one"),
    },
    "state": {
        "received": pgettext_lazy("container", "received"),
        "missing": pgettext_lazy("container", "announced, did not come"),
        "extra": pgettext_lazy("container", "came without being announced"),
    },
    "access": {"suspended": pgettext_lazy("user", "suspended"), "active": pgettext_lazy("user", "active")},
    "conclusion": {
        "by_figures": _("as the figures say"),
        "consistent": _("consistent"),
        "inconsistent": _("not consistent"),
    },
    "ground": {
        "asked_by_the_family": _("asked for by the family"),
        "asked_by_the_person": _("asked for by the person"),
        "consent_withdrawn": _("consent withdrawn"),
        "court_order": _("order of a court"),
        "entered_in_error": _("entered in error"),
    },
    "how": {"page": _("on a page"), "export": _("as an export"), "search": _("by a search")},
    "to": {
        "sent": pgettext_lazy("sample", "sent to the laboratory"),
        "received": pgettext_lazy("sample", "received"),
        "failed": pgettext_lazy("sample", "gave no profile"),
        "used_up": pgettext_lazy("sample", "used up"),
    },
    "quality": {
        "full": pgettext_lazy("profile", "full"),
        "partial": pgettext_lazy("profile", "partial"),
        "poor": pgettext_lazy("profile", "poor"),
    },
    "material": {
        "bone": _("bone"),
        "tooth": _("tooth"),
        "muscle": _("muscle"),
        "nail": _("nail"),
        "hair": _("hair"),
        "blood": _("blood"),
        "swab": _("swab"),
        "buccal_swab": _("buccal swab"),
        "personal_item": _("personal item"),
        "stored_sample": _("stored sample"),
        "other": pgettext_lazy("material", "other"),
    },
    "methods": {"kinship": _("kinship"), "direct": _("direct comparison")},
}
"""Field -> word -> what the page says."""


def choice_words(field: str, word: str) -> str:
    """What the page says for a word of this field; the word itself where nobody gave it one."""
    return str(_CHOICES.get(field, {}).get(word, word))


def has_choice_words(field: str, word: str) -> bool:
    """Whether somebody gave this word one."""
    return word in _CHOICES.get(field, {})


def role_words(role: UserRole | str) -> str:
    """What an office is called."""
    return str(_ROLES[UserRole(role)])
