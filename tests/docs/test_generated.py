"""Parts of the manual that the program itself can say: columns, settings, help of each command."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from antigone.cli import _COMMANDS, _antigone
from antigone.identify import solve
from antigone.intake import columns_markdown, example_settings, read_case
from antigone.render import permissions_markdown
from antigone.render.words import reasons

DOCS = Path(__file__).resolve().parents[2] / "docs"
WIDTH = 100


def help_of(name: str) -> str:
    """What `antigone NAME --help` prints on a terminal of this width; of a group, of each of its commands too."""
    with click.Context(_antigone, info_name="antigone", terminal_width=WIDTH) as above:
        command = _antigone.get_command(above, name)
        assert command is not None
        return "\n\n".join(_helps(command, above, name))


def _helps(command: click.Command, above: click.Context, name: str) -> Iterator[str]:
    settings = {"help_option_names": ["-h", "--help"], "terminal_width": WIDTH, "max_content_width": WIDTH}
    with click.Context(command, above, name, **settings) as context:
        yield command.get_help(context)
        if isinstance(command, click.Group):
            for part in command.list_commands(context):
                under = command.get_command(context, part)
                assert under is not None
                yield from _helps(under, context, part)


def fenced(text: str, language: str) -> str:
    return f"\n```{language}\n{text.rstrip()}\n```\n\n"


PARTS = {
    ("case-folder.md", "columns: as the program declares them; a test holds them equal", "columns: end"): (
        "\n" + columns_markdown().replace("### a frequency", "### A frequency") + "\n"
    ),
    ("case-folder.md", "settings: as the program writes them; a test holds them equal", "settings: end"): fenced(
        example_settings(), "toml"
    ),
    ("methods.md", "reasons: as the program writes them; a test holds them equal", "reasons: end"): (
        "\n" + "".join(f"- {words}.\n" for words in reasons().values()) + "\n"
    ),
    ("register.md", "permissions: as the program has them; a test holds them equal", "permissions: end"): (
        "\n" + permissions_markdown() + "\n"
    ),
    **{("commands.md", f"help {name}", "help: end"): fenced(help_of(name), "text") for name in _COMMANDS},
}
"""(page, mark before, mark after) -> what stands between them."""


def between(page: str, first: str, last: str) -> re.Match[str]:
    text = (DOCS / page).read_text("utf-8")
    found = re.search(rf"<!-- {re.escape(first)} -->\n(.*?)<!-- {re.escape(last)} -->", text, re.DOTALL)
    assert found, f"{page} has lost its marks {first!r}"
    return found


@pytest.mark.parametrize("marks", PARTS, ids=lambda marks: f"{marks[0]}-{marks[1][:12]}")
def test_the_manual_says_what_the_program_says(marks: tuple[str, str, str]) -> None:
    """To write it anew: python -m tests.docs.test_generated."""
    assert between(*marks).group(1) == PARTS[marks]


def test_examples_of_the_manual_exist() -> None:
    text = (DOCS / "commands.md").read_text("utf-8") + (DOCS / "case-folder.md").read_text("utf-8")
    named = set(re.findall(r"\bexamples/[\w.-]+", text))
    assert named
    assert all((DOCS.parent / path).exists() for path in named)


def test_the_small_case_of_the_manual_can_be_read(tmp_path: Path) -> None:
    page = (DOCS / "case-folder.md").read_text("utf-8")
    persons, profiles = re.findall(r"```\n(family,.*?)```", page, re.DOTALL)
    (tmp_path / "persons.csv").write_text(persons, "utf-8")
    (tmp_path / "profiles.csv").write_text(profiles, "utf-8")
    own_matrix = re.findall(r"```toml\n(\[mutation_by_locus.*?)```", page, re.DOTALL)[0]
    settings = example_settings().replace('["Norway", "Africa"]', '["own.csv"]') + own_matrix
    (tmp_path / "settings.toml").write_text(settings, "utf-8")
    rows = [f"TH01,{a},{p}" for a, p in (("6", 0.3), ("7", 0.3), ("9.3", 0.4))]
    rows += [f"FGA,{a},0.25" for a in (20, 21, 22, 23)]
    (tmp_path / "own.csv").write_text("\n".join(["locus,allele,frequency", *rows]) + "\n", "utf-8")
    finding = solve(read_case(tmp_path))
    assert [c.status.value for c in finding.conclusions] == ["possible"]


def write_anew() -> None:
    for (page, first, last), text in PARTS.items():
        found = between(page, first, last)
        whole = found.string[: found.start(1)] + text + found.string[found.end(1) :]
        (DOCS / page).write_text(whole, "utf-8")


if __name__ == "__main__":
    sys.exit(write_anew())
