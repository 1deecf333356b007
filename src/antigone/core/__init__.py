"""Numbers only: frequencies, mutation, pedigrees, likelihoods, assignment. NumPy in, NumPy out."""

from antigone.core import frequencies, mutation
from antigone.core.joint import (
    FamilyOptions,
    JointAnswer,
    JointPosterior,
    flat_prior,
    joint_posterior,
    log_prior_by_count,
)
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

__all__ = [
    "FEMALE",
    "MALE",
    "UNKNOWN",
    "FamilyOptions",
    "JointAnswer",
    "JointPosterior",
    "LocusModel",
    "LocusSet",
    "Shape",
    "TooComplex",
    "ancestors_first",
    "flat_prior",
    "frequencies",
    "genotype_distribution",
    "joint_posterior",
    "kinship",
    "locus_set",
    "log10_likelihood",
    "log10_likelihoods",
    "log_prior_by_count",
    "mutation",
]
