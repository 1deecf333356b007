"""`antigone solve CASE`: who the remains of a case are, how sure, and why."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import click

from antigone.cli.refusals import within_reach
from antigone.domain import Case, InputRefused, Mode, Place, Policy, Prior, Problem
from antigone.identify import solve
from antigone.intake import read_case, to_json
from antigone.render import case_html, case_text

__all__ = ["command"]

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("solve")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--html", type=_FILE, help="Write the page to this file.")
@click.option("--json", "json_file", type=_FILE, help="Write the finding as codes and numbers to this file.")
@click.option("--brief", is_flag=True, help="Print the conclusions alone.")
@click.option(
    "--missing-total", type=click.IntRange(1), help="M: ALL missing who could lie here. Turns a .fam to casework."
)
@click.option(
    "--outside", type=click.FloatRange(0, 1, max_open=True), help="q: probability of remains of nobody counted in M."
)
@click.option("--reason", default="", help="Why M and q are what they are; needed for q = 0.")
@click.option("--answers", type=click.IntRange(1, 1000), default=10, show_default=True, help="Joint answers shown.")
def command(
    case: Path,
    html: Path | None,
    json_file: Path | None,
    brief: bool,
    missing_total: int | None,
    outside: float | None,
    reason: str,
    answers: int,
) -> None:
    """Who the remains in CASE are: a case folder, or a Familias .fam file with a [DVI] section.

    A .fam file names no prior, so it is solved by the peers' rules (concordance), unless
    --missing-total and --outside are given: then by ours (casework).
    """
    question = read_case(case)
    if missing_total is not None or outside is not None:
        question = _as_casework(question, missing_total, outside, reason)
    click.echo("Comparing every remains with every missing person", err=True)
    with within_reach(question.name):
        finding = solve(question, answers)
    click.echo(case_text(question, finding, shutil.get_terminal_size((110, 24)).columns, brief), nl=False)
    if html:
        html.write_text(case_html(question, finding), encoding="utf-8")
    if json_file:
        json_file.write_text(to_json(finding) + "\n", encoding="utf-8")


def _as_casework(case: Case, missing_total: int | None, outside: float | None, reason: str) -> Case:
    """The case under our rules; a case that already is keeps all its settings but the prior."""
    problems = []
    for option, value in (("--missing-total", missing_total), ("--outside", outside)):
        if value is None:
            needed = "both --missing-total and --outside"
            problems.append(Problem("no-prior", Place(item=option), "no value", needed))
    if outside == 0.0 and not reason.strip():
        problems.append(Problem("no-reason", Place(item="--outside"), "0 without a reason", "--reason TEXT"))
    if problems or missing_total is None or outside is None:
        raise InputRefused(problems)
    prior = Prior(missing_total, outside, reason)
    if case.policy.mode is Mode.CASEWORK:
        return replace(case, policy=replace(case.policy, prior=prior))
    ours = Policy()
    policy = replace(
        case.policy,
        mode=Mode.CASEWORK,
        theta=case.policy.theta or ours.theta,
        dropout=ours.dropout,
        frequency=ours.frequency,
        prior=prior,
    )
    return replace(case, policy=policy)
