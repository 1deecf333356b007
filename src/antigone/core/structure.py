"""What is left of a pedigree once persons who say nothing are gone: variables and factors.

Two ways to write founders. Without an urn every founder is one variable over genotypes. With an urn
(theta > 0, or founder inbreeding) each allele drawn for a founder that is not exactly typed is a
variable of its own, so that draws can be tied to each other (`core.urn`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from antigone.core.pedigrees import FEMALE, MALE, Shape, ancestors_first

UNTYPED, EXACT, SOFT = range(3)
"""How a person is typed at a locus: not at all, with a certain genotype, or with a weight for each."""

SLOT, EXACT_CHILD, EXACT_FOUNDER, SOFT_CHILD, FOUNDER_PAIRS, HEMIZYGOUS, HEMIZYGOUS_FOUNDER = range(7)
"""Kinds of variable, as in the kernel."""
WEIGHT, TRANSMISSION, DRAWN, BASE, SEEN = range(5)
"""Kinds of factor, as in the kernel."""

Slot = tuple[int, int]
"""(variable, which of its two alleles)."""
NOWHERE: Slot = (-1, 0)


@dataclass(frozen=True, slots=True)
class Factor:
    """A function of a few variables; `rows` are the observed rows it weighs."""

    kind: int
    a: Slot = NOWHERE
    b: Slot = NOWHERE
    child: Slot = NOWHERE
    sex: int = FEMALE
    rows: tuple[int, ...] = ()

    @property
    def scope(self) -> tuple[int, ...]:
        found: list[int] = []
        for variable, _ in (self.a, self.b, self.child):
            if variable >= 0 and variable not in found:
                found.append(variable)
        return tuple(found)


@dataclass(slots=True)
class Network:
    """Variables (kind, observed rows), factors, the draws of the urn and the query's two slots."""

    variables: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    factors: list[Factor] = field(default_factory=list)
    draws: list[int] = field(default_factory=list)  # variables that are free draws from the urn
    paired_draws: list[tuple[int, int, float]] = field(default_factory=list)  # of one founder, inbreeding
    exact_founders: list[tuple[int, int]] = field(default_factory=list)  # (row, alleles drawn)
    query: tuple[Slot, Slot] | None = None


def build_network(
    shape: Shape,
    typing: tuple[int, ...],
    rows: tuple[tuple[int, ...], ...],
    x_linked: bool,
    urn: bool,
    query: int = -1,
) -> Network:
    """The network of one pattern of typing.

    typing: by person, UNTYPED, EXACT or SOFT. rows: by person, the observed rows that are theirs.
    ValueError where X-linked inheritance needs a sex that is not known.
    """
    return _Builder(shape, typing, rows, x_linked, urn, query).build()


class _Builder:
    def __init__(
        self,
        shape: Shape,
        typing: tuple[int, ...],
        rows: tuple[tuple[int, ...], ...],
        x_linked: bool,
        urn: bool,
        query: int,
    ) -> None:
        self.shape, self.x_linked, self.urn = shape, x_linked, urn
        self.first_twin = _first_twins(shape)
        self.typing, self.rows = _merge_twins(self.first_twin, typing, rows)
        self.query = self.first_twin[query] if query >= 0 else -1
        self.kept = self._kept_persons()
        self.slots: dict[int, tuple[Slot, ...]] = {}
        self.network = Network()

    def parents(self, i: int) -> tuple[int, int]:
        father, mother = self.shape.father[i], self.shape.mother[i]
        return (self.first_twin[father], self.first_twin[mother]) if father >= 0 else (-1, -1)

    def _kept_persons(self) -> set[int]:
        """Everybody but untyped persons without descendants that are typed or asked for."""
        kept: set[int] = set()
        todo = [i for i in range(len(self.shape)) if self.typing[i] != UNTYPED or i == self.query]
        while todo:
            i = self.first_twin[todo.pop()]
            if i not in kept:
                kept.add(i)
                todo.extend(p for p in self.parents(i) if p >= 0)
        return kept

    def build(self) -> Network:
        order = [i for i in ancestors_first(self.shape) if i in self.kept]
        children = [i for i in order if self.parents(i)[0] >= 0]
        uses = [p for i in children for p in self.parents(i)]
        if self.x_linked:
            uses = [p for i in children for p in self._x_parents(i)]
        self.single_use = {
            i
            for i in order
            if self.parents(i)[0] < 0 and self.typing[i] == UNTYPED and i != self.query and uses.count(i) <= 1
        }
        for i in order:
            if i in self.single_use:
                continue
            if self.parents(i)[0] < 0:
                self._add_founder(i)
            else:
                self._add_child(i)
        if self.query >= 0:
            slots = self.slots[self.query]
            self.network.query = (slots[0], slots[1] if len(slots) > 1 else NOWHERE)
        return self.network

    def _x_parents(self, i: int) -> tuple[int, ...]:
        father, mother = self.parents(i)
        return (mother,) if self._sex(i) == MALE else (father, mother)

    def _sex(self, i: int) -> int:
        sex = self.shape.sex[i]
        if self.x_linked and sex not in (MALE, FEMALE):
            raise ValueError(f"person {i} has no known sex, which an X-linked locus needs")
        return sex

    def _hemizygous(self, i: int) -> bool:
        return self.x_linked and self._sex(i) == MALE

    def _variable(self, kind: int, rows: tuple[int, ...] = ()) -> int:
        self.network.variables.append((kind, rows))
        return len(self.network.variables) - 1

    def _add_founder(self, i: int) -> None:
        exact = self.typing[i] == EXACT and not self.shape.inbreeding[i]
        alleles = 1 if self._hemizygous(i) else 2
        if exact and self.urn:
            self.network.exact_founders.append((self.rows[i][0], alleles))
        if self.urn and not exact:
            self._add_drawn_founder(i, alleles)
            return
        kind = EXACT_FOUNDER if exact else FOUNDER_PAIRS
        if alleles == 1:
            kind = HEMIZYGOUS_FOUNDER
        v = self._variable(kind, self.rows[i])
        self.slots[i] = ((v, 0),) if alleles == 1 else ((v, 0), (v, 1))
        self.network.factors.append(Factor(WEIGHT, a=(v, 0)))

    def _add_drawn_founder(self, i: int, alleles: int) -> None:
        drawn = [self._draw() for _ in range(alleles)]
        self.slots[i] = tuple((v, 0) for v in drawn)
        if alleles == 2:
            self.network.paired_draws.append((drawn[0], drawn[1], self.shape.inbreeding[i]))
        if self.rows[i]:
            second = self.slots[i][1] if alleles == 2 else NOWHERE
            self.network.factors.append(Factor(SEEN, a=self.slots[i][0], b=second, rows=self.rows[i]))

    def _draw(self) -> int:
        v = self._variable(SLOT)
        self.network.draws.append(v)
        return v

    def _add_child(self, i: int) -> None:
        father, mother = self.parents(i)
        haploid = self._hemizygous(i)
        if self.typing[i] == UNTYPED:
            self.slots[i] = tuple((self._variable(SLOT), 0) for _ in range(1 if haploid else 2))
        else:
            kind = HEMIZYGOUS if haploid else (EXACT_CHILD if self.typing[i] == EXACT else SOFT_CHILD)
            v = self._variable(kind, self.rows[i])
            self.slots[i] = ((v, 0),) if haploid else ((v, 0), (v, 1))
            if kind != EXACT_CHILD:
                self.network.factors.append(Factor(WEIGHT, a=(v, 0)))
        self._inherit(mother, self.slots[i][0], FEMALE)
        if not haploid:
            self._inherit(father, self.slots[i][1], MALE)

    def _inherit(self, parent: int, child: Slot, sex: int) -> None:
        factors = self.network.factors
        if parent not in self.single_use:
            slots = self.slots[parent]
            second = slots[1] if len(slots) > 1 else NOWHERE
            factors.append(Factor(TRANSMISSION, slots[0], second, child, sex))
        elif self.urn:
            factors.append(Factor(TRANSMISSION, (self._draw(), 0), NOWHERE, child, sex))
        else:
            factors.append(Factor(DRAWN, child=child, sex=sex))


def _first_twins(shape: Shape) -> list[int]:
    """By person, the first of their group of monozygotic twins, or themselves."""
    first: dict[int, int] = {}
    return [first.setdefault(t, i) if t >= 0 else i for i, t in enumerate(shape.twin)]


def _merge_twins(
    first: list[int], typing: tuple[int, ...], rows: tuple[tuple[int, ...], ...]
) -> tuple[list[int], list[tuple[int, ...]]]:
    """All rows of a group of twins with its first; several rows on one genotype make it SOFT."""
    merged_typing = [UNTYPED] * len(typing)
    merged_rows: list[tuple[int, ...]] = [()] * len(typing)
    for i, kind in enumerate(typing):
        if kind == UNTYPED:
            continue
        one = first[i]
        merged_rows[one] = merged_rows[one] + rows[i]
        merged_typing[one] = SOFT if len(merged_rows[one]) > 1 else kind
    return merged_typing, merged_rows
