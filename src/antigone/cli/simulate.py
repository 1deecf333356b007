"""`antigone simulate SCENARIO OUT`: a synthetic war, what an analyst sees and the truth kept apart."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from antigone import __version__
from antigone.domain import FrequencyTable, InputRefused
from antigone.intake import (
    new_folder,
    read_table,
    read_value,
    table_digest,
    to_plain,
    write_case_columns,
    write_columns,
)
from antigone.render import scenarios_text, war_text
from antigone.simulate import TRUTH_FORMAT, Scenario, War, scenario_findings, shipped_scenarios, simulate

__all__ = ["command"]


@click.command("simulate")
@click.argument("scenario", required=False)
@click.argument("out", required=False, type=click.Path(path_type=Path))
@click.option("--seed", type=click.IntRange(0), help="Another seed than the scenario's.")
@click.option("--list", "listed", is_flag=True, help="Name the scenarios that are shipped, and stop.")
def command(scenario: str | None, out: Path | None, seed: int | None, listed: bool) -> None:
    """A synthetic war with known truth.

    SCENARIO is one of those shipped (--list) or a .toml file. OUT/case is what an analyst sees, a case
    folder; OUT/truth is what really happened.
    """
    if listed:
        click.echo(scenarios_text(_abouts()), nl=False)
        return
    if scenario is None or out is None:
        raise click.UsageError("SCENARIO and OUT are needed, or --list.")
    path = shipped_scenarios().get(scenario, Path(scenario))
    chosen = read_value(Scenario, path, lambda value: _findings(value, path.parent))
    chosen = chosen if seed is None else replace(chosen, seed=seed)
    folder = new_folder(out)
    tables = {name: read_table(name, path.parent) for name in chosen.populations}
    click.echo(f"Simulating {chosen.name}", err=True)
    war = simulate(chosen, tables)
    names = tuple(_found_from_elsewhere(name, path.parent) for name in chosen.tables)
    write_case_columns(war.case, war.policy, names, chosen.name, folder / "case")
    write_columns(war.truth, folder / "truth")
    (folder / "truth" / "truth.json").write_text(_truth(war, tables), encoding="utf-8")
    click.echo(war_text(chosen.name, chosen.seed, _counts(war)), nl=False)


def _abouts() -> dict[str, str]:
    texts = {name: path.read_text("utf-8") for name, path in shipped_scenarios().items()}
    return {name: tomllib.loads(text)["about"] for name, text in texts.items()}


def _findings(scenario: Scenario, folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """What the scenario itself is refused for, and tables that cannot be read."""
    yield from scenario_findings(scenario)
    named = [(f"parties.{i}.population", side.population) for i, side in enumerate(scenario.parties)]
    named += [(f"parties.{i}.second_population", side.second_population) for i, side in enumerate(scenario.parties)]
    named += [("analysis.tables", name) for name in scenario.analysis.tables]
    for key, name in named:
        try:
            if name:
                read_table(name, folder)
        except InputRefused as refused:
            for problem in refused.problems:
                yield problem.code, key, problem.found, problem.needed


def _found_from_elsewhere(name: str, folder: Path) -> str:
    """A table's name; its whole path where it is a file, since the case folder lies somewhere else."""
    return str((folder / name).resolve()) if name.lower().endswith((".csv", ".parquet")) else name


def _truth(war: War, tables: dict[str, FrequencyTable]) -> str:
    plain = {
        "format": TRUTH_FORMAT,
        "software": f"antigone {__version__}",
        "tables": {name: table_digest(table) for name, table in tables.items()},
        "scenario": to_plain(war.scenario),
    }
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def _counts(war: War) -> dict[str, int]:
    case, truth = war.case, war.truth
    return {
        "handovers": len(case["handovers"]),
        "containers": len(case["containers"]),
        "remains": len(truth["remains"]),
        "families": len(truth["families"]),
        "missing": len(truth["missing"]),
        "samples": len(truth["remains"]) + len(truth["relatives"]),
        "rows": len(case["profiles"]),
    }
