"""`antigone account PATH`: what was promised, what came, what is open."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from antigone.account import draw_up
from antigone.intake import to_json
from antigone.render import account_html, account_svg, account_text
from antigone.statements import exclusions, known_by, read_facts, side_by_side

__all__ = ["account", "command"]

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Leave out documents published later.")
@click.option("--all", "everything", is_flag=True, help="Print every figure, too.")
@click.option("--svg", type=_FILE, help="Write the picture to this file.")
@click.option("--html", type=_FILE, help="Write the page to this file.")
@click.option("--json", "json_file", type=_FILE, help="Write the account as codes and values to this file.")
def account(
    path: Path,
    as_of: datetime | None,
    everything: bool,
    svg: Path | None,
    html: Path | None,
    json_file: Path | None,
) -> None:
    """What the statements in PATH (a facts file, or a folder of them) say was promised, came, and is open."""
    facts = read_facts(path)
    if as_of is not None:
        facts = known_by(facts, as_of.date())
    found = draw_up(facts, exclusions(facts))
    figures = side_by_side(facts)
    click.echo(account_text(facts, found, figures if everything else ()), nl=False)
    if svg:
        svg.write_text(account_svg(facts, found), encoding="utf-8")
    if html:
        html.write_text(account_html(facts, found, figures), encoding="utf-8")
    if json_file:
        json_file.write_text(to_json(found) + "\n", encoding="utf-8")


command = account
