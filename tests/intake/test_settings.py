"""settings.toml: read, written, and the places in it."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.domain import (
    DropoutPolicy,
    FrequencyPolicy,
    Mode,
    MutationKind,
    MutationModel,
    Policy,
    Prior,
)
from antigone.intake import example_settings, read_case
from antigone.intake.codec import from_plain
from antigone.intake.settings import key_rows
from antigone.intake.settings_checks import model_findings, policy_findings
from antigone.intake.settings_text import settings_text
from tests.intake.folders import SETTINGS, change, small_folder
from tests.refusals import problems_of

SHARE = st.floats(0.0, 1.0)
MODELS = st.builds(
    MutationModel, st.sampled_from([MutationKind.EQUAL, MutationKind.STEPWISE, MutationKind.DAWID]),
    SHARE, SHARE, SHARE, SHARE, SHARE, SHARE,
)  # fmt: skip
POLICIES = st.builds(
    Policy,
    st.sampled_from(Mode),
    st.builds(FrequencyPolicy, st.sampled_from(["minimum", "rest", "refuse"]), st.none() | SHARE, SHARE),
    SHARE,
    MODELS,
    st.dictionaries(st.text(min_size=1, max_size=8).filter(str.strip), MODELS, max_size=3),
    st.builds(DropoutPolicy, SHARE, SHARE, SHARE),
    prior=st.none() | st.builds(Prior, st.integers(1, 10**7), SHARE, st.text(max_size=30)),
    loci_left_out=st.lists(st.text(max_size=5), max_size=2).map(tuple),
)


@given(POLICIES)
def test_any_policy_reads_back_as_itself(policy: Policy) -> None:
    plain = tomllib.loads(settings_text(policy, ("Norway",), "a name"))
    kept = {key: value for key, value in plain.items() if key not in ("format", "name", "tables")}
    assert from_plain(Policy, kept) == policy


def test_example_is_a_case_in_casework_mode(tmp_path: Path) -> None:
    small_folder(tmp_path)
    (tmp_path / "settings.toml").write_text(example_settings(), "utf-8")
    case = read_case(tmp_path)
    assert case.policy == Policy(prior=Prior(120, 0.05))
    assert [table.name for table in case.tables] == ["Norway", "Africa"]


def test_shortest_settings_mean_our_defaults(tmp_path: Path) -> None:
    assert read_case(small_folder(tmp_path)).policy == Policy(prior=Prior(120, 0.05))


def test_concordance_needs_no_prior(tmp_path: Path) -> None:
    small_folder(tmp_path)
    text = SETTINGS.split("\n[prior]")[0] + 'mode = "concordance"\n'
    (tmp_path / "settings.toml").write_text(text)
    assert read_case(tmp_path).policy.prior is None


def test_zero_outside_with_a_reason(tmp_path: Path) -> None:
    change(small_folder(tmp_path), "settings.toml", "outside = 0.05", 'outside = 0\nreason = "crew list"')
    assert read_case(tmp_path).policy.prior == Prior(120, 0.0, "crew list")


def test_loci_of_settings_in_any_spelling(tmp_path: Path) -> None:
    change(small_folder(tmp_path), "settings.toml", "theta = 0.01", 'theta = 0.01\nloci_left_out = ["VWA"]')
    text = (tmp_path / "settings.toml").read_text() + '[mutation_by_locus.PENTA_D]\nkind = "none"\n'
    (tmp_path / "settings.toml").write_text(text)
    policy = read_case(tmp_path).policy
    assert policy.loci_left_out == ("vWA",)
    assert policy.mutation_by_locus == {"Penta D": MutationModel()}


@pytest.mark.parametrize("wrong", ["theta = true", 'loci_left_out = "vWA"', "mutation = 3"])
def test_values_of_another_kind(tmp_path: Path, wrong: str) -> None:
    change(small_folder(tmp_path), "settings.toml", "theta = 0.01", wrong)
    assert [(p.code, p.place.row) for p in problems_of(read_case, tmp_path)] == [("wrong-value", 4)]


def _with_number(value: Any, path: tuple[str, ...], number: float) -> Any:
    """The frozen value with the number at the end of the path replaced."""
    inner = number if len(path) == 1 else _with_number(getattr(value, path[0]), path[1:], number)
    return replace(value, **{path[0]: inner})


def _number_paths(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for field in fields(value):
        inner = getattr(value, field.name)
        if is_dataclass(inner):
            yield from _number_paths(inner, (*path, field.name))
        elif isinstance(inner, float):
            yield (*path, field.name)


EXAMPLE = Policy(frequency=FrequencyPolicy(minimum=0.001), prior=Prior(120, 0.05))


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("path", list(_number_paths(EXAMPLE)), ids=".".join)
def test_every_number_must_be_finite(path: tuple[str, ...], number: float) -> None:
    findings = list(policy_findings(_with_number(EXAMPLE, path, number)))
    assert [(key, found) for _, key, found, _ in findings] == [(".".join(path), f"{number:g}")]


def test_the_paths_hold_the_numbers_of_every_section() -> None:
    assert list(policy_findings(EXAMPLE)) == []
    paths = set(_number_paths(EXAMPLE))
    assert {("theta",), ("prior", "outside"), ("frequency", "minimum"), ("thresholds", "match_log10_lr")} <= paths
    assert len(paths) >= 20


def test_a_matrix_with_a_number_that_is_none() -> None:
    rows = ((0.9, 0.1), (math.nan, 1.0))
    model = MutationModel(MutationKind.CUSTOM, alleles=("6", "7"), matrix_female=rows, matrix_male=rows)
    assert {code for code, *_ in model_findings(model, "mutation")} == {"matrix-not-stochastic"}


def test_rows_of_quoted_sections() -> None:
    assert key_rows('[mutation_by_locus."Penta D"]\nkind = "none"')["mutation_by_locus.Penta D.kind"] == 2


def test_a_matrix_over_several_lines_opens_no_section() -> None:
    text = "[mutation]\nmatrix_male = [\n[0.9, 0.1],\n[0.1, 0.9],\n]\nkind = 'custom'"
    assert key_rows(text) == {"mutation": 1, "mutation.matrix_male": 2, "mutation.kind": 6}
