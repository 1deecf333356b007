"""What one person may see another may not, and neither can tell that from absence."""

from __future__ import annotations

import pytest

from tests.cast import Cast, do


def test_the_other_side_cannot_tell_a_missing_person_from_none(cast: Cast) -> None:
    from antigone.domain import Kind, make_identifier
    from antigone.register import doors
    from antigone.register.refusals import NotHere

    there = do(cast["registrar"], "register_missing_person", surname="Surname-1").record
    absent = make_identifier(Kind.MISSING_PERSON, 999)
    assert doors.missing_persons.get(cast["registrar"], there).pk == there
    for name in ("b.registrar", "intermediary", "geneticist", "coordinator", "b.signatory"):
        for identifier in (there, absent, "no identifier"):
            with pytest.raises(NotHere) as refused:
                doors.missing_persons.get(cast[name], identifier)
            assert refused.value.args == (f"missing_person {identifier}",)
        assert not doors.missing_persons.visible(cast[name]).exists()


def test_names_are_found_in_both_scripts_within_the_own_party_only(cast: Cast) -> None:
    from antigone.register import doors
    from antigone.register.opening import keyring

    there = do(cast["registrar"], "register_missing_person", surname="Шевченко", first_names="Тарас").record
    key = keyring().index_key
    assert [p.pk for p in doors.missing_persons_named(cast["registrar"], "taras shevchenko", key)] == [there]
    assert not doors.missing_persons_named(cast["b.registrar"], "taras shevchenko", key).exists()
