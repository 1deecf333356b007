"""Numbers only: frequencies, mutation, pedigrees, likelihoods, assignment. NumPy in, NumPy out.

A father, a mother and their child at one locus with three alleles, numbered 0, 1, 2; -2 is not tested:

>>> import numpy as np
>>> from antigone import FamilyOptions, LocusModel, Shape, flat_prior, genotype_distribution, joint_posterior
>>> from antigone import locus_set, log10_likelihood, log10_likelihoods, log_prior_by_count
>>> trio = Shape(father=(-1, -1, 0), mother=(-1, -1, 1), sex=(1, 2, 0))
>>> locus = LocusModel(np.array([0.5, 0.3, 0.2]))
>>> round(10 ** log10_likelihood(trio, locus, [[0, 0], [-2, -2], [0, 1]]), 6)  # p0 p0 p1
0.075

Many typings of one pedigree at once, at several loci: (typings, loci, persons, alleles) in, (typings, loci) out.

>>> typings = [[[[0, 0], [-2, -2], [0, 1]]], [[[0, 0], [-2, -2], [1, 2]]]]
>>> np.round(10 ** log10_likelihoods(trio, locus_set([locus]), typings), 6).tolist()
[[0.075], [0.0]]

What the mother can be, given the other two: she has allele 1, the other one is anything.

>>> genotype_distribution(trio, locus, [[0, 0], [-2, -2], [0, 1]], person=1).round(3).tolist()
[[0.0, 0.5, 0.0], [0.0, 0.3, 0.2], [0.0, 0.0, 0.0]]

Two remains and one family that misses one: LR 10,000 and 100; then all assignments weighed together.

>>> family = FamilyOptions(placements=np.array([[0], [1]]), log10_lr=np.array([4.0, 2.0]))
>>> joint_posterior(2, [family], flat_prior(2)).pairs[0].round(4).tolist()
[[0.99], [0.0099]]
>>> joint_posterior(2, [family], log_prior_by_count(2, 1, 50, 0.1)).pairs[0].round(4).tolist()
[[0.9849], [0.0098]]
"""

from antigone.core import mutation
from antigone.core.alike import AlikePairs, alike_log10_lr, alike_pairs
from antigone.core.alike_lanes import Alleles
from antigone.core.chance import TailBounds, Tails, tail_bounds, tails, tails_of_others
from antigone.core.chance_hits import ChanceHits, expected_chance_hits, sampled_tails
from antigone.core.complexity import TooComplex
from antigone.core.components import FamilyOptions
from antigone.core.frequencies import FrequenciesRefused, apply_policy
from antigone.core.genotypes import genotype_distribution, genotype_distributions, genotype_numbers
from antigone.core.joint import JointAnswer, JointPosterior, joint_posterior, joint_posteriors
from antigone.core.likelihood import (
    LocusSet,
    locus_set,
    log10_likelihood,
    log10_likelihoods,
)
from antigone.core.loci import LocusModel
from antigone.core.locus_distributions import LogLRHistograms, Rounding, log_lr_histogram, side_by_side, turing_sums
from antigone.core.lr_tables import (
    GenotypePair,
    Outcomes,
    OutcomeWeights,
    genotype_pair,
    log10_lr_table,
    outcome_weights,
    weighed_outcomes,
)
from antigone.core.matching_marginals import MatchingMarginals, log10_odds_of_one_more, matching_marginals
from antigone.core.pedigrees import FEMALE, MALE, UNKNOWN, Shape, ancestors_first, kinship, with_founders
from antigone.core.priors import flat_prior, log_prior_by_count
from antigone.core.relations import informative_relatives, kind_of_relatives, relations
from antigone.core.screening import LookupTables, Screened, exact_sums, lookup_tables, screen

__all__ = [
    "FEMALE",
    "MALE",
    "UNKNOWN",
    "AlikePairs",
    "Alleles",
    "ChanceHits",
    "FamilyOptions",
    "FrequenciesRefused",
    "GenotypePair",
    "JointAnswer",
    "JointPosterior",
    "LocusModel",
    "LocusSet",
    "LogLRHistograms",
    "LookupTables",
    "MatchingMarginals",
    "OutcomeWeights",
    "Outcomes",
    "Rounding",
    "Screened",
    "Shape",
    "TailBounds",
    "Tails",
    "TooComplex",
    "alike_log10_lr",
    "alike_pairs",
    "ancestors_first",
    "apply_policy",
    "exact_sums",
    "expected_chance_hits",
    "flat_prior",
    "genotype_distribution",
    "genotype_distributions",
    "genotype_numbers",
    "genotype_pair",
    "informative_relatives",
    "joint_posterior",
    "joint_posteriors",
    "kind_of_relatives",
    "kinship",
    "locus_set",
    "log10_likelihood",
    "log10_likelihoods",
    "log10_lr_table",
    "log10_odds_of_one_more",
    "log_lr_histogram",
    "log_prior_by_count",
    "lookup_tables",
    "matching_marginals",
    "mutation",
    "outcome_weights",
    "relations",
    "sampled_tails",
    "screen",
    "side_by_side",
    "tail_bounds",
    "tails",
    "tails_of_others",
    "turing_sums",
    "weighed_outcomes",
    "with_founders",
]
