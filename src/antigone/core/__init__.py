"""Numbers only: frequencies, mutation, pedigrees, likelihoods, assignment. NumPy in, NumPy out."""

from antigone.core import mutation
from antigone.core.components import FamilyOptions
from antigone.core.frequencies import FrequenciesRefused, apply_policy
from antigone.core.joint import JointAnswer, JointPosterior, joint_posterior, joint_posteriors
from antigone.core.likelihood import (
    LocusSet,
    genotype_distribution,
    locus_set,
    log10_likelihood,
    log10_likelihoods,
)
from antigone.core.loci import LocusModel
from antigone.core.pedigrees import FEMALE, MALE, UNKNOWN, Shape, ancestors_first, kinship
from antigone.core.plans import TooComplex
from antigone.core.priors import flat_prior, log_prior_by_count

__all__ = [
    "FEMALE",
    "MALE",
    "UNKNOWN",
    "FamilyOptions",
    "FrequenciesRefused",
    "JointAnswer",
    "JointPosterior",
    "LocusModel",
    "LocusSet",
    "Shape",
    "TooComplex",
    "ancestors_first",
    "apply_policy",
    "flat_prior",
    "genotype_distribution",
    "joint_posterior",
    "joint_posteriors",
    "kinship",
    "locus_set",
    "log10_likelihood",
    "log10_likelihoods",
    "log_prior_by_count",
    "mutation",
]
