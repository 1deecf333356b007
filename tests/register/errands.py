"""What the cast does all day, drawn by chance: real actions on whatever the open register holds by now."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from antigone.actions import read_command, verb
from antigone.domain import Kind
from antigone.register.doors import DOORS
from tests.cast import cast_of, do

if TYPE_CHECKING:
    from antigone.actions.perform import VerbCode
    from antigone.register.actor import Actor

Errand = tuple["Actor", "VerbCode", Any]
"""Who, what, and the command."""
Typed = tuple[str, str, dict[str, str]]
"""Who of the cast, the verb, and the fields as a page would send them."""
LATEST = 12
"""Records of a kind among which an errand chooses: the latest."""
DAY = "2025-06-11"


class Errands:
    """Seeded errands of one process. `name` goes into every word that may not be there twice; `table`: a list of
    persons to be entered by one action.
    """

    def __init__(self, chance: Random, name: str, table: Path) -> None:
        self.chance = chance
        self._cast = cast_of()
        self._name = name
        self._table = table
        self._count = 0

    def any(self) -> Errand:
        """The next errand that the present state of the register allows."""
        while True:
            typed = self.chance.choice(ERRANDS)(self)
            if typed is not None:
                return self._errand(*typed)

    def bulk(self) -> Errand:
        """The whole table, by one action."""
        code = verb("import_missing_persons")
        return self._cast["registrar"], code, read_command(code.command, {}, {"table": self._table})

    def unique(self) -> str:
        """A word nobody used before."""
        self._count += 1
        return f"{self._name}-{self._count}"

    def actor(self, who: str) -> Actor:
        """One of the cast."""
        return self._cast[who]

    def one(self, who: str, kind: Kind, *states: str, **columns: Any) -> str | None:
        """One of the latest records that this person sees, in one of these states."""
        found = DOORS[kind].visible(self._cast[who]).filter(state__in=states, **columns)
        latest = list(found.order_by("-id").values_list("pk", flat=True)[:LATEST])
        return self.chance.choice(latest) if latest else None

    def _errand(self, who: str, name: str, fields: dict[str, str]) -> Errand:
        code = verb(name)
        return self._cast[who], code, read_command(code.command, fields)


def surname(chance: Random) -> str:
    """A name that is plainly none."""
    return "Surname" + "".join(chance.choices("bdklmnprtv", k=6))


def write_table(path: Path, persons: int) -> None:
    """A list of so many persons, as `import_missing_persons` reads it."""
    chance = Random(str(path.name))
    lines = ["surname,first_names,last_seen", *(f"{surname(chance)},First,{DAY}" for _ in range(persons))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _missing_person(errands: Errands) -> Typed:
    who = errands.chance.choice(("registrar", "b.registrar"))
    fields = {"surname": surname(errands.chance), "first_names": surname(errands.chance), "last_seen": DAY}
    return who, "register_missing_person", fields


def _correction(errands: Errands) -> Typed | None:
    person = errands.one("registrar", Kind.MISSING_PERSON, "missing")
    fields = {"surname": surname(errands.chance), "place": errands.unique(), "reason": "A letter came"}
    return person and ("registrar", "correct_missing_person", {"missing_person": person, **fields})


def _merging(errands: Errands) -> Typed | None:
    first, second = (errands.one("registrar", Kind.MISSING_PERSON, "missing", family=None) for _ in range(2))
    if first is None or second is None or first == second:
        return None
    return "registrar", "merge_duplicates", {"first": first, "second": second, "reason": "Entered twice"}


def _erasure(errands: Errands) -> Typed | None:
    person = errands.one("registrar", Kind.MISSING_PERSON, "missing", family=None)
    return person and ("registrar", "erase", {"missing_person": person, "ground": "court_order"})


def _family(errands: Errands) -> Typed | None:
    person = errands.one("registrar", Kind.MISSING_PERSON, "missing", family=None)
    return person and ("registrar", "register_family", {"missing": person, "note": errands.unique()})


def _relative(errands: Errands) -> Typed | None:
    family = errands.one("registrar", Kind.FAMILY, "open")
    fields = {"surname": surname(errands.chance), "scope": "kinship", "given_on": DAY, "document": errands.unique()}
    return family and ("registrar", "add_relative", {"family": family, **fields})


def _consent(errands: Errands) -> Typed | None:
    relative = errands.one("registrar", Kind.RELATIVE, "active")
    scope = errands.chance.choice(("kinship", "direct", "none"))
    return relative and ("registrar", "record_consent", {"relative": relative, "scope": scope, "given_on": DAY})


def _withdrawal(errands: Errands) -> Typed | None:
    consent = errands.one("registrar", Kind.CONSENT, "given")
    return consent and ("registrar", "withdraw_consent", {"consent": consent, "reason": "Asked by letter"})


def _reference_sample(errands: Errands) -> Typed | None:
    person = errands.one("registrar", Kind.MISSING_PERSON, "missing")
    fields = {"material": "tooth", "taken_on": DAY}
    return person and ("registrar", "take_reference_sample", {"missing_person": person, **fields})


def _user(errands: Errands) -> Typed | None:
    office = errands.one("administrator", Kind.INSTITUTION, "open")
    fields = {"username": errands.unique(), "name": "Name of a user", "roles": "registrar, coordinator"}
    return office and ("administrator", "add_user", {"institution": office, **fields})


def _handover(errands: Errands) -> Typed | None:
    sides = [errands.one("coordinator", Kind.PARTY, "open", code=code) for code in ("B", "A")]
    tags = "\n".join(f"{errands.unique()}; seal" for _ in range(3))
    fields = {"from_party": sides[0] or "", "to_party": sides[1] or "", "took_place_on": DAY, "containers": tags}
    return "coordinator", "register_handover", fields


def _receipt(errands: Errands) -> Typed | None:
    handover = errands.one("coordinator", Kind.HANDOVER, "announced")
    if handover is None:
        return None
    listed = DOORS[Kind.CONTAINER].visible(errands.actor("coordinator")).filter(handover=handover)
    found = "\n".join(f"{container.tag}; received; intact" for container in listed)
    return "coordinator", "receive_handover", {"handover": handover, "containers": found}


def _opening(errands: Errands) -> Typed | None:
    container = errands.one("examiner", Kind.CONTAINER, "received")
    units = str(errands.chance.randint(1, 3))
    return container and ("examiner", "open_container", {"container": container, "units": units})


def _description(errands: Errands) -> Typed | None:
    remains = errands.one("examiner", Kind.REMAINS, "examined")
    return remains and ("examiner", "describe_remains", {"remains": remains, "description": errands.unique()})


def _splitting(errands: Errands) -> Typed | None:
    remains = errands.one("examiner", Kind.REMAINS, "examined")
    fields = {"parts": "2", "reason": "Two thigh bones of one side"}
    return remains and ("examiner", "split_remains", {"remains": remains, **fields})


def _sample(errands: Errands) -> Typed | None:
    remains = errands.one("examiner", Kind.REMAINS, "examined")
    return remains and ("examiner", "take_sample", {"remains": remains, "material": "bone", "taken_on": DAY})


def _acknowledgement(errands: Errands) -> Typed | None:
    notice = errands.one("coordinator", Kind.NOTICE, "waiting")
    return notice and ("coordinator", "acknowledge_notice", {"notice": notice})


def _signature(errands: Errands) -> Typed | None:
    who = errands.chance.choice(("signatory", "second_signatory"))
    proposals = DOORS[Kind.PROPOSAL].visible(errands.actor(who)).filter(state="open")
    unsigned = [str(row.pk) for row in proposals if errands.actor(who).user not in row.signed_by]
    return (who, "sign", {"proposal": errands.chance.choice(unsigned)}) if unsigned else None


def _release(errands: Errands) -> Typed | None:
    decision = errands.one("coordinator", Kind.DECISION, "standing", remains__state="identified")
    fields = {"released_on": DAY, "received_by": "Somebody of the family"}
    return decision and ("coordinator", "release", {"decision": decision, **fields})


def _reversal(errands: Errands) -> Typed | None:
    decision = errands.one("signatory", Kind.DECISION, "standing")
    return decision and ("signatory", "reverse", {"decision": decision, "reason": "The sample was another's"})


def propose_matches(persons: int) -> None:
    """So many identifications, each of remains by the missing person's mother, up to the board, by actions."""
    from tests.actions.family_records import household
    from tests.actions.remains_path import mothers_profile, sampled, typed, units

    cast = cast_of()
    geneticist = cast["geneticist"]
    for number, remains in enumerate(units(cast, persons), 1):
        house = household(cast, f"Surname-{number}")
        typed(cast, sampled(cast, remains))
        mothers_profile(cast, house)
        finding = do(geneticist, "compare", family=house.family, remains=remains).record
        pair = {"remains": remains, "missing_person": house.person, "findings": finding}
        do(geneticist, "propose", **pair, reasons="Reasons-1", other_evidence="Evidence-1")


ERRANDS = (
    _missing_person, _missing_person, _missing_person, _correction, _merging, _erasure, _family, _relative, _consent,
    _withdrawal, _reference_sample, _user, _handover, _receipt, _opening, _opening, _description, _splitting, _sample,
    _acknowledgement, _signature, _signature, _release, _reversal,
)  # fmt: skip
"""What is chosen from, each as often as it stands here."""
