"""`antigone export` and `antigone verify` as processes, on a register made by command."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.cli.test_register_commands import antigone, create


def test_export_and_verify_by_command(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    create(folder, "")
    by = ("--by", "administrator")
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    said = antigone("export", folder, "--to", first, *by, "--whole")
    assert said.startswith(f"{first}: 3 entries, root ")
    antigone("export", folder, "--to", second, *by, "--recipient", "A")
    with zipfile.ZipFile(first) as archive:
        (tmp_path / "log.pub").write_bytes(archive.read("log.pub"))
    told = antigone("verify", second, "--key", tmp_path / "log.pub", "--earlier", first)
    assert "Everything that could be checked holds." in told
    assert "The log grew from size 3, of first.zip, to 4;" in told
    assert first.stat().st_mode & 0o777 == 0o600


def test_what_export_refuses(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    create(folder, "")
    to = tmp_path / "x.zip"
    by = ("--by", "administrator")
    assert "Name the recipient." in antigone("export", folder, "--to", to, *by, code=2)
    assert "--recipient" in antigone("export", folder, "--to", to, *by, "--recipient", "Z", code=2)
    assert "--by" in antigone("export", folder, "--to", to, "--by", "nobody", "--whole", code=2)
    to.write_text("there")
    refused = antigone("export", folder, "--to", to, *by, "--whole", code=2)
    assert str(to) in refused
    assert to.read_text() == "there"
    assert "x.zip" in antigone("verify", to, code=2)
    assert "--findings" in antigone("verify", to, "--findings", "few", code=2)
