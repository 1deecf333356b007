"""An example register: invented people, two handovers, and what became of those who were in them.

Nobody in it ever lived. Two containers hold more or less than one person; one family buries its son, one decision
waits for its second signature, and one was reversed, because the man came home.
"""

from __future__ import annotations

from antigone.actions import example_steps as steps
from antigone.actions.example_genes import Genes, Genotype
from antigone.actions.example_people import (
    BUREAU,
    LABORATORY,
    USERS,
    do,
    enter_institutions,
    enter_user,
    enter_users,
    user,
)
from antigone.actions.example_steps import Member
from antigone.domain import KITS
from antigone.intake import read_table
from antigone.register.models import Consent

SEED = 20_250_611
TABLE = "Norway"
DAYS = {"missing": "2024-10-02", "first": "2025-06-11", "second": "2025-07-17", "later": "2025-08-01"}
CONTACT = "family_contact"
EVIDENCE = "The identity disc that lay with the remains bears his number"


def fill_example(administrator: str) -> tuple[str, ...]:
    """Fill a register that was founded a moment ago with the example; the log-in names of everybody in it.

    `administrator`: the log-in name of whoever founded it, for party A. About 150 actions, each with its entry in the
    ledger. Nobody can log in before `give_access`.
    """
    founder = user(administrator)
    places = enter_institutions(founder)
    enter_users(founder, places)
    story = _Story(places)
    story.handovers()
    for chapter in (story.buried, story.one_signature_missing, story.found_alive, story.withdrawn):
        chapter()
    story.other_side()
    enter_user(founder, places[BUREAU], CONTACT, CONTACT, relative=story.mother)
    return (administrator, *USERS, CONTACT)


def _work(who: str, verb: str, /, **typed: str) -> str:
    """Somebody of side A, whose log-in name is that of the office."""
    return do(user(who), verb, **typed)


class _Story:
    """What happened, chapter by chapter. `units`: word -> remains."""

    def __init__(self, places: dict[str, str]) -> None:
        self.places = places
        self.laboratory = places[LABORATORY]
        table = read_table(TABLE)
        loci = [locus for locus in KITS[steps.KIT] if locus in table.loci]
        self.genes = Genes(table, loci, SEED)
        self.units: dict[str, str] = {}
        self.mother = ""

    def handovers(self) -> None:
        """Two handovers: one container is missing, one holds two persons, and one person lies in two of them."""
        sides = self.places["B"], self.places["A"]
        first = steps.handover(_work, *sides, ["A-101", "A-102", "A-103"], DAYS["first"])
        found = steps.received(_work, first, dict.fromkeys(["A-101", "A-102", "A-103"], "received; intact"))
        second = steps.handover(_work, *sides, ["B-201", "B-202", "B-203"], DAYS["second"])
        states = {"B-201": "received; intact", "B-202": "received; broken", "B-203": "missing; none"}
        found |= steps.received(_work, second, states)
        words = {
            "A-101": ["one"],
            "A-102": ["two", "nobody"],
            "A-103": ["part"],
            "B-201": ["rest"],
            "B-202": ["brother"],
        }
        for tag, inside in words.items():
            self.units |= zip(inside, steps.opened_container(_work, found[tag], len(inside)), strict=True)
        _work("examiner", "describe_remains", remains=self.units["part"], description="Right arm, complete", sex="male")
        joined = f"{self.units['part']}, {self.units['rest']}"
        _work("examiner", "join_remains", remains=joined, reason="The fracture of the collar bone fits")
        self._sample("nobody", self.genes.founder())

    def buried(self) -> None:
        """A family of father, mother and son: identified, released, buried, and told."""
        father, mother = self.genes.founder(), self.genes.founder()
        family = self._family("Surname-One", _SON, {"father": father, "mother": mother})
        self._sample("one", self.genes.child(father, mother))
        decision = steps.decided(_work, self._proposed(family, "one", "son"))
        _work("liaison", "inform_family", decision=decision, relative=family["mother"], on=DAYS["later"])
        steps.buried(_work, steps.released(_work, decision, DAYS["later"]), DAYS["later"])
        self.mother = family["mother"]

    def one_signature_missing(self) -> None:
        """A wife and a daughter wait for a husband, who lies in two containers; one signatory has signed."""
        husband, wife = self.genes.founder(), self.genes.founder()
        family = self._family("Surname-Two", _HUSBAND, {"wife": wife, "daughter": self.genes.child(husband, wife)})
        self._sample("part", husband)
        self._sample("rest", husband)
        proposal = self._proposed(family, "part", "husband")
        _work("signatory", "sign", proposal=proposal)

    def found_alive(self) -> None:
        """Two brothers are missing: the elder was identified by mistake, and came home."""
        father, mother = self.genes.founder(), self.genes.founder()
        family = self._family("Surname-Three", _BROTHERS, {"mother": mother})
        self._sample("brother", self.genes.child(father, mother))
        decision = steps.decided(_work, self._proposed(family, "brother", "elder", EVIDENCE))
        _work("liaison", "inform_family", decision=decision, relative=family["mother"], on=DAYS["later"])
        reason = "He called his mother from a hospital"
        _work("registrar", "record_found_alive", missing_person=family["elder"], reason=reason)
        _work("signatory", "reverse", decision=decision, reason="The disc was his brother's; he is alive")

    def withdrawn(self) -> None:
        """A mother took her consent back: what was computed with her profile stays as a figure, and is used no more."""
        mother = self.genes.founder()
        family = self._family("Surname-Four", _SON, {"mother": mother})
        self._sample("two", self.genes.child(self.genes.founder(), mother))
        steps.compared(_work, family["family"], self.units["two"], family["son"])
        consent = str(Consent.objects.get(relative=family["mother"]).pk)
        _work("liaison", "withdraw_consent", consent=consent, reason="She asked for it by letter")

    def other_side(self) -> None:
        """Side B has a family of its own, which side A does not see, and its own list of the first handover."""
        registrar = user("b.registrar")

        def work(who: str, verb: str, /, **typed: str) -> str:
            return do(user("b.coordinator") if who == "coordinator" else registrar, verb, **typed)

        steps.household(work, "Surname-Five", _SON, DAYS["missing"])
        steps.handover(work, self.places["B"], self.places["A"], ["A-101", "A-102", "A-103"], DAYS["first"])

    def _family(self, surname: str, members: list[Member], typed: dict[str, Genotype]) -> dict[str, str]:
        family = steps.household(_work, surname, members, DAYS["missing"])
        for word, genotype in typed.items():
            steps.reference(_work, family[word], self.laboratory, genotype, DAYS["first"])
        return family

    def _sample(self, word: str, genotype: Genotype) -> None:
        steps.sampled(_work, self.units[word], self.laboratory, genotype, DAYS["second"])

    def _proposed(self, family: dict[str, str], unit: str, person: str, other_evidence: str = "") -> str:
        finding = steps.compared(_work, family["family"], self.units[unit], family[person])
        return steps.proposed(_work, self.units[unit], family[person], finding, other_evidence)


_SON = [
    Member("son", "male", "father", "mother"),
    Member("father", "male", scope="kinship"),
    Member("mother", "female", scope="kinship"),
]
_HUSBAND = [
    Member("husband", "male"),
    Member("wife", "female", scope="kinship"),
    Member("daughter", "female", "husband", "wife", scope="kinship"),
]
_BROTHERS = [
    Member("elder", "male", "father", "mother"),
    Member("younger", "male", "father", "mother"),
    Member("father", "male", known=False),
    Member("mother", "female", scope="kinship"),
]
