"""`antigone export REGISTER`: one file that says everything about a register that its reader may know."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from antigone.cli.register import user_named
from antigone.domain import InputRefused, Place, Problem

if TYPE_CHECKING:
    from antigone.register.actor import Actor

__all__ = ["command"]


@click.command("export")
@click.argument("register", type=click.Path(file_okay=False, path_type=Path))
@click.option("--to", "path", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--by", required=True, metavar="USERNAME", help="Who exports; it stands in the ledger.")
@click.option("--recipient", metavar="PARTY", help="Code of the party it is for: the handovers that concern it.")
@click.option("--whole", is_flag=True, help="All that USERNAME may read; for an auditor or administrator, all.")
@click.option("--open-sealed", is_flag=True, help="With --whole: open the sealed parts that USERNAME may read.")
def command(register: Path, path: Path, by: str, recipient: str | None, whole: bool, open_sealed: bool) -> None:
    """Write an export of the folder REGISTER. Without --whole it holds what concerns one recipient, no more.

    The export is itself an entry of the ledger, and stands in the file. `antigone verify` checks it.
    """
    if path.exists():
        raise InputRefused([Problem("file-exists", Place(file=str(path)), "a file", "the name of a new file")])
    from antigone.register import open_register

    open_register(register)
    from antigone.actions import perform, verb
    from antigone.register.exporting import export_register
    from antigone.register.refusals import NotAllowed, NotHere, NotNow
    from antigone.render import refusal_sentence

    actor = user_named(by)
    code = verb("export")
    asked = code.command(
        recipient=None if recipient is None else _party(actor, recipient),
        scope="whole" if whole else "minimal",
        open_sealed=open_sealed,
    )
    try:
        written = export_register(path, actor, perform(actor, code, asked).record)
    except (NotAllowed, NotHere, NotNow) as refused:
        click.echo(refusal_sentence(refused), err=True)
        sys.exit(2)
    click.echo(f"{written.path}: {written.size:,} entries, root {written.root}")


def _party(actor: Actor, code: str) -> str:
    from antigone.register import doors

    parties = doors.parties.visible(actor)
    found = parties.filter(code=code).first()
    if found is None:
        known = ", ".join(parties.order_by("code").values_list("code", flat=True))
        raise InputRefused([Problem("unknown-party", Place(item="--recipient"), code, f"one of {known}")])
    return str(found.pk)
