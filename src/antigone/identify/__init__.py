"""Who these remains are: screening of one case, the joint event, and its conclusions."""

from antigone.core import TooComplex
from antigone.identify.event import joint_finding
from antigone.identify.kinship import kinship, question_of_pair
from antigone.identify.likelihoods import (
    family_log10_likelihood,
    pairwise_log10_lr,
    remains_log10_likelihood,
    set_log10_likelihood,
    set_log10_lr,
)
from antigone.identify.solve import solve

__all__ = [
    "TooComplex",
    "family_log10_likelihood",
    "joint_finding",
    "kinship",
    "pairwise_log10_lr",
    "question_of_pair",
    "remains_log10_likelihood",
    "set_log10_likelihood",
    "set_log10_lr",
    "solve",
]
