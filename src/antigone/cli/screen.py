"""`antigone screen CASE OUT`: everybody against everybody."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import polars as pl

from antigone.domain import CoveragePlan, RecordedBlock, Stage
from antigone.identify import (
    OF_BLOCKS,
    QUERIES_PER_BLOCK,
    TARGETS_PER_BLOCK,
    Answer,
    Screening,
    in_this_process,
    on_cluster,
    plan_blocks,
    results,
    run_block,
)
from antigone.intake import RunFolder, read_case_columns, to_plain

__all__ = ["command"]


@click.command("screen")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--cluster", metavar="ADDRESS", help="Let the workers of this scheduler do the work (tcp://HOST:8786).")
@click.option(
    "--block", type=click.IntRange(1), help="Missing persons in a block; smaller ones lose less when stopped."
)
def command(case: Path, out: Path, cluster: str | None, block: int | None) -> None:
    """Every remains against every missing person, direct reference, sample and other remains of the folder CASE.

    OUT is the run folder: candidates, what lies below the floor, and the record of what was compared. The same
    command again goes on where it was stopped, and compares only what is new or has changed.
    """
    seconds: dict[str, float] = dict.fromkeys(Stage, 0.0)
    with _timed(seconds, Stage.READ):
        columns = read_case_columns(case)
    with RunFolder(out) as folder:
        with _timed(seconds, Stage.PREPARE):
            screening = Screening(columns.persons, columns.profiles, columns.tables, columns.policy)
            plans = _plans(screening, folder, block)
        standing = [recorded for plan in plans for recorded in plan.stand]
        standing += _run(screening, folder, plans, cluster, seconds)
        with _timed(seconds, Stage.WRITE):
            made = results(_tables(folder, standing), standing)
            folder.finish(made, {
                "case": columns.name,
                "floor": screening.circumstances.parameters["floor"],
                "policy": to_plain(columns.policy),
                "seconds": {str(stage): round(value, 3) for stage, value in seconds.items()},
            })  # fmt: skip
    click.echo(f"{len(made['candidates'])} candidates {dict(seconds)}")


def _plans(screening: Screening, folder: RunFolder, block: int | None) -> list[CoveragePlan]:
    recorded = folder.recorded()
    sizes = {comparison: min(block or size, size) for comparison, size in TARGETS_PER_BLOCK.items()}
    return [
        plan_blocks(
            comparison, targets, queries, screening.circumstances, recorded, sizes[comparison], QUERIES_PER_BLOCK,
            first=folder.about is None,
        )
        for comparison, (targets, queries) in screening.sides.items()
        if len(targets)
    ]  # fmt: skip


def _run(
    screening: Screening, folder: RunFolder, plans: list[CoveragePlan], cluster: str | None, seconds: dict[str, float]
) -> Iterator[RecordedBlock]:
    """Do the blocks that are to run, and keep each as soon as it is done."""
    blocks = [planned.block for plan in plans for planned in plan.run]
    work = (screening.work(block) for block in blocks)
    pairs = sum(block.pairs for block in blocks)
    answers: Iterator[tuple[int, Answer]]
    if cluster:
        answers = on_cluster(cluster, run_block, screening.search, work)
    else:
        answers = in_this_process(run_block, screening.search, work)
    done = 0
    for number, answer in answers:
        begin = time.perf_counter()
        tables = screening.tables(answer)
        yield folder.add(blocks[number], screening.circumstances, tables, answer.compared, answer.skipped)
        for stage, more in answer.seconds.items():
            seconds[stage] += more
        seconds[Stage.WRITE] += time.perf_counter() - begin
        done += blocks[number].pairs
        click.echo(f"{blocks[number].comparison}: {done:,} of {pairs:,} pairs compared", err=True)


def _tables(folder: RunFolder, standing: list[RecordedBlock]) -> dict[str, list[pl.DataFrame]]:
    return {name: [pl.read_parquet(path) for path in folder.tables(standing, name)] for name in OF_BLOCKS}


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    begin = time.perf_counter()
    yield
    seconds[stage] += time.perf_counter() - begin
