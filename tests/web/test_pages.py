"""What the pages show: what waits, lists that stay short, records with their history, the ledger, the account."""

from __future__ import annotations

import html
import re

import pytest

from tests.actions.family_records import household
from tests.actions.remains_path import matched, proposed
from tests.cast import Cast, do
from tests.web.conftest import Small
from tests.web.people import client_of, text_of


def page(cast: Cast, who: str, path: str) -> str:
    return html.unescape(text_of(client_of(cast[who]).get(path)))


def test_an_empty_register_says_what_to_do_next(cast: Cast) -> None:
    assert "A registrar enters one, or imports a table." in page(cast, "registrar", "/list/missing_person/")
    assert "A coordinator registers the first one." in page(cast, "coordinator", "/list/handover/")
    assert "The account begins with the first one." in page(cast, "coordinator", "/account/")
    assert "Nothing waits for you." in page(cast, "burial_officer", "/")
    assert "Users who never logged in" in page(cast, "administrator", "/")


@pytest.mark.parametrize(
    ("who", "heading"),
    [
        ("signatory", "Proposals to sign"),
        ("coordinator", "Handovers to receive"),
        ("coordinator", "Containers that did not come"),
        ("examiner", "Containers not opened"),
        ("examiner", "Remains without a sample"),
        ("geneticist", "Remains without a profile"),
        ("auditor", "no signed state yet"),
    ],
)
def test_today_shows_what_waits_for_each_office(small: Small, who: str, heading: str) -> None:
    assert heading in page(small.cast, who, "/")
    assert heading not in page(small.cast, f"b.{who}", "/") or who == "auditor"


def test_a_proposal_waits_only_for_those_who_can_still_sign(cast: Cast) -> None:
    proposal = proposed(cast, matched(cast))
    assert proposal in page(cast, "signatory", "/")
    do(cast["signatory"], "sign", proposal=proposal)
    heading = "Proposals to sign"
    assert heading not in page(cast, "signatory", "/")
    assert heading in page(cast, "second_signatory", "/")


def test_a_notice_is_marked_as_read(cast: Cast) -> None:
    from antigone.register.models import Notice

    proposed(cast, matched(cast))
    client = client_of(cast["signatory"])
    assert "A proposal waits for signatures." in text_of(client.get("/"))
    notice = Notice.objects.get(addressee=cast["signatory"].user)
    answer = client.post("/do/acknowledge_notice/", {"notice": notice.pk})
    assert answer.url.startswith("/?entry=")
    assert "No notice waits for you." in text_of(client.get("/"))


def many(cast: Cast, count: int) -> None:
    from django.db import transaction

    from antigone.actions.act import Act
    from antigone.register.models import MissingPerson

    rows = [
        (
            {"surname": f"Surname-{n}", "first_names": "Шевченко" if n % 10 == 0 else "First"},
            {"state": "missing", "missing_since": f"2025-01-{n % 28 + 1:02d}" if n % 3 else None},
        )
        for n in range(count)
    ]
    with transaction.atomic():
        act = Act(cast["registrar"], "import_missing_persons")
        act.create_many(MissingPerson, rows)
        act.close()


def identifiers(found: str) -> list[str]:
    return re.findall(r'class="mono">(MP-[0-9A-Z]{6}-[0-9A-Z])</a></th>', found)


def walk(cast: Cast, path: str) -> list[str]:
    """The identifiers of all pages of a list."""
    client, found = client_of(cast["registrar"]), []
    while path:
        text = html.unescape(text_of(client.get(path)))
        assert len(identifiers(text)) <= 50
        found += identifiers(text)
        more = re.search(r'<a href="([^"]+)">Next page</a>', text)
        path = more.group(1) if more else ""
    return found


def test_a_list_is_read_page_by_page_without_gap_or_repetition(cast: Cast) -> None:
    from antigone.register.models import MissingPerson

    many(cast, 120)
    every = list(MissingPerson.objects.order_by("-pk").values_list("pk", flat=True))
    assert walk(cast, "/list/missing_person/") == every
    dated = MissingPerson.objects.filter(missing_since__isnull=False).order_by("-missing_since", "-pk")
    assert walk(cast, "/list/missing_person/?by=date") == list(dated.values_list("pk", flat=True))
    assert len(walk(cast, "/list/missing_person/?name=shevchenko")) == 12
    assert walk(cast, "/list/missing_person/?name=nobody") == []


def test_a_page_of_a_list_asks_for_no_more_than_a_page(cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    many(cast, 120)
    client = client_of(cast["registrar"])
    with CaptureQueriesContext(connection) as asked:
        client.get("/list/missing_person/")
    rows = [query["sql"] for query in asked if "register_missingperson" in query["sql"]]
    assert len(rows) == 1
    assert "LIMIT 51" in rows[0]
    assert "COUNT(" not in "".join(query["sql"].upper() for query in asked)
    assert len(asked) < 12


def test_the_whole_of_a_list_is_shown_and_recorded(cast: Cast) -> None:
    from antigone.register.models import LedgerEntry

    many(cast, 120)
    client = client_of(cast["registrar"])
    offered = text_of(client.get("/list/missing_person/"))
    assert "?whole=yes" in offered
    text = text_of(client.get("/list/missing_person/?whole=yes"))
    assert len(identifiers(text)) == 120
    entry = LedgerEntry.objects.order_by("-index")[0]
    assert (entry.verb, entry.reason) == ("read_in_bulk", "missing_person 120 page")
    assert f"this is entry {entry.index} of the ledger" in text
    client.get("/list/missing_person/?whole=yes&name=shevchenko")
    assert LedgerEntry.objects.order_by("-index")[0].index == entry.index


def test_an_identifier_as_somebody_typed_it_leads_to_its_record(cast: Cast) -> None:
    house = household(cast)
    client = client_of(cast["registrar"])
    typed = house.person.lower().replace("-", " ").replace("0", "o")
    assert client.get("/go/", {"identifier": typed}).url == f"/record/{house.person}/"
    wrong = house.person[:-1] + ("A" if house.person[-1] != "A" else "B")
    answer = client.get("/go/", {"identifier": wrong})
    assert answer.status_code == 400
    assert "the identifier was copied with an error" in text_of(answer).lower()
    assert client.get(f"/record/{house.person.lower()}/").url == f"/record/{house.person}/"


def test_a_familys_page_draws_what_it_declared(small: Small) -> None:
    text = page(small.cast, "registrar", f"/record/{small.entered.family}/")
    assert 'role="img"' in text
    assert "typed: Surname-1 Mother-1, Surname-1 Father-1" in text.replace("Typed", "typed") or "Mother-1" in text
    by_number = page(small.cast, "geneticist", f"/record/{small.entered.family}/")
    assert 'role="img"' in by_number
    assert small.entered.mother in by_number
    assert "Mother-1" not in by_number


def test_a_record_shows_its_history(small: Small) -> None:
    text = page(small.cast, "registrar", f"/record/{small.entered.person}/")
    done = ["registered a missing person", "registered a family", "signed a proposal", "released remains"]
    places = [text.index(words, text.index("history-heading")) for words in done]
    assert places == sorted(places, reverse=True)


def test_a_finding_shows_its_figures_and_how_they_were_made(small: Small) -> None:
    text = page(small.cast, "geneticist", f"/record/{small.entered.finding}/")
    for words in ("TH01", "Norway", "Africa", "antigone 0.", small.entered.profile, small.entered.mother):
        assert words in text


def test_a_profile_shows_its_markers_to_the_laboratory(small: Small) -> None:
    text = page(small.cast, "laboratory", f"/record/{small.entered.profile}/")
    assert "15/17" in text
    assert "Surname" not in text


def test_the_account_keeps_units_apart(small: Small) -> None:
    from antigone.register.tally import tallies

    own = {(t.from_party, t.to_party): t for t in tallies(small.cast["coordinator"])}
    came = own[(small.cast["b.coordinator"].party, small.cast["coordinator"].party)]
    assert came.handovers == {"received": 2}
    assert (came.announced, came.unstated) == (6, 0)
    assert came.containers == {"opened": 2, "received": 1, "missing": 1}
    assert came.remains == {"buried": 1, "examined": 3}
    assert (came.named, came.unnamed) == (1, 3)
    text = page(small.cast, "coordinator", "/account/")
    assert "From Side B to Side A" in text
    assert 'aria-labelledby="account-title"' in text
    assert "announced, not listed: 2" in text


def test_remains_of_one_person_count_as_one_person(small: Small) -> None:
    from antigone.register.models import Remains
    from antigone.register.tally import tallies

    units = Remains.objects.filter(state="examined").order_by("pk").values_list("pk", flat=True)
    do(small.cast["examiner"], "join_remains", remains=", ".join(units[:2]), reason="Reason-1")
    came = next(t for t in tallies(small.cast["coordinator"]) if t.remains)
    assert sum((came.remains or {}).values()) == 4
    assert (came.named, came.unnamed) == (1, 2)


def test_an_office_that_may_not_see_remains_is_told_so(small: Small) -> None:
    text = page(small.cast, "intermediary", "/account/")
    assert "not shown to this office" in text
    assert "named by a decision" not in text


def test_the_ledger_is_read_backwards(small: Small) -> None:
    from antigone.register.models import LedgerEntry

    client, path, found = client_of(small.cast["auditor"]), "/ledger/", []
    while path:
        text = html.unescape(text_of(client.get(path)))
        found += [int(n) for n in re.findall(r'\?before=\d+">([0-9,]+)</a></th>', text)]
        more = re.search(r'<a href="(/ledger/\?before=\d+)">Earlier entries</a>', text)
        path = more.group(1) if more else ""
    assert found == list(range(LedgerEntry.objects.count() - 1, -1, -1))


def test_signed_states_and_their_witnesses_are_shown(cast: Cast) -> None:
    from antigone.register.checkpoints import take_checkpoint

    row = take_checkpoint()
    text = page(cast, "auditor", "/ledger/")
    assert row.root in text
    assert "no witness yet" in text
    assert "No witness has signed the last state of the ledger." in page(cast, "auditor", "/")


def test_every_page_speaks_three_languages(small: Small) -> None:
    words = {"uk": "Зниклі безвісти", "ru": "Пропавшие без вести", "en": "Missing persons"}
    client = client_of(small.cast["registrar"])
    for language, heading in words.items():
        answer = client.post("/language/", {"language": language, "next": "/list/missing_person/"})
        assert answer.url == "/list/missing_person/"
        text = text_of(client.get(answer.url))
        assert f'<html lang="{language}">' in text
        assert f"<h1>{heading}</h1>" in text
    assert client.cookies["language"]["samesite"] == "Strict"
    before = client.cookies["language"].value
    client.post("/language/", {"language": "xx", "next": "https://elsewhere.example/"})
    assert client.cookies["language"].value == before


def test_dates_and_numbers_are_those_of_the_language(register_templates: object) -> None:
    import datetime

    from django.utils.translation import override

    from antigone.web.localised import day, moment, number

    at = datetime.datetime(2026, 11, 2, 9, 5, tzinfo=datetime.UTC)
    said = {}
    for language in ("en", "uk", "ru"):
        with override(language):
            said[language] = (day("2026-11-02"), moment(at), number(12345))
    assert said["en"] == ("2 November 2026", "2 November 2026, 09:05 UTC", "12,345")
    assert said["uk"] == ("2 листопада 2026", "2 листопада 2026, 09:05 UTC", "12\xa0345")
    assert said["ru"] == ("2 ноября 2026", "2 ноября 2026, 09:05 UTC", "12\xa0345")
    with override("en"):
        assert day("about 1990") == "about 1990"
        assert day(None) == ""


def test_a_fault_inside_shows_nothing_of_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from antigone.web.pages import ledger

    def fails(*_arguments: object) -> None:
        raise RuntimeError("Surname-1")

    monkeypatch.setattr(ledger, "entries", fails)
    client = client_of(cast["auditor"])
    client.raise_request_exception = False
    answer = client.get("/ledger/")
    assert answer.status_code == 500
    assert "Nothing was changed." in text_of(answer)
    assert "Surname-1" not in text_of(answer)
