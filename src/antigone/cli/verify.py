"""`antigone verify EXPORT`: check everything that an export says, without the register that wrote it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from antigone.domain import InputRefused, Place, Problem

__all__ = ["command"]

DOES_NOT_HOLD = 1
"""Exit code where something in the file does not hold."""


@click.command("verify")
@click.argument("export", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", help="The log's public key, or a file with it, from another source than EXPORT.")
@click.option("--witness", "witnesses", multiple=True, metavar="KEY", help="Who must have cosigned; may be repeated.")
@click.option(
    "--earlier",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An export or checkpoint of the same log that you kept; may be repeated.",
)
@click.option("--findings", default="25", show_default=True, metavar="N|all", help="Findings to compute again.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the report here.")
def command(
    export: Path,
    key: str | None,
    witnesses: tuple[str, ...],
    earlier: tuple[Path, ...],
    findings: str,
    json_file: Path | None,
) -> None:
    """Check EXPORT: every link, signature, count and figure is derived again, findings are computed again.

    Ends with 0 where all that could be checked holds, 1 where something does not, 2 where the file cannot be read.
    """
    from antigone.intake import to_json
    from antigone.render import verify_text
    from antigone.verify import read_key, verify_export

    log = None if key is None else read_key(key)
    report = verify_export(export, log, [read_key(text) for text in witnesses], earlier, _count(findings))
    click.echo(verify_text(report), nl=False)
    if json_file:
        json_file.write_text(to_json(report) + "\n", encoding="utf-8")
    if not report.holds:
        sys.exit(DOES_NOT_HOLD)


def _count(text: str) -> int | None:
    if text == "all":
        return None
    if not re.fullmatch(r"\d{1,9}", text):
        raise InputRefused([Problem("not-a-count", Place(item="--findings"), text, "a whole number, or all")])
    return int(text)
