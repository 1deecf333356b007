"""`antigone score RUN TRUTH`: a screening of a synthetic war against what really happened."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import polars as pl

from antigone.domain import FLOOR, InputRefused, Place, Prior, Problem, Score
from antigone.intake import SCREENING_FORMAT, to_json
from antigone.render import score_html, score_text
from antigone.simulate import FURTHER_COLUMNS, FURTHER_TABLES, RUN_TABLES, TRUTH_TABLES, ScreenedRun, score

__all__ = ["command"]

SCORED_TRUTH = ("missing", "families", "remains", "relatives", "paternity", "mutations", "typing_errors")
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("score")
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("truth", type=click.Path(path_type=Path))
@click.option("--html", type=_FILE, help="Write the page to this file.")
@click.option("--json", "json_file", type=_FILE, help="Write the score as codes and numbers to this file.")
def command(run: Path, truth: Path, html: Path | None, json_file: Path | None) -> None:
    """How well a screening did: what was found, missed and named wrongly, and whether its figures hold.

    RUN is the run folder of a screening of OUT/case, TRUTH the folder OUT/truth that `antigone simulate` wrote.
    """
    scored = _scored(_Files(run), _Files(truth))
    click.echo(score_text(scored, shutil.get_terminal_size((110, 24)).columns), nl=False)
    if html:
        html.write_text(score_html(scored), encoding="utf-8")
    if json_file:
        json_file.write_text(to_json(scored) + "\n", encoding="utf-8")


def _scored(run: _Files, truth: _Files) -> Score:
    settings, war = run.plain("screening.json"), truth.plain("truth.json")
    tables = {name: run.table(name, columns, FURTHER_COLUMNS.get(name, ())) for name, columns in RUN_TABLES.items()}
    for name, columns in FURTHER_TABLES.items():
        if run.has(name):
            tables[name] = run.table(name, columns)
    happened = {name: truth.table(name, [c.name for c in TRUTH_TABLES[name]], text=True) for name in SCORED_TRUTH}
    prior = _prior(settings, run)
    problems = [*run.problems, *truth.problems]
    if problems or prior is None:
        raise InputRefused(problems)
    floor = prior.log10_lr_reaching(float(settings.get("floor", FLOOR)))
    screened = ScreenedRun(str(settings.get("case", run.folder.name)), prior, floor, tables)
    scenario = war.get("scenario", {})
    name = f"{scenario.get('name', truth.folder.name)}, seed {scenario['seed']}" if "seed" in scenario else ""
    try:
        return score(screened, happened, name, {**run.digests, **truth.digests})
    except ValueError as error:
        place = Place("screening.json", item="prior")
        raise InputRefused([Problem("prior-impossible", place, str(error), "M and q that allow it")]) from error


def _prior(settings: Mapping[str, Any], run: _Files) -> Prior | None:
    if settings and settings.get("format") != SCREENING_FORMAT:
        run.refuse("format", "screening.json", str(settings.get("format", "nothing")), SCREENING_FORMAT)
    stated = (settings.get("policy") or {}).get("prior") or {}
    try:
        return Prior(int(stated["missing_total"]), float(stated["outside"]))
    except (KeyError, TypeError, ValueError):
        if settings:
            run.refuse("missing-key", "screening.json", "nothing", "policy.prior with missing_total and outside")
        return None


class _Files:
    """A folder whose files are read; what is wrong with them is gathered, and so are their digests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.digests: dict[str, str] = {}

    def refuse(self, code: str, file: str, found: str, needed: str, column: str = "") -> None:
        self.problems.append(Problem(code, Place(f"{self.folder.name}/{file}", column=column), found, needed))

    def has(self, stem: str) -> bool:
        return any((self.folder / f"{stem}.{kind}").is_file() for kind in ("parquet", "csv"))

    def plain(self, file: str) -> Mapping[str, Any]:
        """The object a JSON file holds; empty where it cannot be read."""
        try:
            value = json.loads(self._bytes(file) or "{}")
        except ValueError as error:
            self.refuse("bad-json", file, str(error), "JSON")
            return {}
        return value if isinstance(value, dict) else {}

    def table(self, stem: str, columns: Sequence[str], further: Sequence[str] = (), text: bool = False) -> pl.DataFrame:
        """These columns of a table, and those `further` ones it has, words as text; `text`: every column.

        Empty where it cannot be read.
        """
        kind = "csv" if (self.folder / f"{stem}.csv").is_file() else "parquet"
        content = self._bytes(f"{stem}.{kind}")
        if content is None:
            return pl.DataFrame()
        try:
            frame = _frame(content, kind)
        except (pl.exceptions.PolarsError, OSError):
            self.refuse("broken-parquet", f"{stem}.{kind}", "not a readable table", "a whole file")
            return pl.DataFrame()
        absent = [name for name in columns if name not in frame.columns]
        for name in absent:
            self.refuse("missing-column", f"{stem}.{kind}", ", ".join(frame.columns[:12]), name, column=name)
        if absent:
            return pl.DataFrame()
        names = pl.selectors.all() if text else pl.selectors.by_dtype(pl.Enum, pl.Categorical)
        kept = [*columns, *(name for name in further if name in frame.columns)]
        return frame.select(kept).with_columns(names.cast(pl.String))

    def _bytes(self, file: str) -> bytes | None:
        path = self.folder / file
        if not path.is_file():
            self.refuse("missing-file", file, "nothing of this name", f"a file named {file}")
            return None
        content = path.read_bytes()
        self.digests[f"{self.folder.name}/{file}"] = hashlib.sha256(content).hexdigest()
        return content


def _frame(content: bytes, kind: str) -> pl.DataFrame:
    if kind == "csv":
        return pl.read_csv(io.BytesIO(content), infer_schema=False)
    return pl.read_parquet(io.BytesIO(content))
