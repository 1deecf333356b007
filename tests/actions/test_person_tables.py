"""Importing a table of missing persons: wholly or not at all, every bad row named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.actions.family_records import agrees, household, record, sealed
from tests.cast import Cast


def _import(actor: Any, table: Path) -> Any:
    from antigone.actions import perform, read_command, verb

    code = verb("import_missing_persons")
    return perform(actor, code, read_command(code.command, {}, {"table": table}))


def _table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "persons.csv"
    path.write_bytes(text.encode(encoding))
    return path


def _refused(actor: Any, table: Path) -> list[tuple[str, int | None, str, str]]:
    from antigone.domain import InputRefused

    before = _count()
    with pytest.raises(InputRefused) as found:
        _import(actor, table)
    assert _count() == before
    return [(p.code, p.place.row, p.place.column, p.found) for p in found.value.problems]


def _count() -> tuple[int, int, int]:
    from antigone.register.models import Change, LedgerEntry, MissingPerson

    return MissingPerson.objects.count(), Change.objects.count(), LedgerEntry.objects.count()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_becomes_records_and_one_entry(cast: Cast, tmp_path: Path, separator: str) -> None:
    from antigone.register import doors
    from antigone.register.models import LedgerEntry
    from antigone.register.opening import keyring

    house = household(cast)
    rows = [
        ["Surname", "first_names", "last_seen", "family", "sex", "other_particulars"],
        ["Surname-3", "Name-3", "2026-01-05", house.family, "male", '"two\nlines, one cell"'],
        ["Delta", "", "", "", "", ""],
    ]
    text = "\ufeff" + "\r\n".join(separator.join(row) for row in rows) + "\r\n\r\n"
    done = _import(cast["registrar"], _table(tmp_path, text))
    entry = LedgerEntry.objects.get(index=done.entry)
    assert (entry.verb, entry.changes_count) == ("import_missing_persons", 2)
    first = record(done.record)
    assert (first.family_id, first.missing_since.isoformat(), first.state) == (house.family, "2026-01-05", "missing")
    assert sealed(done.record)["other_particulars"] == "two\nlines, one cell"
    named = doors.missing_persons_named(cast["registrar"], "Delta", keyring().index_key)
    assert [sealed(person.pk)["sex"] for person in named] == ["unknown"]
    assert agrees()


def test_every_bad_row_is_named_and_nothing_is_imported(cast: Cast, tmp_path: Path) -> None:
    house = household(cast)
    text = (
        "surname,sex,born,service_number,family\n"
        ",male,,,\n"
        "Surname-2,man,5.1.1990,,\n"
        '"Surname\n-3",,,,FA-000000-0\n'
        "Surname-4,,,77,,,\n"
        f"Surname-5,,,77,{house.person}\n"
    )
    assert _refused(cast["registrar"], _table(tmp_path, text)) == [
        ("missing-field", 2, "surname", ""),
        ("unknown-word", 3, "sex", "man"),
        ("bad-date", 3, "born", "5.1.1990"),
        ("identifier-check", 4, "family", "FA-000000-0"),
        ("too-many-cells", 6, "", "7"),
        ("identifier-other-kind", 7, "family", house.person),
    ]


def test_one_service_number_of_one_power_is_one_person(cast: Cast, tmp_path: Path) -> None:
    text = "surname,power,service_number\nSurname-1,A,77\nSurname-2,B,77\nSurname-3,A,77\n"
    assert _refused(cast["registrar"], _table(tmp_path, text)) == [
        ("number-twice", 4, "service_number", "77, as in row 2")
    ]


def test_a_family_of_the_other_side_is_unknown(cast: Cast, tmp_path: Path) -> None:
    house = household(cast)
    text = f"surname,family\nSurname-1,\nSurname-2,{house.family}\nSurname-3,{house.family}\n"
    assert _refused(cast["b.registrar"], _table(tmp_path, text)) == [("unknown-family", 3, "family", house.family)]


def test_beyond_fifty_of_a_kind_problems_are_counted(cast: Cast, tmp_path: Path) -> None:
    text = "surname,sex\n" + "Surname,man\n" * 53
    found = _refused(cast["registrar"], _table(tmp_path, text))
    assert len(found) == 51
    assert found[-1] == ("and-more", None, "sex", "3 more")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", [("missing-column", 1, "surname", "")]),
        (b"surname\n\n", [("empty-table", None, "", "no rows")]),
        (b"name,surname,surname\n", [("unknown-column", 1, "name", "name"), ("column-twice", 1, "surname", "surname")]),
        (b"first_names\nName\n", [("missing-column", 1, "surname", "first_names")]),
        (b"surname\n\xcf\xf0\n", [("encoding", None, "", "byte 0xcf, as in Latin-1 or Windows-1251")]),
        (b'surname\n"Surname-1\n', [("open-quote", 2, "", "unexpected end of data")]),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    cast: Cast, tmp_path: Path, content: bytes, found: list[tuple[str, int | None, str, str]]
) -> None:
    path = tmp_path / "persons.csv"
    path.write_bytes(content)
    assert _refused(cast["registrar"], path) == found


def test_no_typed_text_names_a_file(cast: Cast, tmp_path: Path) -> None:
    from antigone.actions import read_command, verb
    from antigone.domain import InputRefused

    path = _table(tmp_path, "surname\nSurname-1\n")
    with pytest.raises(InputRefused) as found:
        read_command(verb("import_missing_persons").command, {"table": str(path)})
    assert [problem.code for problem in found.value.problems] == ["unknown-field", "missing-field"]


def test_a_file_that_is_not_there_is_refused(cast: Cast, tmp_path: Path) -> None:
    assert _refused(cast["registrar"], tmp_path / "none.csv") == [
        ("unreadable-file", None, "", "No such file or directory")
    ]
