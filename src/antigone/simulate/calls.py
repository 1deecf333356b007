"""What the laboratory saw: kits, loci that failed, alleles that were lost, typing errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.domain import KITS, MISSING_ALLELE, NOT_TESTED
from antigone.simulate.alleles import AMEL, Alleles
from antigone.simulate.genes import Codes
from antigone.simulate.samples import Samples
from antigone.simulate.scenario import Scenario
from antigone.simulate.streams import Streams

Seen = NDArray[np.int16]
"""(sample, locus, 2): codes of alleles, MISSING_ALLELE or NOT_TESTED; the last locus is amelogenin."""

X, Y = 0, 1


@dataclass(frozen=True, slots=True, eq=False)
class Calls:
    """loci and names: with amelogenin at the end. quality: (remains,) place in `scenario.qualities`.

    errors: columns sample, locus, true code, written code; one row per allele typed wrongly.
    """

    loci: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    seen: Seen
    quality: NDArray[np.int64]
    errors: NDArray[np.int64]


def draw_calls(scenario: Scenario, samples: Samples, alleles: Alleles, streams: Streams) -> Calls:
    """Relatives give whole profiles; remains by their class. A whole profile writes a homozygote twice,
    any other cannot tell whether its second allele was lost and leaves it open.
    """
    seen = _genotypes(samples)
    of_remains = seen[samples.relatives :]
    u = streams["qualities"].random(len(of_remains))
    shares = np.cumsum([quality.share for quality in scenario.qualities])
    quality = np.minimum(np.searchsorted(shares, u, side="right"), len(shares) - 1)
    _lose(scenario, of_remains, quality, streams)
    loci = (*alleles.loci, AMEL)
    tested = np.array([[x in KITS[lab.kit] or x == AMEL for x in loci] for lab in scenario.laboratories])
    seen[~tested[samples.laboratory]] = NOT_TESTED
    errors = _mistype(scenario, seen, alleles, streams["typing-errors"])
    seen.sort(axis=2)
    only_one = seen[:, :, 0] == MISSING_ALLELE
    seen[only_one] = seen[only_one][:, ::-1]
    return Calls(loci, (*alleles.names, ("X", "Y")), seen, quality, errors)


def _genotypes(samples: Samples) -> Seen:
    sex: Codes = np.full((len(samples), 1, 2), X, np.uint8)
    sex[samples.male, 0, 1] = Y
    seen: Seen = np.concatenate([samples.genes, sex], axis=1)[samples.typed].astype(np.int16)
    return seen


def _lose(scenario: Scenario, seen: Seen, quality: NDArray[np.int64], streams: Streams) -> None:
    """Loci that gave nothing and alleles that were lost, in place."""
    failed = np.array([q.failed for q in scenario.qualities])[quality]
    dropout = np.array([q.dropout for q in scenario.qualities])[quality]
    lost = streams["dropouts"].random(seen.shape) < dropout[:, None, None]
    lost |= (streams["failures"].random(seen.shape[:2]) < failed[:, None])[:, :, None]
    whole = (failed == 0.0) & (dropout == 0.0)
    lost[:, :, 1] |= (seen[:, :, 0] == seen[:, :, 1]) & ~lost[:, :, 0] & ~whole[:, None]
    seen[lost] = MISSING_ALLELE


def _mistype(scenario: Scenario, seen: Seen, alleles: Alleles, rng: np.random.Generator) -> NDArray[np.int64]:
    """One allele of a call is written as another one of its locus, in place."""
    n, loci = len(seen), len(alleles.loci)
    wrong = rng.random((n, loci)) < scenario.rates.typing_error
    which, step = rng.integers(0, 2, (n, loci)), rng.random((n, loci))
    sample, locus = np.nonzero(wrong)
    place = which[sample, locus]
    true = seen[sample, locus, place].astype(np.int64)
    known = np.array([len(names) for names in alleles.names])[locus]
    written = (true + 1 + np.floor(step[sample, locus] * (known - 1)).astype(np.int64)) % known
    visible = true >= 0
    seen[sample[visible], locus[visible], place[visible]] = written[visible]
    return np.column_stack([sample, locus, true, written])[visible]
