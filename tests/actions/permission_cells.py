"""Every cell of the table of permissions, tried: each person of the world and each verb, each person and each kind.

What is expected follows from `domain.VERBS` and `domain.READ` and from what the world remembers of its people and
records; no door and no action is asked for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from antigone.domain import READ, VERBS, InputRefused, Kind, Reach, make_identifier
from tests.register_database import Worlds
from tests.world import CALLS, Fact, Person, World, call_of

if TYPE_CHECKING:
    from antigone.actions import VerbCode
    from antigone.register.actor import Actor

SIDE = "a"
"""Whose records are acted on; the other side's people, and the neutral third's, are outsiders."""
NOBODY = "nobody"
"""A log-in without any office."""
ALLOWED = "allowed"
NOT_ALLOWED, NOT_HERE = "NotAllowed", "NotHere"
NO_ACTOR = "no actor"
"""Somebody suspended: nothing can be asked in their name."""
KNOWN_BY_NUMBER = {"propose": {Kind.MISSING_PERSON}, "add_user": {Kind.RELATIVE}}
"""Records that a verb's field names without reading them: geneticists know missing persons, and
administrators the relatives who are to log in, by number alone."""
SAYS_NOTHING = {"missing-field", "one-of-two", "one-donor", "finding-of-others"}
"""Refusals that repeat what was typed, and tell nothing of a record that may not be seen."""
OWN_HANDOVER = ("receive_handover", "register_container")
"""The other party sees a handover that concerns it, and changes nothing of it."""
BY_MANY = {"read_in_bulk", "export", "change_password", "enrol_second_factor", "add_document"}
"""Verbs that many may do, and that change nothing for the next one."""
PASSWORD = "Known-to-one-alone-1"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

_IDENTIFIER = re.compile(rf"\b(?:{'|'.join(kind.prefix for kind in Kind)})-[0-9A-Z]{{6}}-[0-9A-Z]\b")


@dataclass(frozen=True)
class Cell:
    """One person and one verb or kind: what was to be, and what was."""

    column: str
    username: str
    expected: str
    found: str

    @property
    def agrees(self) -> bool:
        return self.expected == self.found


def column_of(kind: Kind) -> str:
    """What the cells of this kind are under; a verb may have the same name."""
    return f"{kind.value}, seen"


def everybody(world: World) -> dict[str, Person]:
    """The people of the world, and one without an office."""
    registrar = world.people[f"{SIDE}.registrar"]
    return {**world.people, NOBODY: replace(registrar, username=NOBODY, roles=frozenset())}


def actor_of(world: World, username: str) -> Actor:
    """Who acts; the one without an office is a registrar but for that."""
    if username == NOBODY:
        return replace(world.actors[f"{SIDE}.registrar"], roles=frozenset())
    return world.actors[username]


def expected_to_do(world: World, person: Person, verb: str) -> str:
    """`ALLOWED`, or the refusal that the table, the world and the verb's own rule ask for."""
    if VERBS[verb].founding or not VERBS[verb].roles & person.roles:
        return NOT_ALLOWED
    named = [identifier for text in _typed(world, person, verb).values() for identifier in _IDENTIFIER.findall(text)]
    by_number = KNOWN_BY_NUMBER.get(verb, set())
    if not all(within_reach(world, person, one) for one in named if world.facts[one].kind not in by_number):
        return NOT_HERE
    if verb in OWN_HANDOVER and person.party != world.names[SIDE]["party"]:
        return "handover-of-other-party"
    if verb == "enter_profile" and person.institution != world.names[SIDE]["institution"]:
        return "sample-elsewhere"
    return ALLOWED


def within_reach(world: World, person: Person, identifier: str) -> bool:
    """Whether any office of this person reads as far as this record; a document goes with the record it is about."""
    fact = world.facts[identifier]
    if fact.kind is Kind.DOCUMENT and not within_reach(world, person, str(fact.about)):
        return False
    of_kind = READ.get(fact.kind, {})
    return any(_WITHIN[of_kind[role]](person, fact) for role in person.roles if role in of_kind)


def seen(world: World, person: Person, kind: Kind) -> set[str]:
    """Every record of this kind that this person is to see."""
    return {one for one in world.of(kind) if within_reach(world, person, one)}


def refusals(world: World, table: Path) -> Iterator[Cell]:
    """Everybody who is to be refused, in the open world."""
    yield from _suspended(world, VERBS)
    for username, person in everybody(world).items():
        for verb in VERBS:
            expected = expected_to_do(world, person, verb)
            if expected != ALLOWED:
                yield Cell(verb, username, expected, attempt(world, username, verb, table))


def permitted(worlds: Worlds, table: Path, part: Random | None = None) -> Iterator[Cell]:
    """Everybody who is to be allowed, each in a world in which nobody did the same before them.

    In each world one person does each verb, in the order of `CALLS`; a verb of `BY_MANY` all of them do in the first
    one. `part`: seeded, one person for each verb.
    """
    allowed: dict[str, list[str]] = {}
    with worlds.fresh() as world:
        for verb in CALLS:
            people = everybody(world).items()
            names = [name for name, person in people if expected_to_do(world, person, verb) == ALLOWED]
            allowed[verb] = names if part is None else part.sample(names, min(1, len(names)))
    rounds = max(len(names) for verb, names in allowed.items() if verb not in BY_MANY)
    for turn in range(rounds):
        with worlds.fresh() as world:
            for verb, names in allowed.items():
                whole = names if turn == 0 else []
                for username in whole if verb in BY_MANY else names[turn : turn + 1]:
                    yield Cell(verb, username, ALLOWED, attempt(world, username, verb, table))


def strangers(world: World, table: Path) -> Iterator[Cell]:
    """Everybody who may do a verb, with a record in one of its fields that they may not see.

    Each field that names records is tried with a record of the other side and with one of the own side, where there
    are any; once beside the call's other records, and once with a party at most.
    """
    from antigone.actions import fields_of
    from antigone.actions import verb as verb_named

    for username, person in everybody(world).items():
        for verb in CALLS:
            if expected_to_do(world, person, verb) != ALLOWED:
                continue
            typed = _typed(world, person, verb)
            refs = [field for field in fields_of(verb_named(verb).command) if field.shape in ("ref", "refs")]
            alone = {name: text for name, text in typed.items() if name not in {field.name for field in refs}}
            alone |= {f.name: world.names[SIDE]["other_party"] for f in refs if f.mark.kinds == (Kind.PARTY,)}
            for field in refs:
                own = typed.get(field.name, "")
                by_number = KNOWN_BY_NUMBER.get(verb, set()) >= set(field.mark.kinds)
                for hidden in _hidden(world, person, field.mark.kinds, own, by_number):
                    named = f"{own}, {hidden}" if field.shape == "refs" else hidden
                    for call in ({**typed, field.name: named}, {**alone, field.name: named}):
                        found = attempt(world, username, verb, table, call)
                        silent = set(found.split(", ")) <= SAYS_NOTHING
                        yield Cell(f"{verb}: {field.name}", username, NOT_HERE, NOT_HERE if silent else found)


def attempt(world: World, username: str, verb: str, table: Path, typed: Mapping[str, str] | None = None) -> str:
    """What came of it: `ALLOWED` with one entry by this person, or the refusal with nothing written.

    `typed`: another call than the one on side A's records.
    """
    from antigone.actions import perform
    from antigone.register.refusals import NotAllowed, NotHere, NotNow

    person, before = everybody(world)[username], _written()
    with _own_access(person, verb):
        try:
            done = perform(actor_of(world, username), *_command(typed or _typed(world, person, verb), verb, table))
        except (NotAllowed, NotHere) as refused:
            found = type(refused).__name__
        except NotNow as refused:
            found = refused.code
        except InputRefused as refused:
            found = ", ".join(problem.code for problem in refused.problems)
        else:
            return ALLOWED if _entry(done.entry) == (before[0], verb, person.user) else "another entry"
    return found if _written() == before else f"{found}, and something was written"


def _suspended(world: World, columns: Iterable[str]) -> Iterator[Cell]:
    from antigone.register.actor import actor_named

    for username in world.suspended:
        found = NO_ACTOR if actor_named(username) is None else ALLOWED
        yield from (Cell(column, username, NO_ACTOR, found) for column in columns)


def _hidden(world: World, person: Person, kinds: Iterable[Kind], own: str, by_number: bool) -> list[str]:
    """A record of these kinds of the other side, and one of the own, that this person may not see.

    `by_number`: the own side's is named without being read.
    """
    of_kinds = [identifier for kind in kinds for identifier in world.of(kind)]
    hidden = [one for one in of_kinds if not within_reach(world, person, one) and one not in own]
    others = [one for one in hidden if person.party not in world.facts[one].parties]
    own_side = [one for one in hidden if person.party in world.facts[one].parties]
    return others[:1] + ([] if by_number else own_side[:1])


def reading(world: World, kinds: Iterable[Kind] = tuple(Kind)) -> Iterator[Cell]:
    """Everybody and every kind: the list, each record of it by its identifier, and those that are not in it."""
    yield from _suspended(world, map(column_of, kinds))
    for username, person in everybody(world).items():
        actor = actor_of(world, username)
        for kind in kinds:
            expected = seen(world, person, kind)
            yield Cell(column_of(kind), username, _count(expected), _found(world, actor, kind, expected))


def _found(world: World, actor: Actor, kind: Kind, expected: set[str]) -> str:
    from antigone.register.doors import DOORS
    from antigone.register.refusals import NotHere

    door = DOORS[kind]
    visible = set(door.visible(actor).values_list("pk", flat=True))
    if visible != expected:
        return f"{_count(visible)}: {sorted(visible ^ expected)}"
    hidden = set(world.of(kind)) - expected
    for identifier in [*_first(expected), *_first(hidden), make_identifier(kind, 999_999)]:
        try:
            got = door.get(actor, identifier).pk
        except NotHere as refused:
            got = None if refused.args == (f"{kind.value} {identifier}",) else "another refusal"
        if got != (identifier if identifier in expected else None):
            return f"{identifier}: {got}"
    return _count(visible)


_EACH = 4
"""Records got one by one, of those that are seen and of those that are not; of a kind with fewer, all."""


def _first(identifiers: set[str]) -> list[str]:
    return Random(len(identifiers)).sample(sorted(identifiers), min(_EACH, len(identifiers)))


def _count(identifiers: set[str]) -> str:
    return f"{len(identifiers)} records"


def _typed(world: World, person: Person, verb: str) -> dict[str, str]:
    own = {"password": PASSWORD, "secret": SECRET, "code": _code() if verb == "enrol_second_factor" else ""}
    names = {**world.names[SIDE], **own}
    return call_of(verb, replace(world, names={SIDE: names}), SIDE)


def _command(typed: Mapping[str, str], verb: str, table: Path) -> tuple[VerbCode, object]:
    from antigone.actions import read_command
    from antigone.actions import verb as verb_named

    code = verb_named(verb)
    files = {"table": table} if verb == "import_missing_persons" else {}
    return code, read_command(code.command, typed, files)


@contextmanager
def _own_access(person: Person, verb: str) -> Iterator[None]:
    """For what people do to their own access: a password they know, kept in a way that costs no second to compute."""
    if verb not in ("change_password", "enrol_second_factor"):
        yield
        return
    from django.contrib.auth.hashers import make_password
    from django.test import override_settings

    from antigone.register.models import User

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        User.objects.filter(pk=person.user).update(password=make_password(PASSWORD))
        yield


def _code() -> str:
    """The six digits that an authenticator application with this secret shows now."""
    from django_otp.oath import TOTP

    from antigone.register.second_factor import STEP, secret_bytes

    return f"{TOTP(secret_bytes(SECRET), step=STEP).token():06}"


def _written() -> tuple[int, int]:
    """How many entries there are, and how many changes."""
    from antigone.register.entries import ledger_size
    from antigone.register.models import Change

    return ledger_size(), Change.objects.count()


def _entry(index: int) -> tuple[int, str, str]:
    from antigone.register.models import LedgerEntry

    entry = LedgerEntry.objects.get(index=index)
    return entry.index, entry.verb, entry.actor


def _of_party(person: Person, fact: Fact) -> bool:
    return person.party in fact.parties


def _of_institution(person: Person, fact: Fact) -> bool:
    return person.institution == fact.institution


def _of_family(person: Person, fact: Fact) -> bool:
    return person.family is not None and person.family == fact.family


def _about_self(person: Person, fact: Fact) -> bool:
    return fact.about is not None and fact.about in (person.user, person.relative)


_WITHIN = {
    Reach.ANY: lambda _person, _fact: True,
    Reach.OWN_PARTY: _of_party,
    Reach.OWN_INSTITUTION: _of_institution,
    Reach.OWN_FAMILY: _of_family,
    Reach.OWN_SELF: _about_self,
}
