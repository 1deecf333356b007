"""Who these remains are: screening of one case, the joint event, and its conclusions."""

from antigone.identify.event import joint_finding
from antigone.identify.likelihoods import (
    family_log10_likelihood,
    pairwise_log10_lr,
    remains_log10_likelihood,
    set_log10_likelihood,
    set_log10_lr,
)
from antigone.identify.solve import digest, solve

__all__ = [
    "digest",
    "family_log10_likelihood",
    "joint_finding",
    "pairwise_log10_lr",
    "remains_log10_likelihood",
    "set_log10_likelihood",
    "set_log10_lr",
    "solve",
]
