"""Synthetic wars with known truth: what an analyst would see, and what really happened, kept apart."""

from antigone.simulate.scenario import (
    Analysis,
    Handover,
    Laboratory,
    Mutation,
    Quality,
    Rates,
    RelativesShare,
    Scenario,
    Side,
)
from antigone.simulate.scenario_checks import scenario_findings
from antigone.simulate.score import score
from antigone.simulate.score_frames import FURTHER_COLUMNS, FURTHER_TABLES, RUN_TABLES, ScreenedRun
from antigone.simulate.shipped import shipped_scenarios
from antigone.simulate.truth_columns import TRUTH_FORMAT, TRUTH_TABLES
from antigone.simulate.war import War, simulate

__all__ = [
    "FURTHER_COLUMNS",
    "FURTHER_TABLES",
    "RUN_TABLES",
    "TRUTH_FORMAT",
    "TRUTH_TABLES",
    "Analysis",
    "Handover",
    "Laboratory",
    "Mutation",
    "Quality",
    "Rates",
    "RelativesShare",
    "Scenario",
    "ScreenedRun",
    "Side",
    "War",
    "scenario_findings",
    "score",
    "shipped_scenarios",
    "simulate",
]
