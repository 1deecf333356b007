"""`antigone account`: what it prints, what it writes, how it refuses."""

import json
from pathlib import Path

from tests.command_line import antigone, assert_refused
from tests.statements.facts_files import HEAD, dead, statement


def test_it_prints_the_account_and_writes_picture_page_and_values(istanbul: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("flow.svg", "account.html", "account.json")]
    written = ("--svg", str(files[0]), "--html", str(files[1]), "--json", str(files[2]))
    answer = antigone("account", str(istanbul), *written)
    assert answer.exit_code == 0, answer.errors
    assert "FROM RUSSIA TO UKRAINE" in answer.output
    assert files[0].read_text(encoding="utf-8").startswith("<svg")
    assert "<html lang=" in files[1].read_text(encoding="utf-8")
    values = json.loads(files[2].read_text(encoding="utf-8"))
    assert {promise["outcome"] for promise in values["promises"]} >= {"refused", "pending", "carried-out"}


def test_a_day_leaves_out_what_was_published_later(istanbul: Path) -> None:
    told = antigone("account", str(istanbul), "--as-of", "2025-06-30").output
    assert "27 June 2025" in told
    assert "July 2025" not in told


def test_bad_facts_are_refused_with_every_place_and_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "facts.toml"
    path.write_text(HEAD + statement("s1", act='"gives"') + dead("s2", 9, 3, "2020-02-30"), encoding="utf-8")
    assert_refused(antigone("account", str(path)), "facts.toml", "s1", "gives", "s2", "2020-02-30")
