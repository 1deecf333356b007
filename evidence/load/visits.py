"""Who asks for what and when: the whole schedule is drawn before the first visit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from urllib.parse import urlencode

from evidence.load.persons import Names

FORM = "form of an action"
TYPING = 2.0
"""Seconds between asking for the form of an action and sending it."""
_DAY = "2025-06-11"
_LINK = 'href="/record/MP-'


@dataclass(frozen=True, slots=True)
class Visit:
    """One request. `at`: seconds after the begin. `who`: log-in name. `expect`: stands in the page that is answered.

    An action has two visits with its number as `action`: the form, and sending it with the fields `typed`.
    """

    at: float
    what: str
    who: str
    path: str
    expect: str = ""
    action: int | None = None
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def sends(self) -> bool:
        """Whether this is the action itself."""
        return self.action is not None and self.what != FORM


class Day:
    """A day at the offices, drawn by chance from what the register is known to hold.

    known: as `inside.furnish` tells it. people: log-in name -> office.
    """

    def __init__(self, known: Mapping[str, Any], people: Mapping[str, str], seed: int) -> None:
        self.chance = Random(seed)
        self.names = Names(self.chance)
        self._known = known
        self._untouched = iter(known["persons"])
        self._by_office: dict[str, list[str]] = {}
        for who, office in people.items():
            self._by_office.setdefault(office, []).append(who)
        self._count = 0

    def visits(self, seconds: float, reads: float, actions: float) -> list[Visit]:
        """So many reads and actions a second, by the time at which each is due."""
        found = [self._read(self.chance.uniform(0, seconds)) for _ in range(round(reads * seconds))]
        for number in range(round(actions * seconds)):
            found += self._action(number, self.chance.uniform(TYPING, max(seconds, TYPING)))
        return sorted(found, key=lambda visit: visit.at)

    def each_read(self, times: int) -> list[Visit]:
        """Every kind of read so many times, without a time."""
        return [Visit(0.0, what, *read(self)) for what, _, read in READS for _ in range(times)]

    def each_action(self, times: int) -> list[Visit]:
        """Every kind of action so many times, with its form, without a time."""
        kinds = [kind for _, kind in ACTIONS for _ in range(times)]
        return [visit for number, kind in enumerate(kinds) for visit in self._both(number, 0.0, 0.0, kind)]

    def one(self, kind: str) -> str:
        """A record of this kind that is known."""
        return str(self.chance.choice(self._known[kind]))

    def untouched(self) -> str:
        """A person whom no action was about yet."""
        return str(next(self._untouched))

    def office(self, name: str) -> str:
        """Somebody of this office."""
        return self.chance.choice(self._by_office[name])

    def anybody(self) -> str:
        """Somebody of any office."""
        return self.chance.choice([who for people in self._by_office.values() for who in people])

    def unique(self) -> str:
        """A word nobody used before."""
        self._count += 1
        return f"L-{self._count}"

    def entry(self) -> int:
        """The number of an entry of the ledger."""
        return self.chance.randrange(1, self._known["entries"])

    def parties(self) -> Sequence[str]:
        """The party that hands over, and the one that receives."""
        return self._known["parties"]  # type: ignore[no-any-return]

    def _read(self, at: float) -> Visit:
        what, _, read = self.chance.choices(READS, weights=[weight for _, weight, _ in READS])[0]
        return Visit(at, what, *read(self))

    def _action(self, number: int, at: float) -> list[Visit]:
        _, kind = self.chance.choices(ACTIONS, weights=[weight for weight, _ in ACTIONS])[0]
        return self._both(number, at - TYPING, at, kind)

    def _both(self, number: int, form_at: float, at: float, kind: Doing) -> list[Visit]:
        office, verb, record, typed = kind(self)
        who, path = self.office(office), f"/do/{verb}/"
        query = f"?record={record}" if record else ""
        return [
            Visit(form_at, FORM, who, path + query, record, number),
            Visit(at, verb, who, path, "", number, typed),
        ]


Reading = Callable[[Day], tuple[str, str, str]]
"""Who, the path, and what must stand in the page."""
Doing = Callable[[Day], tuple[str, str, str, dict[str, str]]]
"""Office, verb, the record its form is opened for ("" for none), and what is typed."""


def _deep_by_date(day: Day) -> str:
    since = date(2022, 6, 1) + timedelta(day.chance.randrange(3 * 365))
    return urlencode({"by": "date", "after": f"{since}.{day.one('persons')}"})


def _search(day: Day, *sorts: str) -> str:
    return "/list/missing_person/?" + urlencode({"name": " ".join(day.names.one(sort) for sort in sorts)})


def _page_of(office: str, kind: str) -> Reading:
    def read(day: Day) -> tuple[str, str, str]:
        record = day.one(kind)
        return day.office(office), f"/record/{record}/", record

    return read


def _listed(office: str, query: Callable[[Day], str], expect: str = _LINK) -> Reading:
    return lambda day: (day.office(office), "/list/missing_person/" + query(day), expect)


READS: tuple[tuple[str, int, Reading], ...] = (
    ("today", 3, lambda day: (day.anybody(), "/", "<h1>")),
    ("missing persons, first page", 3, _listed("registrar", lambda day: "")),
    ("missing persons, deep inside", 3, _listed("registrar", lambda day: f"?after={day.one('persons')}")),
    ("missing persons by date, deep inside", 2, _listed("registrar", lambda day: "?" + _deep_by_date(day))),
    ("missing persons, liaison's first page", 1, _listed("liaison", lambda day: "")),
    ("missing persons, somebody of two offices", 1, _listed("registrar, liaison", lambda day: "")),
    ("missing persons, in a state of which there are few", 1, _listed("registrar", lambda day: "?state=buried")),
    ("missing persons, other side's first page", 1, _listed("other side", lambda day: "", "<h1>")),
    ("search by surname", 3, lambda day: (day.office("registrar"), _search(day, "Surname"), "<h1>")),
    ("search by whole name", 3, lambda day: (
        day.office("registrar"), _search(day, "Surname", "First", "Patronymic"), "<h1>")),
    ("search by first name alone", 1, lambda day: (day.office("registrar"), _search(day, "First"), "<h1>")),
    ("one missing person", 6, _page_of("registrar", "persons")),
    ("one family", 4, _page_of("liaison", "families")),
    ("one of the remains", 3, _page_of("examiner", "remains")),
    ("remains, first page", 2, lambda day: (day.office("examiner"), "/list/remains/", 'href="/record/RM-')),
    ("documents, first page", 1, lambda day: (day.office("registrar"), "/list/document/", 'href="/record/DO-')),
    ("handover", 1, _page_of("coordinator", "handovers")),
    ("families, first page", 1, lambda day: (day.office("geneticist"), "/list/family/", 'href="/record/FA-')),
    ("account", 1, lambda day: (day.office("coordinator"), "/account/", "<svg")),
    ("ledger, first page", 1, lambda day: (day.office("auditor"), "/ledger/", "<tbody>")),
    ("ledger, deep inside", 1, lambda day: (day.office("auditor"), f"/ledger/?before={day.entry()}", "<tbody>")),
)  # fmt: skip
"""What is read, how often, and how."""


def _register_person(day: Day) -> tuple[str, str, str, dict[str, str]]:
    surname, first = day.names.one("Surname"), day.names.one("First")
    fields = {"surname": surname, "first_names": first, "sex": "male", "born": "1990-04-12", "last_seen": _DAY}
    return "registrar", "register_missing_person", "", {**fields, "service_number": day.unique()}


def _correct_person(day: Day) -> tuple[str, str, str, dict[str, str]]:
    fields = {"place": day.unique(), "first_names": day.names.one("First"), "reason": "A letter came."}
    return "registrar", "correct_missing_person", day.untouched(), fields


def _register_family(day: Day) -> tuple[str, str, str, dict[str, str]]:
    return day.chance.choice(("registrar", "liaison")), "register_family", day.untouched(), {"note": day.unique()}


def _add_relative(day: Day) -> tuple[str, str, str, dict[str, str]]:
    fields = {"surname": day.names.one("Surname"), "sex": "female", "relation": "sister", "given_on": _DAY}
    return "liaison", "add_relative", day.one("families"), {**fields, "scope": "kinship", "document": day.unique()}


def _add_document(day: Day) -> tuple[str, str, str, dict[str, str]]:
    return "registrar", "add_document", day.one("persons"), {"title": day.unique(), "dated": _DAY}


def _register_handover(day: Day) -> tuple[str, str, str, dict[str, str]]:
    giver, receiver = day.parties()
    tags = "\n".join(f"{day.unique()}; seal" for _ in range(10))
    fields = {"from_party": giver, "to_party": receiver, "took_place_on": _DAY, "containers": tags}
    return "coordinator", "register_handover", "", fields


def _register_container(day: Day) -> tuple[str, str, str, dict[str, str]]:
    return "coordinator", "register_container", day.one("handovers"), {"tag": day.unique(), "seal": "seal"}


ACTIONS: tuple[tuple[int, Doing], ...] = (
    (6, _register_person), (4, _correct_person), (3, _register_family), (3, _add_relative), (2, _add_document),
    (1, _register_handover), (2, _register_container),
)  # fmt: skip
"""What is done, and how often."""
