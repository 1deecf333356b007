"""What many samples show, in the form in which every pair of them is compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from antigone.core.likelihood import Codes, Floats, LocusSet
from antigone.core.loci import LocusModel

Indices = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Kinds = tuple[LocusModel, Codes, Floats]
"""Different pairs of calls at one locus: (kinds, 2, width), and dropout and drop-in (2, kinds, 2)."""

MOST_LOCI = 63
MOST_ALLELES = 254
"""Of one locus."""
GENOTYPE_CLASSES = 254
"""22 alleles have 253 genotypes; of more alleles, some genotypes share a class."""
NOT_KNOWN = 255
MOST_KEYS = 1 << 22
"""Keys for which a table of all is made; more are sorted."""


@dataclass(frozen=True, slots=True, eq=False)
class Alleles:
    """What many samples show, in bytes.

    codes: (samples, loci, 2), allele number + 1: (low, high) a known genotype, low = high for a homozygote;
    (a, 0) one allele shown, the other unknown; (0, 0) nothing that can be compared.
    shown: (samples,) bit l is set where locus l shows something.
    """

    codes: Bytes
    shown: Indices

    def __len__(self) -> int:
        return len(self.codes)

    @staticmethod
    def of(observations: ArrayLike) -> Alleles:
        """From observations (samples, loci, width) as the engine takes them.

        Only (a, a) is a homozygote; (a, -1) may hide another allele whatever the sample's dropout, as in the
        engine. Three or more alleles at a locus tell no genotype and are not compared.
        ValueError for more than 63 loci or 254 alleles.

        >>> Alleles.of([[[3, 1], [2, 2], [2, -1], [-1, -1], [-2, -2]]]).codes.tolist()
        [[[2, 4], [3, 3], [3, 0], [0, 0], [0, 0]]]
        """
        rows = np.asarray(observations, np.int16)
        n_loci = rows.shape[1]
        if n_loci > MOST_LOCI:
            raise ValueError(f"{n_loci} loci; at most {MOST_LOCI} can be compared")
        if rows.size and rows.max() >= MOST_ALLELES:
            raise ValueError(f"allele number {rows.max()}; at most {MOST_ALLELES} alleles of a locus can be compared")
        high = rows.max(axis=2)
        low = np.where(rows >= 0, rows, MOST_ALLELES).min(axis=2)
        between = np.any((rows > low[..., None]) & (rows < high[..., None]), axis=2)
        single = (low == high) & (rows[..., 1] != rows[..., 0])
        codes = np.stack([low + 1, np.where(single, 0, high + 1)], axis=2)
        codes[(high < 0) | between] = 0
        shown = (codes[..., 0] > 0) @ (np.int64(1) << np.arange(n_loci))
        return Alleles(codes.astype(np.uint8), shown.astype(np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Lanes:
    """Samples to be compared with, as the compiled loop takes them; see `kernels.mismatches.compare`."""

    samples: Indices
    arrays: tuple[Bytes, Indices, Indices, Indices, Indices]
    planes: tuple[Bytes, Bytes, Bytes, Bytes]

    @staticmethod
    def of(others: Alleles, samples: Indices, all_known: bool) -> Lanes:
        """The samples of these numbers, ascending; `all_known`: none of them shows one allele only."""
        from antigone.core.kernels.mismatches import BLOCK

        codes, shown = others.codes[samples], others.shown[samples]
        low, high = (np.ascontiguousarray(codes[..., i].T) for i in range(2))
        known = high > 0
        classes = np.ascontiguousarray(genotype_classes(codes).T)
        singles = np.where(known, np.uint8(NOT_KNOWN), low)[: 0 if all_known else None]
        blocks = np.arange(0, len(samples), BLOCK)
        common = np.bitwise_and.reduceat(shown, blocks) if len(samples) else shown
        fewest = np.minimum.reduceat(np.bitwise_count(shown), blocks) if len(samples) else shown
        planes = (classes, singles, np.where(known, low, np.uint8(0)), high)
        return Lanes(samples, (codes, samples, shown, common, fewest.astype(np.int64)), planes)


def genotype_classes(codes: Bytes) -> Bytes:
    """(samples, loci) 1 to 254 for a known genotype, 255 where it is not known in full, 0 where nothing is shown."""
    low, high = codes[..., 0].astype(np.int32), codes[..., 1].astype(np.int32)
    classes = (high * (high - 1) // 2 + low - 1) % GENOTYPE_CLASSES + 1
    return np.where(low == 0, 0, np.where(high == 0, NOT_KNOWN, classes)).astype(np.uint8)


def most_telling_first(codes: Bytes) -> Indices:
    """Loci by the chance that two of these samples differ; any order gives the same result."""
    shares = [np.bincount(c, minlength=256) / max(len(c), 1) for c in genotype_classes(codes).T]
    chances = [(1.0 - s[0]) ** 2 - (s[1:] ** 2).sum() for s in shares]
    return np.argsort(chances, kind="stable")[::-1]


def reordered(alleles: Alleles, order: Indices) -> Alleles:
    """The same with the loci in this order, `shown` as it was."""
    return Alleles(np.ascontiguousarray(alleles.codes[:, order]), alleles.shown)


def kinds_by_locus(loci: LocusSet, pairs: Codes, rates: Floats) -> Iterator[tuple[Kinds, Indices]]:
    """By autosomal locus: one of each kind of pairs, and the kind of every pair."""
    values, numbers = np.unique(np.append(0.0, rates), return_inverse=True)
    lost, foreign = numbers[1:].reshape(rates.shape)
    for number in np.flatnonzero(~loci.x_linked) if len(pairs) else ():
        locus, seen = loci.locus(int(number)), pairs[:, number]
        lost_here = np.where(is_known(seen, rates[1], locus), numbers[0], lost)
        one_of_each, kind = kinds_of(np.concatenate([seen[:, 0], seen[:, 1], lost_here, foreign], axis=1))
        yield (locus, seen[one_of_each], values[np.stack([lost_here, foreign])[:, one_of_each]]), kind


def is_known(seen: Codes, foreign: Floats, locus: LocusModel) -> NDArray[np.bool_]:
    """(pairs, 2) whether a call leaves one genotype: then its probability, with the dropout in it, cancels."""
    low, high = seen[..., 0], seen[..., 1]
    two = (low >= 0) & (high >= 0) & np.all(seen[..., 2:] < 0, axis=-1)
    return np.asarray(two & (foreign == 0.0) & ((low != high) | (locus.silent < 0)))


def kinds_of(rows: NDArray[np.integer]) -> tuple[Indices, Indices]:
    """The number of one row of each kind, and the kind of every row: few kinds occur at a locus.

    >>> [kinds.tolist() for kinds in kinds_of(np.array([[7, -1], [0, 3], [7, -1]]))]
    [[1, 0], [1, 0, 1]]
    """
    keys, size = np.zeros(len(rows), np.int64), 1
    for column in rows.T:
        low, high = int(column.min()), int(column.max())
        if size * (high - low + 1) > MOST_KEYS:
            keys, size = _numbered(keys, size)
        keys, size = keys * (high - low + 1) + (column - low), size * (high - low + 1)
    keys, size = _numbered(keys, size)
    one_of_each = np.empty(size, np.int64)
    one_of_each[keys[::-1]] = np.arange(len(rows))[::-1]
    return one_of_each, keys


def _numbered(keys: Indices, size: int) -> tuple[Indices, int]:
    """The keys that occur, numbered in their order, and how many they are; without sorting where they are small."""
    if size > MOST_KEYS:
        found, numbers = np.unique(keys, return_inverse=True)
        return numbers, len(found)
    occurs = np.zeros(size, np.bool_)
    occurs[keys] = True
    return (np.cumsum(occurs) - 1)[keys], int(occurs.sum())
