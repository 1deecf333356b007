"""Plans: in which order the variables of a network are summed out, written as arrays for the kernel.

The order depends on who is whose child and who is typed, not on the alleles seen: it is found once
per pattern (smallest table first) and kept. Elimination handles loops and inbreeding without special
cases (Lauritzen & Sheehan 2003).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from antigone.core.complexity import TooComplex
from antigone.core.order import elimination_order
from antigone.core.pedigrees import MALE, Shape
from antigone.core.structure import (
    BASE,
    DRAWN,
    EXACT_CHILD,
    EXACT_FOUNDER,
    FOUNDER_PAIRS,
    HEMIZYGOUS,
    HEMIZYGOUS_FOUNDER,
    NOWHERE,
    SLOT,
    SOFT_CHILD,
    TRANSMISSION,
    UNTYPED,
    Factor,
    Network,
    Slot,
    build_network,
)
from antigone.core.urn import MOST_DRAWS, Seating, distinct_seatings, seating_weight

HEADER = 18
LARGEST_TABLE = 50_000_000
"""Entries of the tables of one elimination (8 bytes each) beyond which the pedigree is refused."""


@dataclass(frozen=True, slots=True, eq=False)
class PlanSet:
    """All plans of one pattern: `shares` weighs them (one plan of share 1 without an urn)."""

    plans: NDArray[np.int64]
    starts: NDArray[np.int64]
    shares: NDArray[np.float64]
    draws: NDArray[np.int64]
    urn: bool
    states_bound: int
    table_bound: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a plan depends on: `states` bounds the alleles told apart, `theta` only weighs seatings."""

    shape: Shape
    typing: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]
    x_linked: bool
    states: int
    theta: float = 0.0
    query: int = -1


@lru_cache(maxsize=4096)
def plan_set(pattern: Pattern) -> PlanSet:
    """The plans of a pattern. TooComplex where its tables would not fit; ValueError as `structure`."""
    inbred = any(pattern.shape.inbreeding)
    urn = pattern.theta > 0.0 or inbred or pattern.query >= 0
    typing = pattern.typing
    if pattern.query >= 0:
        typing = tuple(UNTYPED if i == pattern.query else t for i, t in enumerate(typing))
    network = build_network(pattern.shape, typing, pattern.rows, pattern.x_linked, urn, pattern.query)
    plans, shares, draws, states, tables = [], [], [], 1, 1
    for tied, share, free in _tied_networks(network, pattern.theta, urn):
        for way, part in _ways_inherited(tied):
            plan, n_states, n_table = _write_plan(way, pattern.states)
            plans.append(plan)
            shares.append(share * part)
            draws.append(free)
            states, tables = max(states, n_states), max(tables, n_table)
    starts = np.cumsum([0, *map(len, plans)])
    return PlanSet(
        np.concatenate(plans), starts.astype(np.int64), np.array(shares), np.array(draws, np.int64),
        urn, states, tables,
    )  # fmt: skip


def _tied_networks(network: Network, theta: float, urn: bool) -> list[tuple[Network, float, int]]:
    """Every way the founders' draws can be tied: (network, share, number of draws)."""
    if not urn:
        return [(network, 1.0, 0)]
    inbred = [pair for pair in network.paired_draws if pair[2] > 0.0]
    result = []
    for choice in product((False, True), repeat=len(inbred)):
        share = prod((f if tied else 1.0 - f) for tied, (_, _, f) in zip(choice, inbred, strict=True))
        if share == 0.0:
            continue
        alias = {b: a for tied, (a, b, _) in zip(choice, inbred, strict=True) if tied}
        free = [v for v in network.draws if v not in alias]
        place = {v: i for i, v in enumerate(free)}
        pairs = [(place[a], place[b]) for a, b, _ in network.paired_draws if b in place]
        if theta > 0.0 and len(free) > MOST_DRAWS:
            raise TooComplex(
                f"{len(free)} alleles of founders that are not fully typed; with theta above 0 at most {MOST_DRAWS}"
            )
        seatings = distinct_seatings(len(free), pairs) if theta > 0.0 else {tuple(range(len(free))): 1}
        for seating, times in seatings.items():
            weight = share * times * seating_weight(seating, theta)
            result.append((_tie(network, free, alias, seating), weight, len(free)))
    return result


def _tie(network: Network, free: list[int], alias: dict[int, int], seating: Seating) -> Network:
    """The network in which draws that sit together are one variable with one BASE factor."""
    representative: dict[int, int] = {}
    stands_for = {v: representative.setdefault(g, v) for v, g in zip(free, seating, strict=True)}
    stands_for |= {v: stands_for[other] for v, other in alias.items()}
    kept = [v for v in range(len(network.variables)) if stands_for.get(v, v) == v]
    number = {v: i for i, v in enumerate(kept)}

    def moved(slot: Slot) -> Slot:
        return slot if slot == NOWHERE else (number[stands_for.get(slot[0], slot[0])], slot[1])

    factors = [replace(f, a=moved(f.a), b=moved(f.b), child=moved(f.child)) for f in network.factors]
    factors += [Factor(BASE, a=(number[v], 0)) for v in representative.values()]
    query = (moved(network.query[0]), moved(network.query[1])) if network.query else None
    return replace(network, variables=[network.variables[v] for v in kept], factors=factors, query=query)


def _ways_inherited(network: Network) -> list[tuple[Network, float]]:
    """One network, with its share, for each line along which the queried person may have their alleles.

    Beside both alleles of a parent, a table over the queried person's alleles is so never written.
    """
    ways = [(network, 1.0)]
    for end in (0, 1) if network.query else ():
        ways = [way for before, share in ways for way in _lines(before, share, before.query, end)]
    return [(_without_barren(way), share) for way, share in ways]


def _lines(network: Network, share: float, query: tuple[Slot, Slot] | None, end: int) -> list[tuple[Network, float]]:
    """The networks in which the allele at one end of the query comes from one ancestor's allele alone."""
    slot = query[end] if query else NOWHERE
    lines, done = [(network, share, slot)], []
    while lines:
        way, part, at = lines.pop()
        number = next((i for i, f in enumerate(way.factors) if f.kind == TRANSMISSION and f.child == at), -1)
        if number < 0 or at == NOWHERE:
            done.append((way, part))
            continue
        factor = way.factors[number]
        apart = factor.b != NOWHERE and factor.a[0] != factor.b[0]
        if apart:
            lines += [(_from_one(way, number, origin), 0.5 * part, origin) for origin in (factor.b, factor.a)]
        elif factor.b == NOWHERE and way.variables[factor.a[0]][0] == SLOT:
            lines.append((way, part, factor.a))
        else:
            done.append((way, part))
    return done


def _from_one(network: Network, number: int, origin: Slot) -> Network:
    factors = list(network.factors)
    factors[number] = replace(factors[number], a=origin, b=NOWHERE)
    return replace(network, factors=factors)


def _without_barren(network: Network) -> Network:
    """Without alleles that nobody passed on, showed or asked for: they weigh 1."""
    asked = {slot[0] for slot in network.query or ()}
    while True:
        uses = Counter(v for factor in network.factors for v in factor.scope)
        barren = [
            f
            for f in network.factors
            if f.kind in (TRANSMISSION, DRAWN)
            and network.variables[f.child[0]][0] == SLOT
            and uses[f.child[0]] == 1
            and f.child[0] not in asked
        ]
        if not barren:
            return _renumbered(network)
        network = replace(network, factors=[f for f in network.factors if f not in barren])


def _renumbered(network: Network) -> Network:
    """Only the variables that still occur."""
    used = {v for factor in network.factors for v in factor.scope} | {slot[0] for slot in network.query or ()} - {-1}
    number = {v: i for i, v in enumerate(sorted(used))}

    def moved(slot: Slot) -> Slot:
        return slot if slot == NOWHERE else (number[slot[0]], slot[1])

    factors = [replace(f, a=moved(f.a), b=moved(f.b), child=moved(f.child)) for f in network.factors]
    query = (moved(network.query[0]), moved(network.query[1])) if network.query else None
    return replace(network, variables=[network.variables[v] for v in sorted(used)], factors=factors, query=query)


def _nominal_states(kind: int, k: int) -> int:
    return {
        SLOT: k,
        EXACT_CHILD: 2,
        EXACT_FOUNDER: 1,
        SOFT_CHILD: k * k,
        FOUNDER_PAIRS: k * (k + 1) // 2,
        HEMIZYGOUS: k,
        HEMIZYGOUS_FOUNDER: k,
    }[kind]


def _write_plan(network: Network, k: int) -> tuple[NDArray[np.int64], int, int]:
    """(plan array, bound of its states, bound of its tables)."""
    sizes = [_nominal_states(kind, k) for kind, _ in network.variables]
    queried = {v for v, _ in network.query if v >= 0} if network.query else set()
    scopes = [factor.scope for factor in network.factors]
    steps = elimination_order(network, sizes, queried)
    last_scope = tuple(sorted(queried))
    all_scopes = [*scopes, *(step.scope for step in steps), last_scope]
    carried = {step.transmission for step in steps}
    used = carried | {f for step in steps for f in step.inputs}
    last_inputs = [f for f in range(len(scopes) + len(steps)) if f not in used]
    table_bound = sum(prod(sizes[u] for u in scope) for f, scope in enumerate(all_scopes) if f not in carried)
    if table_bound > LARGEST_TABLE:
        raise TooComplex(f"tables of {table_bound} entries are needed, at most {LARGEST_TABLE} fit")

    rows: list[int] = []

    def row_section(own: tuple[int, ...]) -> tuple[int, int]:
        rows.extend(own)
        return len(rows) - len(own), len(own)

    variables = [(kind, *row_section(own)) for kind, own in network.variables]
    factors = [
        (f.kind, *f.a, *f.b, *f.child, 1 if f.sex == MALE else 0, *row_section(f.rows), int(i not in carried))
        for i, f in enumerate(network.factors)
    ]
    inputs = [f for step in steps for f in step.inputs]
    input_starts = np.cumsum([0, *(len(step.inputs) for step in steps)])
    step_records = [
        (step.variable, int(at), len(step.inputs), step.transmission)
        for step, at in zip(steps, input_starts, strict=False)
    ]
    query = [*network.query[0], *network.query[1]] if network.query else [-1, 0, -1, 0]
    sections: list[list[int]] = [
        [x for record in variables for x in record],
        [x for record in factors for x in record],
        [x for record in step_records for x in record],
        rows,
        [u for scope in all_scopes for u in scope],
        list(np.cumsum([0, *map(len, all_scopes)])),
        [*inputs, *last_inputs],
        query,
        [row * 2 + alleles - 1 for row, alleles in network.exact_founders],
    ]
    at = HEADER + np.cumsum([0, *map(len, sections)])
    most_inputs = max([len(step.inputs) for step in steps] + [len(last_inputs)])
    header = [
        len(variables), len(queried), len(factors), len(steps),
        *at[:8], max(map(len, all_scopes)), most_inputs, len(inputs), len(last_inputs),
        at[8], len(network.exact_founders),
    ]  # fmt: skip
    flat = [int(x) for section in (header, *sections) for x in section]
    return np.array(flat, np.int64), sum(sizes) or 1, table_bound
