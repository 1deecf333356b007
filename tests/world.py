"""A register with a record of every kind on both sides and with the neutral third, entered by actions.

The world remembers for itself what belongs to whom: tests of access ask it, and not the doors, what each person is
to see. Both sides have the same people and the same records, so each is a true outsider to the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import TYPE_CHECKING

from antigone.domain import Kind, UserRole
from tests.cast import ROLES, do, enter_cast

if TYPE_CHECKING:
    from antigone.actions import Done
    from antigone.actions.example_steps import Work
    from antigone.register.actor import Actor

DAY = "2025-06-11"
LATER = "2025-07-01"
LOCI = (
    "D3S1358",
    "vWA",
    "D16S539",
    "CSF1PO",
    "TPOX",
    "D8S1179",
    "D21S11",
    "D18S51",
    "TH01",
    "FGA",
    "D5S818",
    "D13S317",
)
SEED = 20_251_101
SIDES = ("a", "b")
ADMINISTRATOR = "a.administrator"
EVIDENCE = "The tag under which it came names him"
CHILDREN = (("son", "male"), ("sister", "female"))
HIDDEN = "Hidden-of-"
"""Begins the words that geneticists alone may read, before the letter of the side."""
OTHER_PARENT = "Z9"
"""The person whom only the geneticists' pedigree of the inconsistent family has."""
WITH_FAMILY = {Kind.FAMILY, Kind.RELATIVE, Kind.CONSENT, Kind.DECISION, Kind.RELEASE, Kind.GRAVE}
"""Kinds of records that stay with the institution that keeps the family, whoever of the party enters them."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the register; `relative` and `family` are a family contact's."""

    username: str
    party: str
    institution: str
    roles: frozenset[UserRole]
    user: str
    relative: str | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Whose a record is. `parties`: those it concerns. `about`: the user or relative it is about or addressed to; of a
    document, the record it is about.
    """

    kind: Kind
    parties: frozenset[str]
    institution: str | None
    family: str | None = None
    about: str | None = None


@dataclass
class World:
    """Everybody and everything in it. `names`: what the calls of a side name, by side and word."""

    people: dict[str, Person] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    suspended: list[str] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict, repr=False)

    def of(self, kind: Kind, side: str | None = None) -> list[str]:
        """The identifiers of this kind; of one side where it is given, by its letter."""
        party = self.names[side]["party"] if side else None
        of_kind = [(identifier, fact) for identifier, fact in self.facts.items() if fact.kind is kind]
        return sorted(identifier for identifier, fact in of_kind if party is None or party in fact.parties)


CALLS: dict[str, dict[str, str]] = {
    # the register itself
    "found_register": {
        "party_code": "C", "party_name": "Party-C", "side": "side", "institution": "Office-C", "username": "c.first",
        "name": "Name of a user",
    },
    "add_party": {"code": "C", "name": "Party-C", "side": "side"},
    "add_institution": {"party": "{party}", "name": "Office-9"},
    "add_user": {
        "institution": "{institution}", "username": "{side}.new", "name": "Name of a user", "roles": "registrar",
    },
    "renew_access": {"user": "{user}", "one_time_password": "only-for-the-first-time"},
    "change_password": {
        "old_password": "{password}", "new_password": "Not-guessed-22", "new_password_again": "Not-guessed-22",
    },
    "enrol_second_factor": {"password": "{password}", "secret": "{secret}", "code": "{code}"},
    "rotate_keys": {},
    "read_in_bulk": {"kind": "handover", "count": "101", "how": "page"},
    "export": {"recipient": "{other_party}"},
    "acknowledge_notice": {"notice": "{notice}"},
    # missing persons and families
    "register_missing_person": {"surname": "Surname-9"},
    "import_missing_persons": {},
    "correct_missing_person": {"missing_person": "{stray}", "place": "Place-9", "reason": "Reason-9"},
    "merge_duplicates": {"first": "{stray}", "second": "{stray_again}", "reason": "Reason-9"},
    "register_family": {"missing": "{stray}"},
    "declare_pedigree": {
        "family": "{family}",
        "members": "{missing_person} {father} {mother} male\n{father} - - male\n{mother} - - female"
        "\nS {father} {mother} female",
    },
    "add_relative": {"family": "{family}", "surname": "Surname-9", "scope": "kinship", "given_on": DAY},
    "correct_relative": {"relative": "{mother}", "contact": "Contact-9", "reason": "Reason-9"},
    "take_reference_sample": {"relative": "{mother}", "material": "buccal_swab", "taken_on": LATER},
    "move_sample": {"sample": "{reference_sample}", "to": "sent", "laboratory": "{institution}"},
    "check_family": {"family": "{family}"},
    # handovers, containers, remains
    "register_handover": {"from_party": "{other_party}", "to_party": "{party}"},
    "receive_handover": {"handover": "{announced}", "containers": "T-8; received; intact"},
    "register_container": {"handover": "{announced}", "tag": "T-9"},
    "correct_container": {"container": "{closed}", "seal_found": "broken", "reason": "Reason-9"},
    "open_container": {"container": "{closed}"},
    "describe_remains": {"remains": "{unit}", "description": "Description-9"},
    "take_sample": {"remains": "{unit}", "material": "bone"},
    "join_remains": {"remains": "{unit}, {other_unit}", "reason": "Reason-9"},
    "separate_remains": {"remains": "{joined}", "reason": "Reason-9"},
    "enter_profile": {"sample": "{received_sample}", "quality": "full", "autosomal": "TH01 6/9.3"},
    "split_remains": {"remains": "{unit}", "parts": "2", "reason": "Reason-9"},
    # profiles
    "compare": {"family": "{family}", "remains": "{typed_unit}"},
    "correct_profile": {"profile": "{profile}", "quality": "partial", "reason": "Reason-9"},
    "withdraw_profile": {"profile": "{profile}", "reason": "Reason-9"},
    # from finding to grave
    "propose": {
        "remains": "{found_unit}", "missing_person": "{found_person}", "findings": "{finding}", "reasons": "Reason-9",
        "other_evidence": "Evidence-9",
    },
    "sign": {"proposal": "{proposal}"},
    "dissent": {"proposal": "{proposal}", "text": "Reason-9"},
    "inform_family": {"decision": "{decision}", "relative": "{decided_mother}", "on": LATER},
    "release": {"decision": "{decision}", "released_on": LATER, "received_by": "Surname-9"},
    "bury": {
        "release": "{release}", "buried_on": LATER, "cemetery": "Cemetery-9", "plot": "9",
        "coordinates": "48.46470, 35.04620",
    },
    "reverse": {"decision": "{decision}", "reason": "Reason-9"},
    "add_document": {"about": "{received}", "title": "Title-9"},
    # what ends something comes last
    "record_found_alive": {"missing_person": "{missing_person}", "reason": "Reason-9"},
    "withdraw_consent": {"consent": "{consent}", "reason": "Reason-9"},
    "record_consent": {"relative": "{mother}", "scope": "direct", "given_on": LATER},
    "erase_relative": {"relative": "{mother}", "ground": "asked_by_the_person"},
    "erase": {"missing_person": "{stray}", "ground": "asked_by_the_family"},
    "change_roles": {"user": "{user}", "roles": "registrar, liaison"},
    "suspend_user": {"user": "{user}"},
}  # fmt: skip
"""Verb -> a call of it that the world as it stands allows, on records of one side; words in braces: `World.names`.

In this order one world allows them all, one after the other.
"""


def call_of(verb: str, world: World, side: str) -> dict[str, str]:
    """The fields of a valid command, typed, on records of this side."""
    return {name: text.format_map(world.names[side]) for name, text in CALLS[verb].items()}


def enter_world() -> World:
    """Found a register and enter the world into it."""
    enter_cast()
    entering = _Entering()
    offices = {side: entering.offices(side) for side in SIDES}
    sides = [_Side(entering, side, *offices[side]) for side in SIDES]
    for one in sides:
        one.enter()
    for one in sides:
        one.name_notice()
    entering.neutral()
    return entering.world


class _Entering:
    """Does what is to be done, and files everything that came of it."""

    def __init__(self) -> None:
        from antigone.register.actor import actor_of
        from antigone.register.models import Institution, Party, User

        self.world = World()
        for record in (*Party.objects.all(), *Institution.objects.all()):
            self.world.facts[record.pk] = Fact(record.KIND, frozenset({record.party_id or record.pk}), None)
        for user in User.objects.all():
            actor = actor_of(user)
            assert actor is not None
            self._enter_person(Person(user.username, user.party_id, user.institution_id, actor.roles, user.pk), actor)

    def do(self, username: str, verb: str, /, keeper: str | None = None, **typed: str) -> str:
        """As this user; `keeper`: the institution that keeps the family it is about."""
        done = do(self.world.actors[username], verb, **typed)
        self._file(self.world.people[username], verb, typed, done, keeper)
        return done.record

    def offices(self, side: str) -> tuple[str, str]:
        """The first institution of a side, with two people more, and a second one with an office each."""
        first = self.world.people[f"{side}.registrar"].institution
        second = self.do(ADMINISTRATOR, "add_institution", party=self.party_of(side), name=f"Second of {side}")
        for role in ROLES:
            self.user(f"{side}2.{role}", second, role)
        self.user(f"{side}.two_offices", first, "liaison, coordinator")
        self._suspended(f"{side}.suspended", first)
        return first, second

    def user(self, username: str, institution: str, roles: str, relative: str | None = None) -> None:
        """A user, by the administrator."""
        from antigone.register.actor import actor_named

        more = {"relative": relative} if relative else {}
        user = self.do(
            ADMINISTRATOR, "add_user", institution=institution, username=username, name="Name of a user", roles=roles,
            **more,
        )  # fmt: skip
        [party] = self.world.facts[institution].parties
        family = self.world.facts[relative].family if relative else None
        held = frozenset(UserRole(role) for role in roles.split(", "))
        actor = actor_named(username)
        assert actor is not None
        self._enter_person(Person(username, party, institution, held, user, relative, family), actor)

    def party_of(self, side: str) -> str:
        """The party with this letter."""
        return self.world.people[f"{side}.registrar"].party

    def neutral(self) -> None:
        """What the neutral third enters: a handover between the sides, and a paper about it."""
        self.user("n.coordinator", self.world.people["n.intermediary"].institution, "coordinator")
        parties = {"from_party": self.party_of("b"), "to_party": self.party_of("a")}
        handover = self.do("n.coordinator", "register_handover", containers="T-1; S-1", **parties)
        self.do("n.coordinator", "add_document", about=handover, title="Title-1")

    def _suspended(self, username: str, institution: str) -> None:
        self.user(username, institution, "registrar")
        self.do(ADMINISTRATOR, "suspend_user", user=self.world.people.pop(username).user)
        del self.world.actors[username]
        self.world.suspended.append(username)

    def _enter_person(self, person: Person, actor: Actor) -> None:
        self.world.people[person.username] = person
        self.world.actors[person.username] = actor
        self.world.facts[person.user] = Fact(
            Kind.USER, frozenset({person.party}), person.institution, about=person.user
        )

    def _file(self, who: Person, verb: str, typed: Mapping[str, str], done: Done, keeper: str | None) -> None:
        from antigone.register.models import Change, LedgerEntry

        if verb == "register_family":
            for person in typed["missing"].split(", "):
                self.world.facts[person] = replace(self.world.facts[person], family=done.record)
        action = LedgerEntry.objects.get(index=done.entry).action
        new = Change.objects.filter(action=action, version=1).order_by("position").values_list("kind", "record")
        for word, record in new:
            kind = Kind(word)
            stays = kind in WITH_FAMILY or verb == "take_reference_sample"
            fact = Fact(kind, frozenset({who.party}), keeper if keeper and stays else who.institution)
            self.world.facts[record] = _with_particulars(fact, record, typed, done.record)


def _with_particulars(fact: Fact, record: str, typed: Mapping[str, str], done: str) -> Fact:
    """What else is known of a new record. `done`: the record that the action was about."""
    if fact.kind is Kind.INSTITUTION:
        return replace(fact, parties=frozenset({typed["party"]}), institution=None)
    if fact.kind is Kind.HANDOVER:
        return replace(fact, parties=fact.parties | {typed["from_party"], typed["to_party"]})
    if fact.kind is Kind.FAMILY:
        return replace(fact, family=record)
    if fact.kind is Kind.RELATIVE:
        return replace(fact, family=typed["family"], about=record)
    if fact.kind is Kind.CONSENT:
        return replace(fact, about=typed.get("relative", done))
    if fact.kind is Kind.DOCUMENT:
        return replace(fact, about=typed["about"])
    if fact.kind is Kind.NOTICE:
        from antigone.register.models import Notice

        return replace(fact, about=Notice.objects.get(pk=record).addressee_id)
    return fact


class _Side:
    """One side at work. `names`: what its calls name."""

    def __init__(self, entering: _Entering, side: str, first: str, second: str) -> None:
        from antigone.actions.example_genes import Genes
        from antigone.intake import read_table

        self.entering = entering
        self.side = side
        self.first, self.second = first, second
        self.genes = Genes(read_table("Norway"), LOCI, SEED)
        other = SIDES[1 - SIDES.index(side)]
        self.names = {
            "side": side,
            "party": entering.party_of(side),
            "other_party": entering.party_of(other),
            "institution": first,
            "user": entering.world.people[f"{side}.registrar"].user,
        }
        entering.world.names[side] = self.names

    def work(self, office: str = "", keeper: str | None = None) -> Work:
        """The people of one office ("": the first, "2": the second) at work for a family of this institution."""

        def at_work(who: str, verb: str, /, **typed: str) -> str:
            return self.entering.do(f"{self.side}{office}.{who}", verb, keeper=keeper or self.first, **typed)

        return at_work

    def enter(self) -> None:
        """Everything of this side."""
        units = self._handovers()
        self._free_remains(*units[6:])
        self._proposed(units[0])
        self._identified(units[1], units[2])
        self._of_second_office(units[3])
        self._inconsistent(units[4])
        self.names["typed_unit"] = units[5]
        self.names["profile"] = steps().sampled(self.work(), units[5], self.first, self.genes.founder(), DAY)
        self._strays()
        for who, word in (("registrar", "received"), ("registrar", "missing_person"), ("signatory", "proposal")):
            self.work()(who, "add_document", about=self.names[word], title="Title-1")

    def name_notice(self) -> None:
        """A notice that waits for the registrar."""
        from antigone.register.models import Notice

        waiting = Notice.objects.filter(addressee=self.names["user"], state="waiting").order_by("pk")
        self.names["notice"] = waiting.values_list("pk", flat=True)[0]

    def _handovers(self) -> list[str]:
        """Ten units of remains of a handover that was received; one container stays closed, one is announced."""
        parties = self.names["other_party"], self.names["party"]
        work = self.work()
        self.names["received"] = steps().handover(work, *parties, ["T-1", "T-2", "T-3", "T-4"], DAY)
        found = dict.fromkeys(["T-1", "T-2", "T-3", "T-4"], "received; intact")
        containers = steps().received(work, self.names["received"], found)
        self.names["closed"] = containers["T-4"]
        self.names["announced"] = steps().handover(work, *parties, ["T-8"], DAY)
        counts = {"T-1": 4, "T-2": 2, "T-3": 4}
        return [unit for tag, n in counts.items() for unit in steps().opened_container(work, containers[tag], n)]

    def _free_remains(self, unit: str, other: str, joined: str, with_it: str) -> None:
        """Remains that nobody's profiles are compared with yet."""
        work = self.work()
        self.names |= {"unit": unit, "other_unit": other, "joined": joined}
        work("examiner", "join_remains", remains=f"{joined}, {with_it}", reason="Reason-1")
        sample = work("examiner", "take_sample", remains=unit, material="bone")
        steps().at_laboratory(work, "examiner", sample, self.first)
        self.names["received_sample"] = sample

    def _proposed(self, unit: str) -> None:
        """A family whose son is proposed to the board; father and mother log in to read of it."""
        from antigone.register.models import Consent

        work = self.work()
        family, finding = self._matched(work, work, "Surname-First", unit, self.first)
        self.names["proposal"] = steps().proposed(work, unit, family["son"], finding, EVIDENCE)
        self.names |= {"family": family["family"], "missing_person": family["son"]}
        self.names |= {name: family[name] for name in ("father", "mother")}
        self.names["consent"] = Consent.objects.get(relative=family["mother"]).pk
        self.names["reference_sample"] = work(
            "liaison", "take_reference_sample", relative=family["mother"], material="blood", taken_on=DAY
        )
        self.entering.user(f"{self.side}.contact", self.first, "family_contact", family["mother"])
        self.entering.user(f"{self.side}.contact_and_auditor", self.first, "family_contact, auditor", family["father"])

    def _identified(self, unit: str, released_unit: str) -> None:
        """Two families whose sons were identified; the second one's remains were released."""
        work = self.work()
        family, self.names["decision"] = self._decided(work, work, "Surname-Second", unit, self.first)
        self.names["decided_mother"] = family["mother"]
        self.entering.user(f"{self.side}.other_contact", self.first, "family_contact", family["mother"])
        _, decision = self._decided(work, work, "Surname-Third", released_unit, self.first)
        self.names["release"] = steps().released(work, decision, DAY)

    def _of_second_office(self, unit: str) -> None:
        """A family that the second institution keeps: buried, and told. The first one's people work for it too."""
        own, others = self.work("2", self.second), self.work(keeper=self.second)
        family, decision = self._decided(own, others, "Surname-Fourth", unit, self.second)
        others(
            "registrar", "add_relative", family=family["family"], surname="Surname-Fourth", scope="none", given_on=DAY
        )
        steps().buried(others, steps().released(others, decision, DAY), LATER)
        own("liaison", "inform_family", decision=decision, relative=family["mother"], on=LATER)

    def _inconsistent(self, unit: str) -> None:
        """A family whose father is not the children's, which geneticists alone know. A finding to be proposed."""
        work, genes = self.work(), self.genes
        members = [
            steps().Member("son", "male", "father", "mother"),
            *(steps().Member(word, sex, scope="kinship") for word, sex in (("father", "male"), ("mother", "female"))),
            steps().Member("sister", "female", "father", "mother", scope="kinship"),
        ]
        family = steps().household(work, "Surname-Fifth", members, DAY)
        declared, mother, other = genes.founder(), genes.founder(), genes.founder()
        typed = {"father": declared, "mother": mother, "sister": genes.child(other, mother)}
        for word, genotype in typed.items():
            steps().reference(work, family[word], self.first, genotype, DAY)
        steps().sampled(work, unit, self.first, genes.child(other, mother), DAY)
        work("geneticist", "check_family", family=family["family"])
        known = f"{family['father']} - - male\n{family['mother']} - - female\n{OTHER_PARENT} - - male"
        children = [f"{family[word]} {OTHER_PARENT} {family['mother']} {sex}" for word, sex in CHILDREN]
        work(
            "geneticist", "check_family", family=family["family"], members="\n".join([known, *children]),
            explanation=f"{HIDDEN}{self.side}",
        )  # fmt: skip
        self.names |= {"found_unit": unit, "found_person": family["son"]}
        self.names["finding"] = steps().compared(work, family["family"], unit, family["son"])

    def _strays(self) -> None:
        """Missing persons without a family."""
        for office, words in (("", ("stray", "stray_again")), ("2", ("stray_of_second",))):
            for word in words:
                self.names[word] = self.work(office)("registrar", "register_missing_person", surname="Surname-Sixth")

    def _matched(self, own: Work, others: Work, surname: str, unit: str, laboratory: str) -> tuple[dict[str, str], str]:
        """A family whose son these remains are, by his mother's profile; its identifiers, and the finding."""
        father, mother = self.genes.founder(), self.genes.founder()
        members = [
            steps().Member("son", "male", "father", "mother"),
            steps().Member("father", "male", scope="direct"),
            steps().Member("mother", "female", scope="kinship"),
        ]
        family = steps().household(own, surname, members, DAY)
        steps().reference(own, family["mother"], laboratory, mother, DAY)
        steps().sampled(others, unit, self.first, self.genes.child(father, mother), DAY)
        return family, steps().compared(others, family["family"], unit, family["son"])

    def _decided(self, own: Work, others: Work, surname: str, unit: str, laboratory: str) -> tuple[dict[str, str], str]:
        """The same, and the decision."""
        family, finding = self._matched(own, others, surname, unit, laboratory)
        return family, steps().decided(others, steps().proposed(others, unit, family["son"], finding, EVIDENCE))


def steps() -> ModuleType:
    """The steps of the example; they need an open register."""
    from antigone.actions import example_steps

    return example_steps
