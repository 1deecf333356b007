"""Scenarios: those shipped, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from antigone.domain import FrequencyTable, LocusFrequencies, Problem
from antigone.intake import read_value
from antigone.simulate import Scenario, scenario_findings, shipped_scenarios, simulate
from antigone.simulate.scenario import ASSUMPTION
from tests.refusals import problems_of
from tests.simulate.wars import WAR, table

DEMO = shipped_scenarios()["demo"].read_text("utf-8")


def refused(tmp_path: Path, text: str) -> list[Problem]:
    path = tmp_path / "war.toml"
    path.write_text(text, "utf-8")
    return list(problems_of(read_value, Scenario, path, scenario_findings))


@pytest.mark.parametrize("name", shipped_scenarios())
def test_shipped_scenarios_are_sound_and_say_where_figures_are_from(name: str) -> None:
    scenario = read_value(Scenario, shipped_scenarios()[name], scenario_findings)
    assert scenario.name == name
    assert all(entry.source for entry in scenario.relatives)
    for handover in scenario.handovers:
        assert (handover.source == ASSUMPTION) == (name != "istanbul-2025")


def test_default_mix() -> None:
    by_group: dict[str, float] = {}
    from antigone.simulate.kinds import KINDS

    for entry in WAR.relatives:
        group = KINDS[entry.kind].group
        by_group[group] = round(by_group.get(group, 0.0) + entry.share, 9)
    assert by_group == {
        "lone-parent": 0.35, "both-parents": 0.15, "full-siblings": 0.15, "child": 0.15, "distant": 0.12, "none": 0.08,
    }  # fmt: skip


def test_everything_wrong_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = DEMO.replace("families = 90", "families = 0").replace("brothers = 0.05", "brother = 0.05")
    text = text.replace("other_side = 0.06", "other_side = 1.5").replace("wrong_tag = 0.05", 'wrong_tag = "often"')
    found = {(p.code, p.place.item): p for p in refused(tmp_path, text)}
    assert set(found) == {
        ("count", "families"), ("unknown-key", "rates.brother"), ("probability", "rates.other_side"),
        ("wrong-value", "rates.wrong_tag"),
    }  # fmt: skip
    assert found["unknown-key", "rates.brother"].needed == "brothers"
    for problem in found.values():
        key = problem.place.item.split(".")[-1]
        assert problem.place.row is not None
        assert text.split("\n")[problem.place.row - 1].startswith(key)


SHARES = """
[[relatives]]
kind = "mother"
share = 0.5
source = "our assumption"
[[relatives]]
kind = "mothr"
share = 0.4
source = ""
"""

WRONG: dict[str, tuple[str, str, set[tuple[str, str]]]] = {
    "format": ("antigone-scenario/1", "antigone-scenario/9", {("format", "format")}),
    "receiving": ('receiving = "A"', 'receiving = "C"', {("unknown-party", "receiving"), ("wrong-value", "handovers")}),
    "date": ("2025-08-19", "19.8.2025", {("bad-date", "handovers.3.date")}),
    "handover": ("remains = 16", "remains = 0", {("count", "handovers.3.remains")}),
    "name": ('name = "H4"', 'name = "H3"', {("name-twice", "handovers.3.name")}),
    "seed": ("seed = 2025", "seed = -1", {("count", "seed")}),
    "source": ("[rates]", '[sources]\nbrother = "x"\n[rates]', {("unknown-key", "sources.brother")}),
    "shares": (
        "[rates]", SHARES + "[rates]",
        {("wrong-value", "relatives.1.kind"), ("no-source", "relatives.1.source"), ("shares-sum", "relatives")},
    ),
    "kit": (
        "[rates]", '[[laboratories]]\nname = "L"\nkit = "Globalfiler"\nshare = 1.0\n[rates]',
        {("unknown-kit", "laboratories.0.kit")},
    ),
    "quality": (
        "[rates]", '[[qualities]]\nname = "q"\nshare = 1.0\nfailed = 0.1\ndropout = 2.0\n[rates]',
        {("probability", "qualities.0.dropout")},
    ),
    "mutation": ("[rates]", '[mutation]\nkind = "stepwize"\n[rates]', {("wrong-value", "mutation.kind")}),
    "rate": ("[rates]", "[mutation]\nrate_male = 0.7\n[rates]", {("probability", "mutation.rate_male")}),
    "theta": ("[rates]", "[analysis]\ntheta = -0.1\n[rates]", {("probability", "analysis.theta")}),
    "population": ('second_population = "Africa"', "", {("wrong-value", "rates.second_population")}),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_refused(tmp_path: Path, case: str) -> None:
    before, after, needed = WRONG[case]
    assert before in DEMO
    problems = refused(tmp_path, DEMO.replace(before, after, 1))
    assert {(p.code, p.place.item) for p in problems} == needed
    assert all(p.place.row for p in problems)


def test_a_table_without_a_locus_is_refused_before_anything_is_drawn() -> None:
    thin = FrequencyTable("Norway", "", {k: v for k, v in table("Norway").loci.items() if k != "SE33"})
    found = problems_of(simulate, WAR, {"Norway": thin, "Africa": table("Africa")})
    assert [(p.code, p.place.item) for p in found] == [("locus-not-in-table", "SE33")]


def test_stepwise_needs_repeat_numbers() -> None:
    named = {**table("Norway").loci, "TH01": LocusFrequencies({"6": 0.5, "long": 0.5})}
    found = problems_of(simulate, WAR, {"Norway": FrequencyTable("Norway", "", named), "Africa": table("Africa")})
    assert [(p.code, p.place.item) for p in found] == [("mutation-impossible", "TH01")]
