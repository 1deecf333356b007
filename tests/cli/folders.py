"""A small sound case as a folder: two families, two remains that are theirs, one that is nobody's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from antigone.domain import Policy, Prior
from antigone.intake import write_folder
from tests.identify.cases import M, Q, case, family, table


def small_case(folder: Path) -> Path:
    """Two brothers are missing in B; the remains S fit both."""
    families = (
        family("A", {"father": "8,9", "mother": "10,11"}),
        family("B", {"father": "12,13", "mother": "14,15"}, sons=("one", "two")),
    )
    given = case(families, {"R": "8,10", "S": "12,14", "T": "20,21"}, Policy(prior=Prior(M, Q)), [table("Made up")])
    write_folder(replace(given, name="Small case"), folder)
    return folder
