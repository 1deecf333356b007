"""A newcomer's first minutes: clone, `make demo`, `make test`."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

from evidence.framework import ROOT, Outcome

NAME = "fresh-clone"
TITLE = "From a clone to green"
MUST_SHOW = (
    "With Debian, Python 3.11 and the package registries: git clone, make demo ends by itself, make test is green."
)


def check(small: bool, n: int | None) -> Outcome:
    """Clone into an empty folder, run both with an empty home; `small` the demo alone; `n` is not used."""
    targets = ["demo"] if small else ["demo", "demo", "test"]
    with tempfile.TemporaryDirectory() as folder:
        clone, home = Path(folder, "clone"), Path(folder, "home")
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        rows = [_make(target, clone, home) for target in targets]
        left = sorted(path.name for path in home.iterdir())
    notes = [f"left in the empty home folder: {', '.join(left) or 'nothing'}"]
    return Outcome(
        all(row[1] == 0 for row in rows) and not left,
        ["step", "exit code", "seconds", "last line"],
        rows,
        notes,
    )


def _make(target: str, clone: Path, home: Path) -> tuple[str, int, float, str]:
    # pip asks a rustc for its version where there is one, and rustup's then sets up its folder.
    own = {"HOME": str(home), "RUSTUP_HOME": str(home.parent / "rustup")}
    foreign = ("ANTIGONE_", "PYTEST_", "MAKE", "MFLAGS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    start = time.perf_counter()
    done = subprocess.run(
        ["make", target],
        cwd=clone,
        env=kept | own,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    seconds = round(time.perf_counter() - start, 1)
    lines = (done.stdout if done.returncode == 0 else done.stdout + done.stderr).strip().splitlines()
    return f"make {target}", done.returncode, seconds, lines[-1] if lines else ""
