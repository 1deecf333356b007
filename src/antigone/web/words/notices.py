"""What a notice tells its addressee."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOTICES: dict[str, str | Promise] = {
    "one-signature-missing": _("A proposal has one signature and needs another."),
    "decision-made": _("A decision was made."),
}
"""Code of a notice -> its sentence."""


def notice_words(code: str) -> str:
    """The sentence of a notice; its code where nobody gave it one."""
    return str(NOTICES.get(code, code))
