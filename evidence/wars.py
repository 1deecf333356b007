"""Synthetic wars for the checks: their folders, their columns, and their screening in memory."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from antigone.domain import MutationKind
from antigone.identify import screen_columns
from antigone.intake import CaseColumns, read_case_columns, read_table, write_case_columns
from antigone.simulate import Handover, Laboratory, Rates, Scenario, Side, War, simulate

FORMAT = "antigone-scenario/1"


def scenario(families: int, remains: int, seed: int, kit: str = "Fusion 6C", rates: Rates | None = None) -> Scenario:
    """One population that the analyst knows; the default mix of relatives."""
    sides = (Side("A", "Side A", "Norway"), Side("B", "Side B", "Norway"))
    plain = Scenario(
        FORMAT, f"war-{families}-{remains}-{seed}", seed, families, "A", sides,
        (Handover("H1", "2025-06", "B", "A", remains),), laboratories=(Laboratory("L1", kit, 1.0),),
        rates=rates or Rates(second_population=0.0),
    )  # fmt: skip
    return replace(plain, analysis=replace(plain.analysis, theta=0.0, minimum_frequency=0.0))


def make_war(wanted: Scenario) -> War:
    """The war of a scenario."""
    return simulate(wanted, {name: read_table(name) for name in wanted.populations})


@dataclass(frozen=True)
class Folder:
    """A case folder on disk for as long as it is open."""

    war: War
    place: TemporaryDirectory[str]

    @property
    def case(self) -> Path:
        return Path(self.place.name) / "case"

    def columns(self, kind: MutationKind | None = None, theta: float | None = None) -> CaseColumns:
        """The case by columns, under another mutation model or theta where one is given."""
        found = read_case_columns(self.case)
        policy = found.policy
        if kind is not None:
            policy = replace(policy, mutation=replace(policy.mutation, kind=kind))
        if theta is not None:
            policy = replace(policy, theta=theta)
        return replace(found, policy=policy)


def folder_of(war: War) -> AbstractContextManager[Folder]:
    """Write the case of a war to a temporary folder."""
    place = TemporaryDirectory(prefix="antigone-")
    write_case_columns(war.case, war.policy, war.scenario.tables, war.scenario.name, Path(place.name) / "case")
    return _Open(Folder(war, place))


class _Open(AbstractContextManager[Folder]):
    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    def __enter__(self) -> Folder:
        return self.folder

    def __exit__(self, *_: object) -> None:
        self.folder.place.cleanup()


def screened(columns: CaseColumns, floor: float = 1e-3) -> tuple[dict[str, pl.DataFrame], float]:
    """The tables of a screening, and the seconds it took."""
    begin = time.perf_counter()
    found = screen_columns(columns.persons, columns.profiles, columns.tables, columns.policy, floor)
    return found, time.perf_counter() - begin
