"""Who may import whom. The layers are held by import-linter (`make lint`); this holds the rest."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "antigone"
MODULES = sorted(PACKAGE.rglob("*.py"))
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "tools", "shared"}


def imported(path: Path) -> Iterator[str]:
    """Full names of the modules that this file imports; relative ones are resolved."""
    package = ("antigone", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join([*above, *([node.module] if node.module else [])])
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def reaches_inside(path: Path) -> list[str]:
    """Modules of other rooms that this file imports past the room's door."""
    ours = (name.split(".") for name in imported(path) if name.startswith("antigone."))
    return [".".join(parts) for parts in ours if len(parts) > 2 and parts[1] != room_of(path)]


def test_a_room_is_entered_by_its_door() -> None:
    assert {str(p.relative_to(PACKAGE)): found for p in MODULES if (found := reaches_inside(p))} == {}


def test_the_walk_sees_an_import_past_the_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "render").mkdir()
    wrong = tmp_path / "render" / "page.py"
    wrong.write_text(
        "from antigone.domain.policy import Policy\nfrom antigone.domain import Prior\n"
        "from ..core.plans import Plan\nfrom .table import Table\n"
    )
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    assert reaches_inside(wrong) == ["antigone.domain.policy", "antigone.core.plans"]


def test_kernels_import_nothing_of_ours_but_kernels() -> None:
    for path in (PACKAGE / "core" / "kernels").glob("*.py"):
        ours = [name for name in imported(path) if name.split(".")[0] == "antigone"]
        assert [n for n in ours if not n.startswith("antigone.core.kernels")] == [], path.name


def test_domain_needs_the_standard_library_alone() -> None:
    for path in (PACKAGE / "domain").glob("*.py"):
        tops = {name.split(".")[0] for name in imported(path)}
        assert tops - sys.stdlib_module_names - {"antigone", "__future__"} == set(), path.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_named_for_what_it_holds(path: Path) -> None:
    assert not EMPTY_NAMES & set(path.relative_to(PACKAGE).with_suffix("").parts)


def test_every_room_says_what_it_offers() -> None:
    for path in PACKAGE.glob("*/__init__.py"):
        assert "__all__" in path.read_text(encoding="utf-8"), f"{path.parent.name} has no __all__"


def modules_after(code: str) -> set[str]:
    """Top-level modules loaded by a fresh interpreter that ran `code`."""
    script = f"{code}\nimport json, sys; print(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_help_loads_nothing_heavy() -> None:
    loaded = modules_after("from antigone.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass")
    assert loaded & {"numpy", "numba", "polars", "pydantic", "jinja2", "rich", "django"} == set()


def test_importing_antigone_loads_nothing_else() -> None:
    assert modules_after("import antigone") & {"numpy", "numba", "polars", "pydantic", "click"} == set()
