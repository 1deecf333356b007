"""What rests on what: a name on a decision, a decision on findings, a finding on profiles, a profile on a consent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from antigone.domain import Kind
from antigone.verify.index import Index, Last
from antigone.verify.remarks import Remarks

FAULTS = (
    "finding-of-others", "profile-of-other", "finding-of-blocked", "profile-unblocked", "sample-unblocked",
    "decision-on-others", "named-undecided",
)  # fmt: skip
_STOPPED = ("blocked", "erased")
_STANDING = ("standing", "contested")
_NAMED = ("identified", "released", "buried")


class Resting:
    """Asks the records as they stand at the end; what is not shown is not asked."""

    def __init__(self, remarks: Remarks, index: Index) -> None:
        self._remarks, self._index = remarks, index

    def check(self, everything: bool) -> None:
        """All of it. That no decision names remains is known only where everything is shown."""
        self._consents()
        for identifier, finding in self._of_kind("finding"):
            if finding.state == "computed":
                self._finding(identifier, _plain(finding))
        named: set[tuple[str, str]] = set()
        for identifier, decision in self._of_kind("decision"):
            if decision.state in _STANDING:
                plain = _plain(decision)
                self._decision(identifier, plain)
                named.add((self._group(str(plain.get("remains"))), str(plain.get("missing_person"))))
        if everything:
            self._names({group for group, _ in named})

    def _consents(self) -> None:
        """Nothing of a donor is in use whose last word was no."""
        last_word: dict[str, set[str]] = {}
        for _, consent in self._of_kind("consent"):
            last_word.setdefault(str(_plain(consent).get("relative")), set()).add(consent.state)
        took_back = {who for who, states in last_word.items() if "withdrawn" in states and "given" not in states}
        stopped = set()
        for identifier, sample in self._of_kind("sample"):
            if sample.state in _STOPPED:
                stopped.add(identifier)
            elif _plain(sample).get("relative") in took_back:
                self._remarks.fault("sample-unblocked", sample=identifier, state=sample.state)
        for identifier, profile in self._of_kind("profile"):
            if _plain(profile).get("sample") in stopped and profile.state not in _STOPPED:
                self._remarks.fault("profile-unblocked", profile=identifier, state=profile.state)

    def _finding(self, identifier: str, plain: dict[str, Any]) -> None:
        """It was computed from profiles of those whom it names, which are all in use still."""
        made = plain.get("made")
        for each in made.get("profiles") or () if isinstance(made, dict) else ():
            person, named = str(each.get("person")), str(each.get("profile"))
            if person.startswith(f"{Kind.REMAINS.prefix}-") and person != plain.get("remains"):
                self._remarks.fault("finding-of-others", finding=identifier, found=person)
            profile = self._index.last(named)
            if profile is None:
                continue
            if profile.state in _STOPPED:
                self._remarks.fault("finding-of-blocked", finding=identifier, profile=named, state=profile.state)
            if self._is_of_other(profile, person):
                self._remarks.fault("profile-of-other", finding=identifier, profile=named, person=person)

    def _is_of_other(self, profile: Last, person: str) -> bool:
        """Whether it is known that the sample behind this profile was not taken from this person."""
        sample = self._index.last(str(_plain(profile).get("sample")))
        if sample is None or sample.plain is None or sample.state == "erased":
            return False
        remains = sample.plain.get("remains")
        if remains is None:
            return person not in (sample.plain.get("relative"), sample.plain.get("missing_person"))
        if person.startswith(f"{Kind.REMAINS.prefix}-"):
            return self._group(person) != self._group(str(remains))
        return False  # remains that bear a name speak for their family as that person

    def _decision(self, identifier: str, plain: dict[str, Any]) -> None:
        for each in plain.get("findings") or ():
            finding = self._index.last(str(each))
            if finding is None or finding.plain is None:
                continue
            same = self._group(str(finding.plain.get("remains"))) == self._group(str(plain.get("remains")))
            if not same or finding.plain.get("missing_person") != plain.get("missing_person"):
                self._remarks.fault("decision-on-others", decision=identifier, finding=each)

    def _names(self, decided: set[str]) -> None:
        for identifier, remains in self._of_kind("remains"):
            if remains.state in _NAMED and self._group(identifier) not in decided:
                self._remarks.fault("named-undecided", remains=identifier, state=remains.state)

    def _group(self, remains: str) -> str:
        """The remains that are one person with these; of remains that are not shown, they alone."""
        found = self._index.last(remains)
        return remains if found is None else str(_plain(found).get("group", remains))

    def _of_kind(self, kind: str) -> Iterator[tuple[str, Last]]:
        return ((identifier, last) for identifier, last in self._index.of_kind(kind) if last.plain is not None)


def _plain(last: Last) -> dict[str, Any]:
    return last.plain or {}
