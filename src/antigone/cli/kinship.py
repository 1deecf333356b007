"""`antigone kinship QUESTION`: the likelihood ratio of one question, locus by locus."""

from __future__ import annotations

from pathlib import Path

import click

from antigone.cli.refusals import within_reach
from antigone.domain import InputRefused, Place, Problem
from antigone.identify import kinship, question_of_pair
from antigone.intake import read_case, read_question, to_json
from antigone.render import kinship_text

__all__ = ["command"]


@click.command("kinship")
@click.argument("question", type=click.Path(path_type=Path))
@click.option("--reference", help="Hypothesis the others are set against (default: the last).")
@click.option("--remains", help="With a case: these remains ...")
@click.option("--family", help="... and this family's ...")
@click.option("--missing", help="... missing person.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the finding here.")
def command(
    question: Path,
    reference: str | None,
    remains: str | None,
    family: str | None,
    missing: str | None,
    json_file: Path | None,
) -> None:
    """The likelihood ratios of QUESTION: a Familias .fam file with two or more pedigrees, or a case
    with --remains, --family and --missing.
    """
    if remains is None and family is None and missing is None:
        asked = read_question(question)
    else:
        asked = question_of_pair(read_case(question), *_pair(remains, family, missing))
    with within_reach(asked.name):
        finding = kinship(asked, reference)
    click.echo(kinship_text(asked, finding), nl=False)
    if json_file:
        json_file.write_text(to_json(finding) + "\n", encoding="utf-8")


def _pair(remains: str | None, family: str | None, missing: str | None) -> tuple[str, str, str]:
    options = {"--remains": remains, "--family": family, "--missing": missing}
    absent = [name for name, value in options.items() if value is None]
    if absent or remains is None or family is None or missing is None:
        raise InputRefused(
            [Problem("option-missing", Place(item=name), "no value", " ".join(options)) for name in absent]
        )
    return remains, family, missing
