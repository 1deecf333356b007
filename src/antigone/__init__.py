"""Antigone names the war dead from their families' DNA and accounts for every one handed over.

The public names are listed in docs/api.md. Each is imported when it is first used, so that
`import antigone` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_ROOMS: dict[str, tuple[str, ...]] = {
    "antigone.domain": (
        "Answer",
        "Call",
        "Case",
        "CaseFinding",
        "Chromosome",
        "Conclusion",
        "DropoutPolicy",
        "Family",
        "FrequencyPolicy",
        "FrequencyTable",
        "InputRefused",
        "JointFinding",
        "KITS",
        "KinshipFinding",
        "KinshipQuestion",
        "LocusFrequencies",
        "Mode",
        "MutationKind",
        "MutationModel",
        "PairFinding",
        "PairPosterior",
        "Pedigree",
        "Person",
        "Place",
        "Policy",
        "Prior",
        "Problem",
        "Profile",
        "Provenance",
        "Remains",
        "Scope",
        "Sensitivity",
        "Sex",
        "SexPolicy",
        "Status",
        "Thresholds",
        "canonical_locus",
        "chromosome_of",
    ),
    "antigone.core": (
        "FamilyOptions",
        "JointAnswer",
        "JointPosterior",
        "LocusModel",
        "LocusSet",
        "Shape",
        "flat_prior",
        "genotype_distribution",
        "joint_posterior",
        "locus_set",
        "log10_likelihood",
        "log10_likelihoods",
        "log_prior_by_count",
    ),
    "antigone.identify": ("TooComplex", "kinship", "question_of_pair", "screen_columns", "solve"),
    "antigone.intake": (
        "CaseColumns",
        "example_settings",
        "read_case",
        "read_case_columns",
        "read_question",
        "read_table",
        "shipped_tables",
        "write_fam",
        "write_folder",
    ),
}
"""Package -> its public names."""

_HOMES = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
