"""Forms made from commands: what was typed is done, or everything wrong with it is said beside its field."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.actions.family_records import household
from tests.actions.remains_path import announced, matched, proposed
from tests.cast import Cast, do
from tests.web.people import client_of, text_of


def fields_in(page: str) -> list[str]:
    """Names of the fields of a form, in their order."""
    import re

    found = re.findall(r'<(?:input|select|textarea)[^>]*?\bname="([a-z_0-9]+)"', page)
    apart = {"csrfmiddlewaretoken", "next", "language", "identifier", "fixed", "username_of_page"}
    return list(dict.fromkeys(name for name in found if name not in apart))


def test_every_verb_has_a_form_with_all_its_fields(cast: Cast) -> None:
    from antigone.actions import fields_of, verb
    from antigone.domain import VERBS

    for name, entry in VERBS.items():
        if entry.founding or name == "enrol_second_factor":
            continue
        actor = next(cast[who] for who in cast.names() if cast[who].may(name))
        page = text_of(client_of(actor).get(f"/do/{name}/"))
        shown = [field for field in fields_in(page) if field != "username" or name == "add_user"]
        assert shown == [field.name for field in fields_of(verb(name).command)], name


def test_what_is_typed_is_done_and_the_record_says_which_entry_it_was(cast: Cast) -> None:
    client = client_of(cast["registrar"])
    typed = {"surname": "Surname-7", "sex": "male", "born": "1990-04-12", "unit": "Unit <7>"}
    answer = client.post("/do/register_missing_person/", typed)
    assert answer.status_code == 302
    path, entry = answer.url.split("?entry=")
    page = text_of(client.get(answer.url))
    assert f"Done: you registered a missing person. Entry {entry} of the ledger" in page
    assert "Surname-7" in page
    assert "12 April 1990" in page
    assert "Unit &lt;7&gt;" in page
    assert "registered a missing person" in text_of(client.get(path))


def test_an_entry_of_somebody_else_is_not_claimed(cast: Cast) -> None:
    page = text_of(client_of(cast["registrar"]).get("/?entry=0"))
    assert "Done:" not in page
    assert "Done:" not in text_of(client_of(cast["registrar"]).get("/?entry=none"))


def test_everything_wrong_is_said_at_once_beside_its_field(cast: Cast) -> None:
    client = client_of(cast["registrar"])
    typed = {
        "surname": "",
        "born": "12.04.1990",
        "last_seen": "2025-02-30",
        "family": "FA-0000A1-0",
        "place": "Place-1",
    }
    answer = client.post("/do/register_missing_person/", typed)
    page = html.unescape(text_of(answer))
    assert answer.status_code == 400
    assert "Nothing was done yet. Correct what is marked below." in page
    assert page.count('class="field wrong"') == 4
    assert page.count('aria-invalid="true"') == 4
    assert "This is not a date. Found: 12.04.1990." in page
    assert "its check sign does not fit. Found: FA-0000A1-0." in page
    assert 'value="Place-1"' in page


def test_what_is_needed_is_said_in_the_language_of_the_page(cast: Cast) -> None:
    client = client_of(cast["registrar"])
    client.cookies["language"] = "uk"
    answer = client.post("/do/register_missing_person/", {"surname": "Surname-1", "born": "12.04.1990"})
    said = "Це не дата. Знайдено: 12.04.1990. Потрібно: дата, як 2025-06-11. Виправте."
    assert said in html.unescape(text_of(answer))


def test_a_problem_of_no_field_stands_above_the_form(cast: Cast) -> None:
    client = client_of(cast["administrator"])
    typed = {"code": "A", "name": "Side A again", "side": "side"}
    answer = client.post("/do/add_party/", typed)
    assert answer.status_code == 400
    assert "There is a party with the code A. Choose another code." in text_of(answer)


def test_the_page_of_a_record_leads_to_its_verbs_with_record_and_version(cast: Cast) -> None:
    house = household(cast)
    client = client_of(cast["registrar"])
    page = text_of(client.get(f"/record/{house.person}/"))
    assert f'href="/do/correct_missing_person/?record={house.person}"' in page
    form = text_of(client.get(f"/do/correct_missing_person/?record={house.person}"))
    assert f'<input type="hidden" name="missing_person" value="{house.person}">' in form
    assert '<input type="hidden" name="seen_version" value="2">' in form
    assert "/do/sign/" not in page
    assert "/do/change_password/" not in page


def test_whoever_comes_second_is_told_who_was_first_and_when(cast: Cast) -> None:
    house = household(cast)
    client = client_of(cast["registrar"])
    do(cast["registrar"], "correct_missing_person", missing_person=house.person, unit="Unit-2", reason="Reason-1")
    typed = {"missing_person": house.person, "unit": "Unit-3", "reason": "Reason-2", "seen_version": "2"}
    answer = client.post("/do/correct_missing_person/", typed)
    page = html.unescape(text_of(answer))
    assert answer.status_code == 409
    assert "A Registrar changed this record on " in page
    assert "What you sent was not done." in page
    assert f'href="/do/correct_missing_person/?record={house.person}"' in page
    assert "Unit-2" in text_of(client.get(f"/record/{house.person}/"))


def test_whoever_signs_what_was_decided_meanwhile_is_told_by_whom(cast: Cast) -> None:
    proposal = proposed(cast, matched(cast))
    for who in ("signatory", "second_signatory"):
        do(cast[who], "sign", proposal=proposal)
    answer = client_of(cast["signatory"]).post("/do/sign/", {"proposal": proposal, "seen_version": "1"})
    page = html.unescape(text_of(answer))
    assert answer.status_code == 409
    assert "A Second_Signatory changed this record on " in page
    assert f"{proposal} is decided: nobody signs it any more." in page


def test_a_signature_shows_what_is_signed(cast: Cast) -> None:
    match = matched(cast)
    proposal = proposed(cast, match)
    page = html.unescape(text_of(client_of(cast["signatory"]).get(f"/do/sign/?record={proposal}")))
    for words in (match.remains, match.house.person, match.finding, "6.1", "Reasons-1", "Evidence-1", "Surname-1"):
        assert words in page


def test_a_reversal_shows_who_was_told_and_what_leans_on_it(cast: Cast) -> None:
    from tests.actions.remains_path import decided, released

    match = matched(cast)
    decision = decided(cast, match)
    do(cast["liaison"], "inform_family", decision=decision, relative=match.house.mother, on="2025-05-01")
    release = released(cast, decision)
    page = html.unescape(text_of(client_of(cast["signatory"]).get(f"/do/reverse/?record={decision}")))
    assert "Who was told, and will have to be told again" in page
    assert "What leans on it" in page
    for words in (match.house.mother, release, match.finding):
        assert words in page


def test_a_proposal_is_begun_from_its_finding(cast: Cast) -> None:
    match = matched(cast)
    page = text_of(client_of(cast["geneticist"]).get(f"/do/propose/?record={match.finding}"))
    for value in (match.remains, match.house.person):
        assert f'value="{value}"' in page
    assert f">{match.finding}</textarea>" in page


def test_a_list_can_be_sent_as_a_file(cast: Cast) -> None:
    handover = announced(cast, "T-1; S-1", "T-2; S-2")
    lines = "T-1; received; intact\r\nT-2; missing; none\r\n".encode("utf-8-sig")
    sent = SimpleUploadedFile("receipt.csv", lines, "text/csv")
    typed = {"handover": handover, "containers": sent, "seen_version": "1"}
    answer = client_of(cast["coordinator"]).post("/do/receive_handover/", typed)
    assert answer.status_code == 302
    page = text_of(client_of(cast["coordinator"]).get(f"/record/{handover}/"))
    assert "announced, did not come" in page


def test_missing_persons_are_imported_from_a_file(cast: Cast) -> None:
    client = client_of(cast["registrar"])
    table = b"surname,born\nSurname-8,1990-01-01\nSurname-9,1991-01-01\n"
    answer = client.post("/do/import_missing_persons/", {"table": SimpleUploadedFile("persons.csv", table)})
    assert answer.status_code == 302
    page = text_of(client.get("/list/missing_person/"))
    assert "Surname-8" in page
    assert "Surname-9" in page


def test_every_wrong_row_of_an_import_is_said_and_nothing_is_imported(cast: Cast) -> None:
    client = client_of(cast["registrar"])
    table = b"surname,born\nSurname-8,yesterday\n,1991-01-01\n"
    answer = client.post("/do/import_missing_persons/", {"table": SimpleUploadedFile("persons.csv", table)})
    page = html.unescape(text_of(answer))
    assert answer.status_code == 400
    assert "persons.csv, row 2" in page
    assert "persons.csv, row 3" in page
    assert "/tmp" not in page
    assert "Surname-8" not in text_of(client.get("/list/missing_person/"))


def test_no_typed_text_names_a_file_of_the_server(cast: Cast) -> None:
    answer = client_of(cast["registrar"]).post("/do/import_missing_persons/", {"table": "/etc/hostname"})
    assert answer.status_code == 400
    assert "must be filled in" in html.unescape(text_of(answer)) or "a field is missing" in text_of(answer).lower()


def test_offices_are_ticked(cast: Cast) -> None:
    client = client_of(cast["administrator"])
    typed: dict[str, Any] = {
        "institution": cast["registrar"].institution, "username": "new.one", "name": "New One",
        "roles": ["registrar", "liaison"],
    }  # fmt: skip
    page = text_of(client.get(client.post("/do/add_user/", typed).url))
    assert "registrar of the missing, family liaison" in page
    again = text_of(client.post("/do/add_user/", typed))
    assert "There is a user with the name new.one. Choose another one." in again
    assert again.count(" checked>") == 2


def test_nobody_renews_their_own_access_from_a_session(cast: Cast) -> None:
    client = client_of(cast["administrator"])
    user = cast["administrator"].user
    typed = {"user": user, "one_time_password": "k7mw-2hfd-9xqa-r4tz", "new_second_factor": "yes"}
    answer = client.post("/do/renew_access/", typed)
    assert answer.status_code == 400
    assert "Your own access is not renewed here." in text_of(answer)
    assert "/do/renew_access/" not in text_of(client.get(f"/record/{user}/"))
    assert client.get("/").status_code == 200


def test_an_export_comes_as_a_file_and_is_an_entry(cast: Cast) -> None:
    answer = client_of(cast["registrar"]).post("/do/export/", {"scope": "whole", "open_sealed": "no"})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="DO-000001-')
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert "made an export" in text_of(client_of(cast["registrar"]).get("/ledger/"))


@pytest.mark.parametrize("state", ["proposal-closed"])
def test_a_refusal_names_the_state_in_words(cast: Cast, state: str) -> None:
    match = matched(cast)
    proposal = proposed(cast, match)
    for who in ("signatory", "second_signatory"):
        do(cast[who], "sign", proposal=proposal)
    answer = client_of(cast["signatory"]).post("/do/sign/", {"proposal": proposal})
    assert f"{proposal} is decided: nobody signs it any more." in text_of(answer)
    with_language = client_of(cast["signatory"])
    with_language.cookies["language"] = "uk"
    answer = with_language.post("/do/sign/", {"proposal": proposal})
    assert f"Стан {proposal}: вирішено; більше ніхто не підписує." in text_of(answer)
