"""In which order the variables of a network are summed out: the cheapest step first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from antigone.core.structure import SLOT, TRANSMISSION, Network

MULTIPLY = -1
"""Variable of a step that only multiplies its inputs."""


@dataclass(frozen=True, slots=True)
class Step:
    """Make a factor over `scope` from `inputs`, summing `variable` out.

    transmission: the step carries a function of a child's allele up to the parents' alleles, whose
    transmission factor is never written out: half the sum over the two alleles (or the one allele).
    """

    variable: int
    inputs: tuple[int, ...]
    scope: tuple[int, ...]
    transmission: int = -1


def elimination_order(network: Network, sizes: list[int], kept: set[int]) -> list[Step]:
    """Steps that sum out every variable that is not kept; factors made are numbered after the initial ones."""
    return _Elimination(network, sizes).run(kept)


class _Elimination:
    def __init__(self, network: Network, sizes: list[int]) -> None:
        self.network, self.sizes = network, sizes
        self.alive = {f: factor.scope for f, factor in enumerate(network.factors)}
        self.steps: list[Step] = []

    def run(self, kept: set[int]) -> list[Step]:
        waiting = {v for v in range(len(self.sizes)) if v not in kept}
        while waiting:
            v = min(waiting, key=lambda u: (self._cost(u), u))
            waiting.remove(v)
            self._eliminate(v)
        return self.steps

    def _size(self, variables: Iterable[int]) -> int:
        return prod(self.sizes[u] for u in variables)

    def _inputs(self, v: int) -> list[int]:
        return [f for f, scope in self.alive.items() if v in scope]

    def _joined(self, inputs: Iterable[int], without: int) -> tuple[int, ...]:
        """Variables of the inputs but one, the widest input's first."""
        joined: list[int] = []
        for f in sorted(inputs, key=lambda f: -len(self.alive[f])):
            joined += [u for u in self.alive[f] if u != without and u not in joined]
        return tuple(joined)

    def _carried(self, v: int, inputs: list[int]) -> int:
        """The transmission factor through which v can be carried up, or -1."""
        if self.network.variables[v][0] != SLOT:
            return -1
        own = [
            f
            for f in inputs
            if f < len(self.network.factors)
            and self.network.factors[f].kind == TRANSMISSION
            and self.network.factors[f].child[0] == v
        ]
        if len(own) != 1 or len(inputs) < 2:
            return -1
        parents = set(self.alive[own[0]]) - {v}
        others = {u for f in inputs if f != own[0] for u in self.alive[f]}
        return -1 if parents & others else own[0]

    def _cost(self, v: int) -> float:
        """Multiplications of the step, and the size of what it leaves."""
        inputs = self._inputs(v)
        left = self._size(self._joined(inputs, v))
        carried = self._carried(v, inputs)
        if carried < 0:
            return left * (1 + self.sizes[v] * len(inputs))
        below = self._size(self._joined([f for f in inputs if f != carried], v)) * self.sizes[v]
        return 2 * left + below * (len(inputs) - 1)

    def _eliminate(self, v: int) -> None:
        inputs = self._inputs(v)
        carried = self._carried(v, inputs)
        if carried < 0:
            self._add(Step(v, tuple(inputs), self._joined(inputs, v)))
            return
        below = [f for f in inputs if f != carried]
        rest = self._joined(below, v)
        if len(below) > 1:
            self._add(Step(MULTIPLY, tuple(below), (*rest, v)))
            below = [len(self.network.factors) + len(self.steps) - 1]
        parents = tuple(u for u in self.alive.pop(carried) if u != v)
        self._add(Step(v, tuple(below), (*rest, *parents), carried))

    def _add(self, step: Step) -> None:
        for f in step.inputs:
            del self.alive[f]
        self.steps.append(step)
        self.alive[len(self.network.factors) + len(self.steps) - 1] = step.scope
