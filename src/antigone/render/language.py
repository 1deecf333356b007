"""Every sentence a person reads goes through `_`, so that a catalogue can replace it."""

from __future__ import annotations

from collections.abc import Callable

LANGUAGE = "en"
"""Language of the sentences as written here, for `lang` attributes."""


_translate: list[Callable[[str], str]] = [str]


def translate_by(translate: Callable[[str], str]) -> None:
    """From here on every sentence goes through this, which knows the language of the reader."""
    _translate[0] = translate


def _(text: str) -> str:
    """The text in the language of the reader; as it stands where nobody translates."""
    return _translate[0](text)
