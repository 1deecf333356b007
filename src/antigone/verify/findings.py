"""Findings computed again, by the general engine, from the profiles as they were compared."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, TypeVar

from antigone.domain import FrequencyTable, InputRefused, Kind, Policy, Profile
from antigone.identify import TooComplex, digest_of, kinship, software_version
from antigone.intake import PAIR_HYPOTHESES, figure_holds, pair_question, pedigree_of, profile_of, read_used
from antigone.verify.archive import Archive
from antigone.verify.index import Index, Last
from antigone.verify.remarks import Remarks

SAMPLE = 25
"""Findings that are recomputed where nothing else is asked for."""
AGREE, DIFFER, WITHDRAWN, ERASED, CLOSED, NOT_AMONG = (
    "agree", "differ", "consent-withdrawn", "erased", "closed", "policy-absent",
)  # fmt: skip
"""Outcomes, in the order in which they are told."""
T = TypeVar("T", Policy, FrequencyTable)


class _NotRecomputable(Exception):
    """Why a finding cannot be computed again."""

    def __init__(self, outcome: str, **facts: object) -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.facts = facts


class Recomputing:
    """Policies and tables of one export, and the findings made with them."""

    def __init__(self, archive: Archive, index: Index, remarks: Remarks) -> None:
        self._archive, self._index, self._remarks = archive, index, remarks
        self._values: dict[str, Policy | FrequencyTable | None] = {}
        self.outcomes: Counter[str] = Counter()

    def run(self, root: bytes, most: int | None) -> None:
        """Recompute `most` findings (None: all), drawn by the root, so that nobody could choose them before.

        A finding that cannot be recomputed does not use up the sample: it is counted by its cause.
        """
        drawn = _drawn(self._index, root)
        if most is not None:
            drawn = iter(self._sampled(drawn, most))
        for identifier, finding in drawn:
            self._one(identifier, finding)
        self._say(most)

    def _sampled(self, drawn: Iterator[tuple[str, Last]], most: int) -> list[tuple[str, Last]]:
        """The first that can be computed; those that cannot are all counted."""
        kept: list[tuple[str, Last]] = []
        rest = 0
        for identifier, finding in drawn:
            try:
                self._inputs(identifier, finding)
            except _NotRecomputable as reason:
                self._count(identifier, reason)
                continue
            if len(kept) < most:
                kept.append((identifier, finding))
            else:
                rest += 1
        if rest:
            self._remarks.leave("findings-not-drawn", count=rest)
        return kept

    def _one(self, identifier: str, finding: Last) -> None:
        made = (finding.plain or {}).get("made") or {}
        claimed = str((finding.plain or {}).get("log10_lr"))
        try:
            value = self._value(identifier, finding)
        except _NotRecomputable as reason:
            self._count(identifier, reason)
            return
        if value is not None and figure_holds(claimed, value):
            self.outcomes[AGREE] += 1
            return
        self.outcomes[DIFFER] += 1
        found = "no figure" if value is None or math.isnan(value) else f"{value:.6f}"
        self._remarks.fault(
            "finding-differs", finding=identifier, claimed=claimed, found=found, made=made.get("software", ""),
            here=software_version(),
        )  # fmt: skip

    def _value(self, identifier: str, finding: Last) -> float | None:
        policy, tables, pedigree, of_family, of_remains = self._inputs(identifier, finding)
        missing = str((finding.plain or {}).get("missing_person"))
        try:
            family = pedigree_of(pedigree["pedigree"], identifier)
            question = pair_question(identifier, family, missing, of_family, of_remains, tables, policy)
            return kinship(question).log10_lr[PAIR_HYPOTHESES[0]]
        except (InputRefused, KeyError, TooComplex):
            return None

    def _inputs(
        self, identifier: str, finding: Last
    ) -> tuple[Policy, list[FrequencyTable], dict[str, Any], dict[str, tuple[str, Profile]], dict[str, Profile]]:
        """Everything a finding was computed from; _NotRecomputable where a part of it is not there."""
        plain = finding.plain or {}
        made = plain.get("made")
        if not isinstance(made, dict):
            raise _NotRecomputable(CLOSED)
        if finding.state == "consent_withdrawn":
            raise _NotRecomputable(WITHDRAWN)
        policy = self._used("policy", str(made.get("policy")), Policy)
        tables = [self._used("tables", str(d), FrequencyTable) for d in (made.get("tables") or {}).values()]
        of_family: dict[str, tuple[str, Profile]] = {}
        of_remains: dict[str, Profile] = {}
        for each in made.get("profiles") or []:
            person, profile = str(each.get("person")), str(each.get("profile"))
            values = self._profile(profile, each.get("version"), policy)
            if person.startswith(f"{Kind.REMAINS.prefix}-"):
                of_remains[profile] = values
            else:
                of_family[profile] = person, values
        return policy, tables, self._pedigree(identifier, finding), of_family, of_remains

    def _profile(self, identifier: str, version: object, policy: Policy) -> Profile:
        last = self._index.last(identifier)
        if last is not None and last.state == "blocked":
            raise _NotRecomputable(WITHDRAWN)
        if last is not None and last.state == "erased":
            raise _NotRecomputable(ERASED, record=identifier, entry=last.entry)
        found = self._index.content(identifier, version) if isinstance(version, int) else None
        if found is None or found[1] is None:
            raise _NotRecomputable(CLOSED)
        plain, content = found
        try:
            return profile_of(identifier, plain, content or {}, policy)
        except ValueError:
            raise _NotRecomputable(CLOSED) from None

    def _pedigree(self, identifier: str, finding: Last) -> dict[str, Any]:
        """What the finding says it used: a version of what the geneticists keep of the family."""
        own = self._index.content(identifier, finding.version)
        said = (own[1] or {}).get("pedigree") or {} if own else {}
        record, version = str(said.get("genetic_family")), said.get("version")
        last = self._index.last(record)
        if last is not None and last.state == "erased":
            raise _NotRecomputable(ERASED, record=record, entry=last.entry)
        found = self._index.content(record, version) if isinstance(version, int) else None
        if found is None or found[1] is None or not found[1].get("pedigree"):
            raise _NotRecomputable(CLOSED)
        return found[1]

    def _used(self, folder: str, digest: str, kind: type[T]) -> T:
        """The policy or table of this digest, which is computed, not believed."""
        part = f"{folder}/{digest}.json"
        if part not in self._values:
            self._values[part] = self._read_used(part, digest, kind)
        value = self._values[part]
        if not isinstance(value, kind):
            raise _NotRecomputable(NOT_AMONG)
        return value

    def _read_used(self, part: str, digest: str, kind: type[T]) -> T | None:
        if part not in self._archive.names:
            return None
        try:
            value = read_used(kind, self._archive.text(part))
        except InputRefused:
            self._remarks.fault("policy-damaged", part=part)
            return None
        if digest_of(value) != digest:
            self._remarks.fault("policy-differs", part=part, found=digest_of(value))
            return None
        return value

    def _count(self, identifier: str, reason: _NotRecomputable) -> None:
        self.outcomes[reason.outcome] += 1
        if reason.outcome == ERASED and self.outcomes[ERASED] <= 10:
            self._remarks.leave("finding-erased", finding=identifier, **reason.facts)

    def _say(self, most: int | None) -> None:
        if self.outcomes[AGREE]:
            which = "findings" if most is not None else "all-findings"
            self._remarks.hold_unless(("finding-differs",), which, count=self.outcomes[AGREE])
        for outcome in (WITHDRAWN, ERASED, CLOSED, NOT_AMONG):
            if self.outcomes[outcome]:
                self._remarks.leave(f"findings-{outcome}", count=self.outcomes[outcome])


def _drawn(index: Index, root: bytes) -> Iterator[tuple[str, Last]]:
    """Findings in the order of SHA-256(root, identifier)."""
    order = [(sha256(root + identifier.encode()).digest(), identifier) for identifier, _ in index.of_kind("finding")]
    for _, identifier in sorted(order):
        found = index.last(identifier)
        if found is not None:
            yield identifier, found
