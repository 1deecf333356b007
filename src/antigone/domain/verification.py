"""What `antigone verify` found out about an export: codes and facts; `render` has the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that holds, does not hold, or could not be checked. `facts`: what the sentence names."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """The whole answer.

    about: format, origin, scope and the like, as the export says them of itself. size, root: entries and the root
    over them, as computed. held, faults, unchecked: in the order of the checks; of each code of a fault the first few
    stand in `faults`, and `times` has how often it was found. findings: outcome of recomputing -> how many.
    """

    about: Mapping[str, str]
    size: int
    root: str
    held: tuple[Remark, ...]
    faults: tuple[Remark, ...]
    unchecked: tuple[Remark, ...]
    times: Mapping[str, int] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether nothing was found that does not hold."""
        return not self.times
