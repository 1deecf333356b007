"""The catalogues: complete, in step with the source, and compiled."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Message

from tests.web.catalogues import (
    LANGUAGES,
    codes_on_pages,
    compiled,
    extracted,
    kept,
    needed_on_pages,
    po_path,
    problem_words_of,
)

HOLES = re.compile(r"%\(\w+\)s|\{\w+\}")


def messages(language: str) -> list[Message]:
    return [message for message in kept(language) if message.id]


def key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id[0] if isinstance(message.id, tuple) else message.id


def holes(text: str) -> list[str]:
    return sorted(HOLES.findall(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_what_the_source_says_and_no_more(language: str) -> None:
    """To bring it up to date: python -m tests.web.catalogues, then translate what is new."""
    said = {key(message) for message in extracted() if message.id}
    assert len(said) > 900
    assert {key(message) for message in messages(language)} == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_in_all_its_forms(language: str) -> None:
    forms = kept(language).num_plurals
    assert forms == 3
    for message in messages(language):
        if isinstance(message.id, tuple):
            assert len(message.string) == forms
            assert all(message.string), message.id
        else:
            assert message.string, message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_names_what_the_sentence_names(language: str) -> None:
    for message in messages(language):
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = message.id[1] if isinstance(message.id, tuple) else message.id
        assert all(holes(text) == holes(wanted) for text in texts), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_reads_is_compiled_from_it(language: str) -> None:
    assert po_path(language).with_suffix(".mo").read_bytes() == compiled(kept(language))


def test_problems_of_forms_are_among_what_is_translated() -> None:
    said = {key(message)[1] for message in extracted() if message.id}
    codes = codes_on_pages()
    assert {"missing-field", "identifier-check", "password-wrong", "members-line"} <= codes
    assert {words for code in codes for words in problem_words_of(code)} <= said
    needed = needed_on_pages()
    assert {"a date as 2025-06-11", "the present password", "both parents, or neither"} <= needed <= said


def test_a_form_of_a_plural_is_chosen_by_its_number(register_templates: object) -> None:
    from django.utils.translation import ngettext, override

    sentence = ("%(count)s record", "%(count)s records")
    with override("uk"):
        assert [ngettext(*sentence, n) % {"count": n} for n in (1, 3, 5, 21)] == [
            "1 запис", "3 записи", "5 записів", "21 запис",
        ]  # fmt: skip
