"""settings.toml: read, written, and the places in it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.domain import (
    DropoutPolicy,
    FrequencyPolicy,
    InputRefused,
    Mode,
    MutationKind,
    MutationModel,
    Policy,
    Prior,
)
from antigone.intake import example_settings, read_case
from antigone.intake.codec import from_plain
from antigone.intake.settings import key_rows
from antigone.intake.settings_text import settings_text
from tests.intake.folders import SETTINGS, change, small_folder

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
    with pytest.raises(InputRefused) as refused:
        read_case(tmp_path)
    assert [(p.code, p.place.row) for p in refused.value.problems] == [("wrong-value", 4)]


def test_rows_of_quoted_sections() -> None:
    assert key_rows('[mutation_by_locus."Penta D"]\nkind = "none"')["mutation_by_locus.Penta D.kind"] == 2
