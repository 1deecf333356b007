"""`antigone account`: what it prints, what it writes, how it refuses."""

import json
from pathlib import Path

import pytest

from antigone.cli import main
from tests.statements.facts_files import HEAD, dead, statement

ISTANBUL = str(Path(__file__).resolve().parents[2] / "examples" / "istanbul")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["account", *arguments])
    return int(left.value.code or 0)


def test_it_prints_the_account_and_writes_picture_page_and_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / name for name in ("flow.svg", "account.html", "account.json")]
    assert run(ISTANBUL, "--svg", str(files[0]), "--html", str(files[1]), "--json", str(files[2])) == 0
    assert "FROM RUSSIA TO UKRAINE" in capsys.readouterr().out
    assert files[0].read_text(encoding="utf-8").startswith("<svg")
    assert "<html lang=" in files[1].read_text(encoding="utf-8")
    values = json.loads(files[2].read_text(encoding="utf-8"))
    assert {promise["outcome"] for promise in values["promises"]} >= {"refused", "pending", "carried-out"}


def test_a_day_leaves_out_what_was_published_later(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(ISTANBUL, "--as-of", "2025-06-30") == 0
    told = capsys.readouterr().out
    assert "27 June 2025" in told
    assert "July 2025" not in told


def test_bad_facts_are_refused_with_every_place_and_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "facts.toml"
    path.write_text(HEAD + statement("s1", act='"gives"') + dead("s2", 9, 3, "2020-02-30"), encoding="utf-8")
    assert run(str(path)) == 2
    told = capsys.readouterr().err
    assert "Traceback" not in told
    for part in ("facts.toml", "s1", "gives", "s2", "2020-02-30"):
        assert part in told
