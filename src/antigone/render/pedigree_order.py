"""Who stands beside whom: the order of each row, by descent on a cost of crossings and gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from antigone.render.pedigree_nets import Key, Net, Nets

PARTNERS_APART = 40.0
PERSON_BETWEEN = 8.0
CROSSING = 10.0
STRANGER_AMONG_CHILDREN = 3.0
TWINS_APART = 25.0
WOMAN_LEFT = 0.5
AGAINST_FILE_ORDER = 0.2
LONGEST_SEGMENT = 4
MOST_TRIALS = 6000
"""Orders looked at before the best so far is kept; families of real cases need far fewer."""

Order = list[list[Key]]


def ordered_rows(nets: Nets, twins: Sequence[frozenset[str]]) -> Order:
    """Rows from top to bottom, each from left to right."""
    order = _first_order(nets)
    best = _cost(order, nets, twins)
    trials = 0
    while trials < MOST_TRIALS:
        for trial in _moves(order, nets):
            trials += 1
            cost = _cost(trial, nets, twins)
            if cost < best - 1e-9:
                order, best = trial, cost
                break
        else:
            break
    return order


def _first_order(nets: Nets) -> Order:
    """Families one after another: a person, the partner with their own parents, the children."""
    order: Order = [[] for _ in range(max(nets.rows.values(), default=0) + 1)]
    seen: set[Key] = set()

    def visit(key: Key) -> None:
        if key in seen:
            return
        seen.add(key)
        order[nets.rows[key]].append(key)
        for net in nets.nets:
            if key in net.tops:
                for other in net.tops:
                    visit(other)
        for net in nets.nets:
            if key in net.bottoms:
                visit(net.tops[0])
        for net in nets.nets:
            if key in net.tops:
                for child in net.bottoms:
                    visit(child)

    for key in sorted(nets.rows, key=lambda k: nets.rows[k]):
        visit(key)
    return order


def _moves(order: Order, nets: Nets) -> Iterator[Order]:
    """Every order with one short segment of one row moved elsewhere, alone or with all below it."""
    for index, row in enumerate(order):
        for moved in _row_moves(row):
            alone = [*order[:index], moved, *order[index + 1 :]]
            yield alone
            if index + 1 < len(order):
                yield _following(alone, index, nets)


def _following(order: Order, index: int, nets: Nets) -> Order:
    """The order with the rows below `index` sorted by where their parents or partners stand."""
    result = [*order]
    for row in range(index + 1, len(order)):
        above = {key: float(place) for place, key in enumerate(result[row - 1])}
        wish: dict[Key, float] = {}
        for net in nets.nets:
            if net.row == row - 1:
                middle = sum(above[top] for top in net.tops) / len(net.tops)
                wish.update(dict.fromkeys(net.bottoms, middle))
        for net in nets.nets:
            if net.row == row and net.couple:
                known = [wish[top] for top in net.tops if top in wish]
                for top in net.tops:
                    wish.setdefault(top, known[0] if known else 0.0)
        result[row] = sorted(result[row], key=lambda key: wish.get(key, 0.0))
    return result


def _row_moves(row: list[Key]) -> Iterator[list[Key]]:
    for start, end in combinations(range(len(row) + 1), 2):
        if end - start > LONGEST_SEGMENT:
            continue
        rest, segment = row[:start] + row[end:], row[start:end]
        for place in range(len(rest) + 1):
            if place != start:
                yield rest[:place] + segment + rest[place:]
            if len(segment) > 1:
                yield rest[:place] + segment[::-1] + rest[place:]


def _cost(order: Order, nets: Nets, twins: Sequence[frozenset[str]]) -> float:
    at: dict[Key, int] = {key: place for row in order for place, key in enumerate(row)}
    cost = sum(_net_cost(net, order, at) for net in nets.nets)
    for first, second in combinations(nets.nets, 2):
        if first.row == second.row:
            cost += CROSSING * _crossings(first, second, at)
    for group in twins:
        places = [at[member] for member in group if member in at]
        if places:
            cost += TWINS_APART * (max(places) - min(places) + 1 - len(places))
    return cost


def _net_cost(net: Net, order: Order, at: Mapping[Key, int]) -> float:
    cost = 0.0
    if net.couple:
        father, mother = net.tops
        apart = abs(at[father] - at[mother])
        if apart > 1:
            cost += PARTNERS_APART + PERSON_BETWEEN * (apart - 1)
        if at[father] > at[mother]:
            cost += WOMAN_LEFT
    places = [at[child] for child in net.bottoms]
    if len(places) > 1:
        between = order[net.row + 1][min(places) : max(places) + 1]
        cost += STRANGER_AMONG_CHILDREN * (len(between) - len(places))
        cost += AGAINST_FILE_ORDER * sum(a > b for a, b in combinations(places, 2))
    return cost


def _crossings(first: Net, second: Net, at: Mapping[Key, int]) -> int:
    left = sum(at[top] for top in first.tops) / len(first.tops)
    right = sum(at[top] for top in second.tops) / len(second.tops)
    return sum((left - right) * (at[a] - at[b]) < 0 for a in first.bottoms for b in second.bottoms)
