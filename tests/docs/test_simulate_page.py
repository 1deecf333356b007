"""The page on synthetic wars says what the room declares."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from antigone.domain import CONTAINERS, CONTENTS, HANDOVERS
from antigone.intake import read_value
from antigone.simulate import TRUTH_TABLES, Rates, Scenario, scenario_findings, shipped_scenarios
from antigone.simulate.scenario import DEFAULT_RELATIVES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "simulate.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| `")]


def rows_of_width(width: int) -> list[list[str]]:
    return [row for row in ROWS if len(row) == width]


def test_rates_and_their_defaults() -> None:
    shown = {row[0].strip("`"): float(row[1]) for row in rows_of_width(3) if row[0].strip("`") not in kinds()}
    assert shown == {f.name: f.default for f in fields(Rates)}


def kinds() -> dict[str, float]:
    return {entry.kind: entry.share for entry in DEFAULT_RELATIVES}


def test_default_mix() -> None:
    assert {row[0].strip("`"): float(row[1]) for row in rows_of_width(3) if row[0].strip("`") in kinds()} == kinds()


def test_tables_and_their_columns() -> None:
    shown = [(row[0].strip("`"), re.findall(r"`(\w+)`", row[1])) for row in rows_of_width(2)]
    declared = [("handovers", HANDOVERS), ("containers", CONTAINERS), ("contents", CONTENTS), *TRUTH_TABLES.items()]
    assert shown == [(name, [column.name for column in columns]) for name, columns in declared]


def test_sizes_of_the_shipped_scenarios() -> None:
    shown = {row[0].strip("`"): (row[1], row[2]) for row in rows_of_width(4)}
    for name, path in shipped_scenarios().items():
        scenario = read_value(Scenario, path, scenario_findings)
        remains = sum(handover.remains for handover in scenario.received)
        assert shown[name] == (f"{remains:,}", f"{scenario.families:,}")


def test_the_example_is_a_scenario(tmp_path: Path) -> None:
    example = PAGE.split("```toml\n", 1)[1].split("```", 1)[0]
    (tmp_path / "my-war.toml").write_text(example, "utf-8")
    assert read_value(Scenario, tmp_path / "my-war.toml", scenario_findings).families == 500
