"""Facts files: read whole, or refused with everything that is wrong."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from antigone.domain import Act, Facts, Period, Problem, Qualifier
from antigone.statements import known_by, read_facts
from tests.refusals import problems_of
from tests.statements.facts_files import HEAD, dead, facts_of, remains, statement, tie


def problems(path: Path) -> list[Problem]:
    return list(problems_of(read_facts, path))


def found_in(folder: Path, content: str) -> list[tuple[str, str, str]]:
    """Code, item and column of each problem of one file."""
    path = folder / "facts.toml"
    path.write_text(content, encoding="utf-8")
    return [(problem.code, problem.place.item, problem.place.column) for problem in problems(path)]


def test_istanbul_is_read_with_every_document_dated_and_digested(istanbul: Path, facts: Facts) -> None:
    assert list(facts.documents) == ["insider-2023-05", "unnamed-2025-06", "sputnik-2025-07-23"]
    assert len(facts.statements) == 62
    assert [party.name for party in facts.parties.values()] == sorted(p.name for p in facts.parties.values())
    assert {statement.document for statement in facts.statements.values()} == set(facts.documents)
    for name, digest in facts.digests.items():
        assert digest == hashlib.sha256((istanbul / name).read_bytes()).hexdigest()


def test_istanbul_holds_no_sentence_of_the_documents(facts: Facts) -> None:
    """Notes are a few words of our own; nothing in the facts is quoted."""
    for told in facts.statements.values():
        for words in (told.note, told.reason, told.condition):
            assert len(words.split()) <= 14, told.id
            assert not set(words) & set("“”«»"), told.id


def test_a_statement_is_read_field_by_field(tmp_path: Path) -> None:
    facts = facts_of(
        tmp_path,
        remains(
            "s1", "offer", 3000, "2020-06-01..2020-06-05", addressee='"B"', condition='"B accepts"',
            said='[{ who = "clerk", how = "writes" }, { who = "envoy", how = "said", when = "2020-06-02" }]',
            quantity='"june"',
        ),
    )  # fmt: skip
    told = facts.statements["s1"]
    assert (told.act, told.origin, told.destination, told.of) == (Act.OFFER, "A", "B", ("B",))
    assert told.when == Period(date(2020, 6, 1), date(2020, 6, 5))
    assert [link.who for link in told.said] == ["clerk", "envoy"]
    assert told.said[1].when == Period(date(2020, 6, 2), date(2020, 6, 2))
    assert told.count is not None
    assert (told.count.minimum, told.count.qualifier) == (3000, Qualifier.EXACT)


def test_known_by_leaves_out_later_documents_and_ties_to_them(tmp_path: Path) -> None:
    later = statement("s2", document='"d2"', act='"comment"')
    facts = facts_of(tmp_path, statement("s1", act='"comment"', relations=tie("about", "s2")), later)
    known = known_by(facts, date(2020, 7, 1))
    assert list(known.documents) == ["d1"]
    assert list(known.statements) == ["s1"]
    assert known.statements["s1"].relations == ()


WRONG = {
    "unknown key": (statement("s", colour='"red"'), ("unknown-field", "s", "colour")),
    "no act": (statement("s", act=""), ("missing-field", "s", "act")),
    "unknown act": (statement("s", act='"gives"'), ("unknown-word", "s", "act")),
    "unknown kind": (statement("s", kind='"bones"'), ("unknown-word", "s", "kind")),
    "unknown target": (statement("s", relations=tie("about", "x")), ("unknown-target", "s", "relations")),
    "itself": (statement("s", relations=tie("about", "s")), ("relation-to-itself", "s", "relations")),
    "unknown tie": (statement("s", relations=tie("likes", "s")), ("unknown-word", "s", "type")),
    "unknown document": (statement("s", document='"d9"'), ("unknown-document", "s", "document")),
    "unknown party": (statement("s", of='["C"]'), ("unknown-party", "s", "of")),
    "unknown direction": (statement("s", from_='"C"'), ("unknown-party", "s", "from")),
    "unknown speaker": (statement("s", said='[{ who = "nobody" }]'), ("unknown-speaker", "s", "said")),
    "reversed count": (dead("s", 9, 3, "2020-02-01"), ("count-reversed", "s", "count")),
    "negative count": (dead("s", -1, 3, "2020-02-01"), ("wrong-kind", "s", "min")),
    "empty count": (statement("s", count='{ qualifier = "exact" }'), ("count-empty", "s", "count")),
    "bad date": (dead("s", 1, 3, "2020-02-30"), ("bad-date", "s", "when")),
    "reversed dates": (dead("s", 1, 3, "2020-02-03..2020-02-01"), ("dates-reversed", "s", "when")),
    "three dates": (dead("s", 1, 1, "2020-02-03..2020-02-04..2020-02-05"), ("bad-date", "s", "when")),
    "bad span": (statement("s", span="[9, 3]"), ("bad-span", "s", "span")),
    "list, not text": (statement("s", note="[1]"), ("wrong-kind", "s", "note")),
    "text, not list": (statement("s", by='"A"'), ("wrong-kind", "s", "by")),
    "unknown quantity": (statement("s", quantity='"x"'), ("unknown-quantity", "s", "quantity")),
    "other quantity": (remains("s", "offer", 3, "2020-02-01", quantity='"dead"'), ("other-quantity", "s", "quantity")),
    "no figure": (statement("s", kind='"casualties"', quantity='"dead"', when='"2020-02-01"',
                            when_basis='"explicit"'), ("quantity-without-count", "s", "quantity")),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_with_its_statement_and_field(case: str, tmp_path: Path) -> None:
    content, expected = WRONG[case]
    assert expected in found_in(tmp_path, HEAD + content)


def test_everything_wrong_is_reported_at_once(tmp_path: Path) -> None:
    content = HEAD + statement("s1", act='"gives"') + dead("s2", 9, 3, "2020-02-30") + statement("s1")
    assert [code for code, _, _ in found_in(tmp_path, content)] == [
        "unknown-word",
        "count-reversed",
        "bad-date",
        "name-twice",
        "total-without-date",
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'format = "antigone-facts/1"\ntitle = "no end', "not-toml"),
        (b'format = "antigone-facts/1"\ntitle = "\xff"', "wrong-encoding"),
        (b'format = "antigone-facts/9"', "wrong-format"),
        (b'format = "antigone-facts/1"\nstatements = 3', "wrong-kind"),
        (b'format = "antigone-facts/1"', "no-statements"),
    ],
)
def test_a_file_that_is_no_facts_file_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "facts.toml"
    path.write_bytes(content)
    assert [problem.code for problem in problems(path)] == [code]


def test_broken_toml_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "facts.toml"
    path.write_text('format = "antigone-facts/1"\ntitle = ?\n', encoding="utf-8")
    assert problems(path)[0].place.row == 2


def test_an_empty_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert problems(tmp_path)[0].code == "no-facts"
    assert problems(tmp_path / "nothing.toml")[0].code == "no-facts"


def test_bad_heads_are_refused(tmp_path: Path) -> None:
    head = HEAD.replace("0" * 64, "0" * 63).replace('party = "A"', 'party = "Z"')
    found = found_in(tmp_path, head.replace('of = ["A"]', 'of = ["Y"]') + statement("s", act='"comment"'))
    assert ("bad-digest", "d1", "sha256") in found
    assert ("unknown-party", "envoy", "party") in found
    assert ("unknown-party", "dead", "of") in found
