"""Every sentence a person reads goes through `_`, so that a catalogue can replace it."""

from __future__ import annotations

import gettext

LANGUAGE = "en"
"""Language of the sentences as written here, for `lang` attributes."""


def _(text: str) -> str:
    """The text in the language of the reader; as it stands where no catalogue is installed."""
    return gettext.dgettext("antigone", text)
