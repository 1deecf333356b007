"""What the checks have to say, collected: of each code the first few faults, and how often."""

from __future__ import annotations

from collections import Counter

from antigone.domain import Remark

MOST = 10
"""Faults of one code that are told one by one."""


class Remarks:
    """Filled by every check while the export is read."""

    def __init__(self) -> None:
        self.held: list[Remark] = []
        self.faults: list[Remark] = []
        self.unchecked: list[Remark] = []
        self.times: Counter[str] = Counter()

    def fault(self, code: str, **facts: object) -> None:
        """Something does not hold."""
        self.times[code] += 1
        if self.times[code] <= MOST:
            self.faults.append(_remark(code, facts))

    def hold(self, code: str, **facts: object) -> None:
        """Something was checked and holds."""
        self.held.append(_remark(code, facts))

    def leave(self, code: str, **facts: object) -> None:
        """Something could not be checked, and why."""
        self.unchecked.append(_remark(code, facts))

    def hold_unless(self, faults: tuple[str, ...], code: str, **facts: object) -> None:
        """`hold`, unless one of these faults was found."""
        if not any(self.times[fault] for fault in faults):
            self.hold(code, **facts)


def _remark(code: str, facts: dict[str, object]) -> Remark:
    return Remark(code, {name: str(value) for name, value in facts.items()})
