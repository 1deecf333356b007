"""The names of a whole search become indices: samples, loci and alleles of millions of rows under one table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from antigone.core import LocusSet, Outcomes
from antigone.domain import KITS, Chromosome, FrequencyTable, Policy, Scope, Sex, SexPolicy, chromosome_of
from antigone.identify.encode import Encoding, encode_seen
from antigone.identify.sexes import SexSeen, log10_sex_lr_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
CLASSES = ("full", "partial", "poor")
SCOPES = (Scope.KINSHIP, Scope.DIRECT, Scope.NONE)
NOTHING_SEEN, NOT_TESTED = -1, -2


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """One sample per row, whatever the frequency table.

    person: row of the persons frame. sample_class, scope: places in CLASSES, SCOPES. called: (samples, loci)
    whether anything was seen. sexes: place of what each shows of the sex in `sex_kinds`.
    """

    loci: tuple[str, ...]
    person: Ints
    sample_class: NDArray[np.int8]
    dropout: Floats
    dropin: Floats
    scope: NDArray[np.int8]
    called: NDArray[np.bool_]
    sexes: NDArray[np.int8]
    sex_kinds: tuple[SexSeen, ...]

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, slots=True, eq=False)
class Calls:
    """What the samples show under one table: at each locus a number in the dictionary of that locus.

    numbers: (samples, loci) int32. dictionaries: by locus every different call, with the dropout and the
    drop-in of the sample it was seen on.
    """

    table: str
    loci: tuple[str, ...]
    models: LocusSet
    numbers: NDArray[np.int32]
    dictionaries: tuple[Outcomes, ...]

    def rows(self, samples: Ints) -> NDArray[np.int16]:
        """(samples, loci, width) allele codes."""
        parts = [d.codes[self.numbers[samples, i]] for i, d in enumerate(self.dictionaries)]
        return np.stack(parts, axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class _Typed:
    """The profile rows as numbers: sample, locus and up to four alleles, by name."""

    sample: Ints
    locus: Ints
    loci: tuple[str, ...]
    alleles: Ints  # (rows, width)
    names: tuple[str, ...]
    homozygous: NDArray[np.bool_]


class BulkEncoder:
    """Reads the frames once; `calls` then encodes them under each table.

    persons, profiles: as read by columns (profiles with `person_row`); x_usable: X-linked loci may be used.
    """

    def __init__(self, persons: pl.DataFrame, profiles: pl.DataFrame, policy: Policy, x_usable: bool) -> None:
        self.policy = policy
        rows = profiles["person_row"].to_numpy()
        person, sample = np.unique(rows, return_inverse=True)
        self._typed = _typed(profiles, sample.ravel())
        self._usable = [
            locus
            for locus in self._typed.loci
            if chromosome_of(locus) in ((Chromosome.AUTOSOMAL, Chromosome.X) if x_usable else (Chromosome.AUTOSOMAL,))
            and locus not in policy.loci_left_out
        ]
        self.samples = self._samples(persons, profiles, person)

    def _samples(self, persons: pl.DataFrame, profiles: pl.DataFrame, person: Ints) -> Samples:
        typed, n = self._typed, len(person)
        seen = np.zeros((n, len(typed.loci)), np.bool_)
        seen[typed.sample, typed.locus] = (typed.alleles >= 0).any(axis=1)
        tested = np.zeros_like(seen)
        tested[typed.sample, typed.locus] = True
        first = np.full(n, -1, np.int64)
        first[typed.sample[::-1]] = np.arange(len(typed.sample))[::-1]
        heads = profiles[["kit", "dropout", "dropin", "scope"]][first]
        kinds = self._classes(heads["kit"].cast(pl.String).to_list(), tested, seen)
        own = heads["dropout"].cast(pl.Float64).to_numpy()
        by_class = np.array([getattr(self.policy.dropout, name) for name in CLASSES])[kinds]
        scopes = {scope.value: i for i, scope in enumerate(SCOPES)}
        scope = heads["scope"].cast(pl.String).fill_null(Scope.KINSHIP.value).replace_strict(scopes)
        columns = np.array([typed.loci.index(locus) for locus in self._usable], np.int64)
        dropout = np.where(np.isnan(own), by_class, own)
        sexes, sex_kinds = self._sexes(persons, person, seen, dropout)
        return Samples(
            tuple(self._usable), person, kinds, dropout, heads["dropin"].cast(pl.Float64).fill_null(0.0).to_numpy(),
            scope.to_numpy().astype(np.int8), seen[:, columns], sexes, sex_kinds,
        )  # fmt: skip

    def _classes(self, kits: list[str | None], tested: NDArray[np.bool_], seen: NDArray[np.bool_]) -> NDArray[np.int8]:
        """By share of the kit's loci with a call; without a kit, of the smallest that holds all tested loci."""
        loci = self._typed.loci
        autosomal = np.array([i for i, x in enumerate(loci) if chromosome_of(x) is Chromosome.AUTOSOMAL], np.int64)
        column = {locus: i for i, locus in enumerate(loci)}
        limits, share = self.policy.dropout, np.ones(len(kits))
        named = np.array([kit if kit in KITS else "" for kit in kits])
        for kit in np.unique(named):
            own = np.flatnonzero(named == kit)
            if kit:
                expected = np.array([column[x] for x in KITS[kit] if x in column], np.int64)
                share[own] = seen[np.ix_(own, expected)].sum(axis=1) / len(KITS[kit])
                continue
            patterns, which = np.unique(tested[np.ix_(own, autosomal)], axis=0, return_inverse=True)
            for number, pattern in enumerate(patterns):
                wanted = {loci[autosomal[i]] for i in np.flatnonzero(pattern)}
                holding = sorted((k for k in KITS.values() if wanted <= set(k)), key=len)
                size = len(holding[0]) if holding else len(autosomal)
                called = own[which.ravel() == number]
                of_kit = np.array([column[x] for x in (holding[0] if holding else ()) if x in column], np.int64)
                counted = of_kit if len(of_kit) else autosomal
                share[called] = seen[np.ix_(called, counted)].sum(axis=1) / size if size else 1.0
        worse = (share < limits.full_from).astype(np.int8) + (share < limits.partial_from)
        return np.asarray(worse, np.int8)

    def _sexes(
        self, persons: pl.DataFrame, person: Ints, seen: NDArray[np.bool_], dropout: Floats
    ) -> tuple[NDArray[np.int8], tuple[SexSeen, ...]]:
        typed = self._typed
        y = [i for i, locus in enumerate(typed.loci) if chromosome_of(locus) is Chromosome.Y]
        amelogenin = [i for i, locus in enumerate(typed.loci) if chromosome_of(locus) is Chromosome.SEX and i not in y]
        male = np.atleast_1d(seen[:, y].any(axis=1))
        shown = male | seen[:, amelogenin].any(axis=1)
        if "Y" in typed.names:
            with_y = np.isin(typed.locus, amelogenin) & (typed.alleles == typed.names.index("Y")).any(axis=1)
            male[typed.sample[with_y]] = True
        recorded = persons["sex"].cast(pl.String).fill_null(Sex.UNKNOWN.value).to_numpy()[person]
        sex = np.where(shown, np.where(male, Sex.MALE.value, Sex.FEMALE.value), recorded)
        names = list(Sex)
        key = np.array([names.index(Sex(s)) for s in sex]) * 4 + shown * 2 + (dropout > 0.0)
        kinds, which = np.unique(key, return_inverse=True)
        return which.ravel().astype(np.int8), tuple(SexSeen(names[k // 4], bool(k & 2), bool(k & 1)) for k in kinds)

    def calls(self, table: FrequencyTable) -> Calls:
        """The samples' calls under one table; InputRefused lists what the policy forbids."""
        typed = self._typed
        seen: dict[str, set[str]] = {}
        for locus in self._usable:
            rows = typed.locus == typed.loci.index(locus)
            numbers = np.unique(typed.alleles[rows])
            seen[locus] = {typed.names[i] for i in numbers if i >= 0}
        encoding = encode_seen(table, seen, self.policy)
        built = [self._locus_calls(encoding, i) for i in range(len(encoding.loci))]
        numbers = np.stack([number for number, _ in built], axis=1)
        return Calls(table.name, encoding.loci, encoding.models, numbers, tuple(d for _, d in built))

    def _locus_calls(self, encoding: Encoding, index: int) -> tuple[NDArray[np.int32], Outcomes]:
        typed, samples = self._typed, self.samples
        rows = np.flatnonzero(typed.locus == typed.loci.index(encoding.loci[index]))
        code = np.full(len(typed.names) + 1, NOTHING_SEEN, np.int64)
        for name, value in encoding.codes[index].items():
            if name in typed.names:
                code[typed.names.index(name)] = value
        sample = typed.sample[rows]
        partial = samples.dropout[sample] > 0.0
        codes = _call_codes(code[typed.alleles[rows]], typed.homozygous[rows], partial)
        whole = np.full((len(samples), codes.shape[1]), NOT_TESTED, np.int64)
        whole[sample] = codes
        numbers, first = _numbered([*whole.T, _ranked(samples.dropout), _ranked(samples.dropin)])
        dictionary = Outcomes(whole[first].astype(np.int16), samples.dropout[first], samples.dropin[first])
        return numbers.astype(np.int32), dictionary


def sex_table(kinds: Iterable[SexSeen], missing: Iterable[Sex], policy: SexPolicy) -> Floats:
    """(missing, kinds) log10 LR of what a sample shows of the sex."""
    return np.array([[log10_sex_lr_of(seen, sex, policy) for seen in kinds] for sex in missing])


def _typed(profiles: pl.DataFrame, sample: Ints) -> _Typed:
    locus, loci = _indices([profiles["locus"]])
    used = [c for c in ("allele1", "allele2", "allele3", "allele4") if profiles[c].null_count() < len(profiles)]
    alleles, names = _indices([profiles[c] for c in (used if len(used) > 1 else ("allele1", "allele2"))])
    homozygous = profiles["homozygous"].cast(pl.Boolean).fill_null(False).to_numpy()
    return _Typed(sample, locus[:, 0], loci, alleles, names, homozygous)


def _indices(columns: list[pl.Series]) -> tuple[Ints, tuple[str, ...]]:
    """((rows, columns) place of each cell in the names, -1 for an empty one, names)."""
    names: dict[str, None] = {}
    for column in columns:
        names |= dict.fromkeys(column.unique(maintain_order=True).cast(pl.String).drop_nulls().to_list())
    vocabulary = pl.Enum(list(names))
    numbers = [c.cast(vocabulary).to_physical().cast(pl.Int64).fill_null(-1).to_numpy() for c in columns]
    return np.stack(numbers, axis=1), tuple(names)


def _call_codes(codes: Ints, homozygous: NDArray[np.bool_], partial: NDArray[np.bool_]) -> Ints:
    """(rows, width) distinct codes, least first, then -1; a vouched homozygote twice.

    The same allele written twice is vouched for on a whole sample only: a partial one may have lost another.
    """
    most = np.iinfo(np.int64).max
    ordered = np.sort(np.where(codes < 0, most, codes), axis=1)
    again = np.zeros_like(ordered, np.bool_)
    again[:, 1:] = (ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] < most)
    seen = (ordered < most).sum(axis=1)
    ordered = np.sort(np.where(again, most, ordered), axis=1)
    alone = (ordered[:, 0] < most) & (ordered[:, 1] == most)
    vouched = alone & (homozygous | ((seen == 2) & ~partial))
    ordered[ordered == most] = NOTHING_SEEN
    ordered[vouched, 1] = ordered[vouched, 0]
    return ordered


def _ranked(values: Floats) -> Ints:
    return np.unique(values, return_inverse=True)[1].ravel()


def _numbered(columns: list[Ints]) -> tuple[Ints, Ints]:
    """((rows,) number of each different row, (numbers,) a row that has it); numbers in the order of the columns."""
    key, first = np.zeros(len(columns[0]), np.int64), np.zeros(0, np.int64)
    for column in columns:
        low = int(column.min(initial=0))
        _, first, key = np.unique(
            key * (int(column.max(initial=0)) - low + 1) + column - low, return_index=True, return_inverse=True
        )
        key = key.ravel()
    return key, first
