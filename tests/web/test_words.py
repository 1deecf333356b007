"""Every verb, kind, field, state, choice and notice has words of its own on the pages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from antigone.domain import VERBS, Kind, UserRole
from tests.cast import Cast

ACTIONS = Path(__file__).resolve().parents[2] / "src" / "antigone" / "actions"
NOT_SHOWN = {"seen_version", "access_version"}
"""Fields that no page names."""


@pytest.fixture(autouse=True)
def _open(register_templates: object) -> None:
    """Words need Django's settings, no database."""


def constants(pattern: str = "**/*.py") -> set[str]:
    """Every text constant in the source of the actions."""
    found: set[str] = set()
    for path in ACTIONS.glob(pattern):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_verb_has_words() -> None:
    from antigone.web.words import VERBS_IN_WORDS

    assert set(VERBS_IN_WORDS) == set(VERBS)
    assert all(str(words) for entry in VERBS_IN_WORDS.values() for words in entry)


def test_every_kind_has_words_and_a_list() -> None:
    from antigone.web.pages.listings import LISTINGS
    from antigone.web.words import KINDS

    assert set(KINDS) == set(LISTINGS) == set(Kind)


def test_every_office_has_a_name() -> None:
    from antigone.web.words import role_words

    names = [role_words(role) for role in UserRole]
    assert len(set(names)) == len(UserRole)
    assert all(names)


def fields() -> Iterator[tuple[str, str]]:
    """(name, verb or kind) of every field that a page shows."""
    from antigone.actions import fields_of, verb
    from antigone.register.models import RECORDS

    for name in VERBS:
        yield from ((field.name, name) for field in fields_of(verb(name).command))
    for kind, model in RECORDS.items():
        yield from ((name, kind) for name in (*model.PLAIN, *model.SEALED))


def test_every_field_has_a_label() -> None:
    from antigone.web.words.fields import LABELS

    without = {name for name, of in fields() if name not in LABELS and f"{of}.{name}" not in LABELS}
    assert without - NOT_SHOWN == set()


def test_no_label_is_left_of_a_field_that_is_gone() -> None:
    from antigone.web.words.fields import HELP, LABELS

    there = {name for name, _of in fields()} | {f"{of}.{name}" for name, of in fields()} | {"party", "institution"}
    assert (set(LABELS) | set(HELP)) - there == set()


def test_a_field_without_a_label_goes_by_its_name() -> None:
    from antigone.web.words import field_help, field_label

    assert field_label("new_thing", "some_verb") == "new thing"
    assert field_help("new_thing", "some_verb") == ""


def test_every_word_to_choose_has_words() -> None:
    from antigone.actions import Shape, fields_of, verb
    from antigone.web.words.choices import has_choice_words

    without = {
        (field.name, word)
        for name in VERBS
        for field in fields_of(verb(name).command)
        if field.shape is Shape.CHOICE and field.name != "kind"
        for word in field.mark.words
        if not has_choice_words(field.name, word)
    }
    assert without == set()


def test_every_state_that_an_action_writes_has_words() -> None:
    from antigone.web.words.kinds import known_states

    written: set[str] = set()
    for path in ACTIONS.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "state" and isinstance(node.value, ast.Constant):
                written.add(str(node.value.value))
    assert len(written) > 30
    assert written - {state for kind in Kind for state in known_states(kind)} == set()


def test_every_notice_has_a_sentence() -> None:
    from antigone.web.words.notices import NOTICES

    source = "".join(path.read_text("utf-8") for path in ACTIONS.glob("**/*.py"))
    told = set(re.findall(r'notify(?:_role)?\([^()]*(?:\([^()]*\)[^()]*)*?,\s*"([a-z-]+)"\)', source))
    assert len(told) > 20
    assert told - set(NOTICES) == set()


def test_no_sentence_is_left_of_a_notice_that_nobody_sends() -> None:
    from antigone.web.words.notices import NOTICES

    made = {f"container-{state}" for state in ("received", "missing", "extra")}
    made |= {f"seal-{seal}" for seal in ("broken", "other", "none")}
    assert set(NOTICES) - constants() - made == set()


def test_words_of_a_record_are_those_of_its_kind(cast: Cast) -> None:
    from antigone.web.words import choice_words, notice_words, state_words

    assert state_words(Kind.CONTAINER, "missing") != state_words(Kind.MISSING_PERSON, "missing")
    assert choice_words("seal_found", "none") != choice_words("scope", "none")
    assert state_words(Kind.GRAVE, "unheard of") == "unheard of"
    assert notice_words("unheard-of") == "unheard-of"
