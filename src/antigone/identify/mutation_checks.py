"""What the mutation models of a case do to the frequencies, and whether unseen alleles may stand as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from antigone.core import mutation
from antigone.identify.encode import Encoding
from antigone.identify.pairwise import CaseNumbers, all_profiles


def not_stationary(tables: Sequence[CaseNumbers]) -> tuple[str, ...]:
    """Loci at which a generation of mutation changes the frequencies of a table, in mothers or fathers."""

    def changes(encoding: Encoding, i: int) -> bool:
        size = encoding.models.sizes[i]
        p = encoding.models.frequencies[i, :size]
        stacks = (encoding.models.female, encoding.models.male)
        return any(not mutation.is_stationary(stack[i, :size, :size], p) for stack in stacks)

    return _loci_where(tables, changes)


def not_lumpable(tables: Sequence[CaseNumbers]) -> tuple[str, ...]:
    """Loci at which the alleles that nobody of the case carries may not stand as one."""

    def differs(encoding: Encoding, i: int) -> bool:
        size, silent = int(encoding.models.sizes[i]), int(encoding.models.silent[i])
        calls = [profile.calls.get(encoding.loci[i]) for profile in all_profiles(tables[0].case)]
        seen = {encoding.codes[i][allele] for call in calls if call is not None for allele in call.alleles}
        unseen = [code for code in range(size) if code not in seen and code != silent]
        stacks = (encoding.models.female, encoding.models.male)
        return any(not mutation.is_lumpable(stack[i, :size, :size], unseen) for stack in stacks)

    return _loci_where(tables, differs)


def _loci_where(tables: Sequence[CaseNumbers], holds: Callable[[Encoding, int], bool]) -> tuple[str, ...]:
    """Loci that mutate and of which it holds under some table, in the order of the first that has them."""
    found = dict.fromkeys(
        numbers.encoding.loci[i]
        for numbers in tables
        for i in np.flatnonzero(numbers.encoding.models.mutates)
        if holds(numbers.encoding, int(i))
    )
    return tuple(found)
