"""How the remains come: in which handover, in which bag, under which tag, with whose papers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.simulate.fallen import Fallen
from antigone.simulate.scenario import Scenario
from antigone.simulate.streams import Streams

NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Bags:
    """of: (remains,) the bag. By bag: handover, place in `scenario.handovers`; tag and true_tag, number
    within the handover; claimed, number of the person whose papers lie in it, or NOBODY.
    """

    of: NDArray[np.int64]
    handover: NDArray[np.int64]
    tag: NDArray[np.int64]
    true_tag: NDArray[np.int64]
    claimed: NDArray[np.int64]
    right: NDArray[np.bool_]  # the person named lies in the bag

    def __len__(self) -> int:
        return len(self.handover)


def draw_bags(scenario: Scenario, fallen: Fallen, streams: Streams) -> Bags:
    """Bags of the receiving side's handovers first, then those handed to the other side, unopened."""
    rates = scenario.rates
    received = np.array([i for i, h in enumerate(scenario.handovers) if h in scenario.received])
    by_remains = np.repeat(received, [scenario.handovers[i].remains for i in received])
    same = np.append(False, by_remains[1:] == by_remains[:-1])
    with_last = (streams["bags"].random(len(by_remains)) < rates.shared_bag) & same
    of = np.cumsum(~with_last) - 1
    first = np.flatnonzero(~with_last)
    handover = by_remains[first]
    claimed, right = _papers(scenario, fallen, of, first, streams)
    true_tag = _numbers_within(handover)
    count = np.bincount(handover)[handover]
    copied = 1 + np.floor(streams["tags"].random(len(first)) * count).astype(np.int64)
    wrong = streams["tags"].random(len(first)) < rates.wrong_tag
    tag = np.where(wrong, copied, true_tag)
    away = [i for i in range(len(scenario.handovers)) if i not in received]
    sent = np.repeat(np.array(away, np.int64), [scenario.handovers[i].remains for i in away])
    number = _numbers_within(sent)
    return Bags(
        of, np.append(handover, sent), np.append(tag, number), np.append(true_tag, number),
        np.append(claimed, np.full(len(sent), NOBODY)), np.append(right, np.zeros(len(sent), bool)),
    )  # fmt: skip


def _papers(
    scenario: Scenario, fallen: Fallen, of: NDArray[np.int64], first: NDArray[np.int64], streams: Streams
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Papers of the first person in the bag, or of a missing person of another family. The dead of the
    other side come unnamed, or with the papers of somebody missing.
    """
    n, people = len(first), fallen.people
    true = fallen.of[first]
    named = streams["names"].random(n) < scenario.rates.named
    wrong = streams["papers"].random(n) < scenario.rates.wrong_papers
    registered = np.flatnonzero(fallen.exists[: people.families])
    other = registered[np.floor(streams["papers"].random(n) * len(registered)).astype(np.int64)]
    known = np.where(true < people.other_side, true, NOBODY)
    claimed = np.where(named, np.where(wrong, other, known), NOBODY)
    lies_here = np.zeros(n, bool)
    np.logical_or.at(lies_here, of, (claimed[of] == fallen.of) & (claimed[of] != NOBODY))
    return claimed, lies_here


def _numbers_within(handover: NDArray[np.int64]) -> NDArray[np.int64]:
    """1, 2, ... within each run of one handover."""
    if not len(handover):
        return np.zeros(0, np.int64)
    starts = np.flatnonzero(np.append(True, handover[1:] != handover[:-1]))
    return np.arange(len(handover)) - np.repeat(starts, np.diff(np.append(starts, len(handover)))) + 1
