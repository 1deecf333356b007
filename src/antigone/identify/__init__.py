"""Who these remains are: screening of one case, the joint event, and its conclusions."""

from antigone.core import TooComplex
from antigone.identify.blocks import plan_blocks
from antigone.identify.compare_block import BlockOfPairs, Found
from antigone.identify.event import joint_finding
from antigone.identify.kinship import kinship, question_of_pair
from antigone.identify.likelihoods import (
    family_log10_likelihood,
    pairwise_log10_lr,
    remains_log10_likelihood,
    set_log10_likelihood,
    set_log10_lr,
)
from antigone.identify.provenance import digest_of, software_version
from antigone.identify.ready_tables import ReadyTables
from antigone.identify.runners import in_this_process, on_cluster
from antigone.identify.screening import (
    QUERIES_PER_BLOCK,
    TARGETS_PER_BLOCK,
    Answer,
    Screening,
    run_block,
    screen_columns,
)
from antigone.identify.screening_results import OF_BLOCKS, results
from antigone.identify.screening_summary import screening_summary
from antigone.identify.solve import solve

__all__ = [
    "OF_BLOCKS",
    "QUERIES_PER_BLOCK",
    "TARGETS_PER_BLOCK",
    "Answer",
    "BlockOfPairs",
    "Found",
    "ReadyTables",
    "Screening",
    "TooComplex",
    "digest_of",
    "family_log10_likelihood",
    "in_this_process",
    "joint_finding",
    "kinship",
    "on_cluster",
    "pairwise_log10_lr",
    "plan_blocks",
    "question_of_pair",
    "remains_log10_likelihood",
    "results",
    "run_block",
    "screen_columns",
    "screening_summary",
    "set_log10_likelihood",
    "set_log10_lr",
    "software_version",
    "solve",
]
