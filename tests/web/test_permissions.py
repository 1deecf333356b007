"""Who sees which page: what the doors say and nothing else, and absence looks like refusal."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from antigone.domain import VERBS, Kind, make_identifier
from tests.cast import Cast, do
from tests.web.conftest import Small
from tests.web.people import client_of, text_of


def without_token(page: str) -> str:
    """The page without what differs from one request to the next, and without its own address."""
    lines = (line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
    return "\n".join(lines)


def test_another_sides_record_and_none_at_all_are_answered_alike(cast: Cast) -> None:
    there = do(cast["registrar"], "register_missing_person", surname="Surname-1").record
    absent = make_identifier(Kind.MISSING_PERSON, 999)
    for name in ("b.registrar", "intermediary", "coordinator", "laboratory", "auditor"):
        client = client_of(cast[name])
        answers = [client.get(f"/record/{identifier}/") for identifier in (there, absent, "no identifier")]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
        pages = {without_token(text_of(answer)) for answer in answers}
        assert len(pages) == 1, name
        assert [len(answer.headers) for answer in answers] == [len(answers[0].headers)] * 3
        assert "Surname-1" not in pages.pop()


def test_a_page_that_does_not_exist_is_answered_like_a_record_that_does_not(cast: Cast) -> None:
    client = client_of(cast["registrar"])
    absent = client.get(f"/record/{make_identifier(Kind.MISSING_PERSON, 999)}/")
    nowhere = client.get("/nothing/here/")
    assert (absent.status_code, nowhere.status_code) == (404, 404)
    assert "There is no such page or record" in text_of(absent)
    assert "There is no such page or record" in text_of(nowhere)


@pytest.mark.parametrize("verb", ["correct_missing_person", "record_found_alive", "erase", "register_family"])
def test_a_verb_opened_for_another_sides_record_and_for_none_are_answered_alike(cast: Cast, verb: str) -> None:
    there = do(cast["registrar"], "register_missing_person", surname="Surname-1").record
    absent = make_identifier(Kind.MISSING_PERSON, 999)
    client = client_of(cast["b.registrar"])
    answers = [client.get(f"/do/{verb}/?record={identifier}") for identifier in (there, absent)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert len({without_token(text_of(answer)) for answer in answers}) == 1


def test_a_verb_sent_for_another_sides_record_and_for_none_are_refused_alike(cast: Cast) -> None:
    there = do(cast["registrar"], "register_missing_person", surname="Surname-1").record
    absent = make_identifier(Kind.MISSING_PERSON, 999)
    client = client_of(cast["b.registrar"])
    said = []
    for identifier in (there, absent):
        answer = client.post("/do/record_found_alive/", {"missing_person": identifier, "reason": "Reason-1"})
        assert answer.status_code == 400
        said.append(without_token(text_of(answer)).replace(identifier, "IDENTIFIER"))
    assert said[0] == said[1]


@pytest.mark.parametrize("office", ["registrar", "b.registrar", "laboratory", "auditor", "administrator"])
def test_a_page_of_a_verb_is_there_for_those_who_may(cast: Cast, office: str) -> None:
    client = client_of(cast[office])
    for name, verb in VERBS.items():
        answer = client.get(f"/do/{name}/")
        allowed = cast[office].may(name) and not verb.founding
        expected = 302 if name == "enrol_second_factor" else 200
        assert answer.status_code == (expected if allowed else 404), name
    assert client.get("/do/no_such_verb/").status_code == 404


def test_lists_follow_the_table_of_who_may_read(cast: Cast) -> None:
    for name in cast.names():
        client = client_of(cast[name])
        for kind in Kind:
            expected = 200 if cast[name].reaches(kind) else 404
            assert client.get(f"/list/{kind.value}/").status_code == expected, (name, kind)


def test_records_follow_the_doors(small: Small) -> None:
    from antigone.register.doors import door_of

    for name in small.cast.names():
        client = client_of(small.cast[name])
        for identifier in set(asdict(small.entered).values()):
            seen = door_of(identifier).visible(small.cast[name]).filter(pk=identifier).exists()
            answer = client.get(f"/record/{identifier}/")
            assert answer.status_code == (200 if seen else 404), (name, identifier)


def test_names_of_families_stand_on_no_page_of_those_who_may_not_read_them(small: Small) -> None:
    may_not = ("examiner", "laboratory", "geneticist", "coordinator", "burial_officer", "auditor", "intermediary")
    paths = [f"/record/{identifier}/" for identifier in set(asdict(small.entered).values())]
    paths += [f"/list/{kind.value}/" for kind in Kind] + ["/", "/account/", "/ledger/"]
    for name in (*may_not, "administrator", *(other for other in small.cast.names() if other.startswith("b."))):
        client = client_of(small.cast[name])
        for path in paths:
            page = text_of(client.get(path))
            assert [word for word in ("Patronymic-1", "Mother-1", "Шевченко") if word in page] == [], (name, path)


def test_what_profiles_say_of_a_family_stands_on_geneticists_pages_alone(small: Small) -> None:
    from antigone.register.models import GeneticFamily

    check = GeneticFamily.objects.get(family=small.entered.family).pk
    paths = ["/", *(f"/record/{identifier}/" for identifier in (*set(asdict(small.entered).values()), check))]
    for name in small.cast.names():
        client = client_of(small.cast[name])
        read = [answer for path in paths if (answer := client.get(path)).status_code == 200]
        told = [answer.request["PATH_INFO"] for answer in read if check in text_of(answer)]
        assert bool(told) == (name == "geneticist"), (name, told)


def test_the_ledger_is_read_by_those_who_may_take_it_away(cast: Cast) -> None:
    for name in cast.names():
        answer: Any = client_of(cast[name]).get("/ledger/")
        assert answer.status_code == (200 if cast[name].may("export") else 404), name
