"""`antigone simulate`: folders written, repeated by seed, readable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from antigone.intake import columns_write, read_case
from antigone.simulate import shipped_scenarios
from tests.command_line import antigone, assert_refused
from tests.simulate.test_switches import TRACES


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wars") / "demo"
    answer = antigone("simulate", "demo", str(out))
    assert (answer.exit_code, answer.errors) == (0, "Simulating demo\n")
    assert "61 remains" in answer.output
    return out


def test_list_names_what_is_shipped() -> None:
    answer = antigone("simulate", "--list")
    assert answer.exit_code == 0
    assert [line.split()[0] for line in answer.output.splitlines()] == list(shipped_scenarios())


def test_the_case_reads_back(demo: Path) -> None:
    case = read_case(demo / "case")
    assert case.name == "demo"
    assert len(case.remains) == 61
    assert len(case.families) == 90
    assert [table.name for table in case.tables] == ["Norway", "Africa"]
    assert case.policy.prior is not None
    assert case.policy.prior.missing_total > sum(len(family.missing) for family in case.families)


def test_the_truth_says_how_it_was_made(demo: Path) -> None:
    truth = json.loads((demo / "truth" / "truth.json").read_text("utf-8"))
    assert truth["format"] == "antigone-truth/1"
    assert truth["scenario"]["seed"] == 2025
    assert truth["scenario"]["rates"]["prisoners"] == 0.05
    assert set(truth["tables"]) == {"Norway", "Africa"}


def test_every_fault_occurs_in_the_demo() -> None:
    from antigone.intake import read_value
    from antigone.simulate import Scenario, scenario_findings
    from tests.simulate.wars import war

    found = war(read_value(Scenario, shipped_scenarios()["demo"], scenario_findings))
    assert [rate for rate, trace in TRACES.items() if trace(found) == 0] == []
    assert not found.truth["mutations"].is_empty()


def test_a_seed_repeats_every_byte(demo: Path, tmp_path: Path) -> None:
    assert antigone("simulate", "demo", str(tmp_path / "again")).exit_code == 0
    assert antigone("simulate", "demo", str(tmp_path / "other"), "--seed", "1").exit_code == 0
    assert files(tmp_path / "again") == files(demo)
    other = files(tmp_path / "other")
    assert other["case/profiles.csv"] != files(demo)["case/profiles.csv"]
    assert json.loads(other["truth/truth.json"])["scenario"]["seed"] == 1


def test_long_tables_are_parquet_and_read_as_the_same_case(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns_write, "BULK_ROWS", 300)
    for name in ("one", "two"):
        assert antigone("simulate", "demo", str(tmp_path / name)).exit_code == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert {p.name for p in (tmp_path / "one" / "case").glob("*.parquet")} == {"persons.parquet", "profiles.parquet"}
    one, other = read_case(tmp_path / "one" / "case"), read_case(demo / "case")
    assert (one.families, one.remains) == (other.families, other.remains)


def test_nothing_is_overwritten(demo: Path) -> None:
    before = files(demo)
    assert_refused(antigone("simulate", "demo", str(demo)), "the folder is in use")
    assert files(demo) == before


@pytest.mark.parametrize("arguments", [(), ("demo",)])
def test_scenario_and_folder_are_needed(arguments: tuple[str, ...]) -> None:
    assert_refused(antigone("simulate", *arguments), "SCENARIO and OUT are needed, or --list.")


def test_an_unknown_scenario_and_an_unknown_table_are_told(tmp_path: Path) -> None:
    assert "there is no such file" in antigone("simulate", "demoo", str(tmp_path / "out")).errors
    text = shipped_scenarios()["demo"].read_text("utf-8").replace('population = "Norway"', 'population = "Norwy"', 1)
    (tmp_path / "war.toml").write_text(text, "utf-8")
    answer = antigone("simulate", str(tmp_path / "war.toml"), str(tmp_path / "out"))
    assert_refused(answer, "there is no table of this name. Found: Norwy. Needed: Norway")
    assert not (tmp_path / "out").exists()


def test_a_table_of_ones_own_is_found_from_the_case(tmp_path: Path) -> None:
    shipped = shipped_scenarios()["demo"].read_text("utf-8")
    norway = Path(columns_write.__file__).parent / "tables" / "norway.csv"
    own = norway.read_text("utf-8").replace("# name: Norway", "# name: Own")
    (tmp_path / "own.csv").write_text(own, "utf-8")
    (tmp_path / "war.toml").write_text(shipped.replace('"Norway"', '"own.csv"'), "utf-8")
    answer = antigone("simulate", str(tmp_path / "war.toml"), str(tmp_path / "out"))
    assert answer.exit_code == 0, answer.errors
    assert [table.name for table in read_case(tmp_path / "out" / "case").tables] == ["Own", "Africa"]
