"""What an analyst sees, as the tables of a case folder."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from antigone.domain import MISSING_ALLELE, NOT_TESTED
from antigone.simulate.bags import Bags
from antigone.simulate.calls import Calls
from antigone.simulate.families import Families
from antigone.simulate.kinds import BROTHER, MISSING, PARENTS, SLOTS
from antigone.simulate.names import Names, gather, handover_names, words
from antigone.simulate.samples import Samples
from antigone.simulate.scenario import Scenario


def persons(families: Families, names: Names) -> pl.DataFrame:
    """Everybody shown in a family, then the remains."""
    family, slot = np.nonzero(families.shown)
    parents = np.full((len(SLOTS), 2), -1)
    for child, pair in PARENTS.items():
        parents[child] = pair
    both = families.shown[family[:, None], parents[slot]].all(axis=1) & (parents[slot, 0] >= 0)
    father, mother = (np.where(both, parents[slot, side], -1) for side in (0, 1))
    missing = np.isin(slot, (MISSING, BROTHER))
    relatives = pl.DataFrame({
        "family": gather(names.family, family),
        "person": gather(names.slot, slot).cast(pl.String),
        "father": gather(names.slot, father).cast(pl.String),
        "mother": gather(names.slot, mother).cast(pl.String),
        "sex": words(["female", "male"], families.male[family, slot].astype(np.int64)).cast(pl.String),
        "role": words(["relative", "missing"], missing.astype(np.int64)).cast(pl.String),
    })  # fmt: skip
    remains = pl.DataFrame({"person": names.remains}).with_columns(role=pl.lit("remains"))
    return pl.concat([relatives, remains], how="diagonal")


def profiles(scenario: Scenario, samples: Samples, calls: Calls, names: Names) -> pl.DataFrame:
    """One row per sample and tested locus."""
    sample, locus = np.nonzero(calls.seen[:, :, 0] != NOT_TESTED)
    person = pl.concat([gather(names.slot, samples.slot).cast(pl.String), names.remains])
    family = np.append(samples.family, np.full(len(samples) - samples.relatives, -1))
    kits = [laboratory.kit for laboratory in scenario.laboratories]
    first, second = (_allele_column(calls, sample, locus, side) for side in (0, 1))
    return pl.DataFrame({
        "family": gather(gather(names.family, family), sample),
        "person": gather(person, sample),
        "sample": gather(names.sample, sample),
        "locus": words(list(calls.loci), locus),
        "allele1": first,
        "allele2": second,
        "kit": words(kits, samples.laboratory[sample]),
    })  # fmt: skip


def handovers(scenario: Scenario, bags: Bags) -> pl.DataFrame:
    """One row per batch, with the number of bags counted."""
    listed = scenario.handovers
    return pl.DataFrame({
        "handover": handover_names(scenario),
        "date": [h.date for h in listed],
        "from": [h.origin for h in listed],
        "to": [h.destination for h in listed],
        "containers": np.bincount(bags.handover, minlength=len(listed)),
    })  # fmt: skip


def containers(scenario: Scenario, bags: Bags, names: Names) -> pl.DataFrame:
    """One row per bag, as it was handed over."""
    handover = gather(handover_names(scenario), bags.handover)
    return pl.DataFrame({
        "container": names.container,
        "handover": handover,
        "tag": handover + "-" + pl.Series("tag", bags.tag).cast(pl.String),
        "claimed_name": gather(names.claim, bags.claimed),
    })  # fmt: skip


def contents(bags: Bags, names: Names) -> pl.DataFrame:
    """One row per remains: the bag they were found in."""
    return pl.DataFrame({"container": gather(names.container, bags.of), "remains": names.remains})


def allele_names(calls: Calls, locus: NDArray[np.int64], code: NDArray[np.int64]) -> pl.Series:
    """Names of alleles; null for a negative code."""
    offset = np.append(0, np.cumsum([len(names) for names in calls.names]))
    flat = [name for names in calls.names for name in names]
    vocabulary = pl.Series("allele", flat, pl.Enum(list(dict.fromkeys(flat))))
    return gather(vocabulary, np.where(code < 0, MISSING_ALLELE, offset[locus] + code))


def _allele_column(calls: Calls, sample: NDArray[np.int64], locus: NDArray[np.int64], side: int) -> pl.Series:
    return allele_names(calls, locus, calls.seen[sample, locus, side].astype(np.int64))
