"""`antigone screen CASE OUT`: everybody against everybody."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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
    screening_summary,
)
from antigone.intake import CaseColumns, RunFolder, read_case_columns, to_json, to_plain
from antigone.render import screening_html, screening_text

__all__ = ["command"]

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("screen")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--cluster", metavar="ADDRESS", help="Let the workers of this scheduler do the work (tcp://HOST:8786).")
@click.option(
    "--block", type=click.IntRange(1), help="Missing persons in a block; smaller ones lose less when stopped."
)
@click.option("--html", type=_FILE, help="Write the page to this file.")
@click.option("--json", "json_file", type=_FILE, help="Write the summary as codes and numbers to this file.")
@click.option("--brief", is_flag=True, help="Print what was done and what to do next alone.")
def command(
    case: Path,
    out: Path,
    cluster: str | None,
    block: int | None,
    html: Path | None,
    json_file: Path | None,
    brief: bool,
) -> None:
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
            folder.finish(made, _about(columns, screening, plans, standing, made, seconds))
    when = datetime.now(UTC).isoformat(timespec="seconds")
    summary = screening_summary(
        columns.name, when, columns.persons, columns.policy, columns.tables, screening, made, plans, standing, seconds
    )
    click.echo(screening_text(summary, shutil.get_terminal_size((110, 24)).columns, brief), nl=False)
    if html:
        html.write_text(screening_html(summary), encoding="utf-8")
    if json_file:
        json_file.write_text(to_json(summary) + "\n", encoding="utf-8")


def _about(
    columns: CaseColumns,
    screening: Screening,
    plans: list[CoveragePlan],
    standing: list[RecordedBlock],
    made: Mapping[str, pl.DataFrame],
    seconds: Mapping[str, float],
) -> dict[str, Any]:
    """How it was made, for screening.json."""
    said = screening.circumstances
    return {
        "case": columns.name,
        "software": said.software,
        **said.parameters,
        "floor_log10_lr": screening.search.floor,
        "pairs": _pairs(standing),
        "policy": to_plain(columns.policy),
        "digests": {"policy": said.policy_digest, "frequencies": said.table_digests, "files": columns.digests},
        "rows": {name: len(frame) for name, frame in made.items()},
        "blocks": {"kept": sum(len(plan.stand) for plan in plans), "run": sum(len(plan.run) for plan in plans)},
        "seconds": {str(stage): round(value, 3) for stage, value in seconds.items()},
    }


def _pairs(standing: list[RecordedBlock]) -> dict[str, int]:
    """Pairs compared, by comparison."""
    pairs: Counter[str] = Counter()
    for recorded in standing:
        pairs[recorded.covered.comparison] += recorded.covered.compared
    return dict(pairs)


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
