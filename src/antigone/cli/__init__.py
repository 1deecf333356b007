"""The command line: parse, call a room, render. Each command is imported when it is called."""

from __future__ import annotations

import importlib
import sys

import click

from antigone import __version__
from antigone.domain import InputRefused

__all__ = ["main"]

REFUSED = 2
"""Exit code when the input must be corrected; click uses the same for a wrong call."""

_COMMANDS: dict[str, str] = {
    "account": "What was promised, what came, what is open, and which figures exclude each other.",
    "export": "A register's ledger and rows as one file that anybody can check.",
    "kinship": "The likelihood ratio of one question of kinship.",
    "ledger": "Signed states of a register's ledger, cosigned by witnesses, and proofs as files.",
    "register": "Make a register, look after it, back it up, and do by command what its pages do.",
    "score": "How well a screening did where the truth is known: found, missed, named wrongly.",
    "screen": "Everybody against everybody: candidates, what lies below, what was compared.",
    "serve": "The pages of a register, for a browser on this machine.",
    "simulate": "A synthetic war with known truth, from a scenario.",
    "solve": "Who the remains of a case are, how sure, and why.",
    "verify": "Check an export without trusting who made it: every link, signature, count and figure.",
}
"""Command -> its line in `antigone --help`, kept here so that help imports no room."""


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="antigone", message="%(prog)s %(version)s")
def _antigone() -> None:
    """Names the war dead from their families' DNA, and accounts for every one handed over."""


def main(argv: list[str] | None = None) -> None:
    """Run one command and exit: 0, or 2 with everything found wrong with the input on standard error."""
    try:
        _antigone(argv)
    except InputRefused as refused:
        from antigone.render import refusal_text

        print(refusal_text(refused.problems), file=sys.stderr)
        sys.exit(REFUSED)
