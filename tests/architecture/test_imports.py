"""Who may import whom. The layers are held by import-linter (`make lint`); this holds the rest."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from antigone.cli import _COMMANDS

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "antigone"
MODULES = sorted(PACKAGE.rglob("*.py"))
DJANGO = {"django", "django_otp", "axes", "whitenoise", "psycopg"}
KNOW_DJANGO = {"register", "actions", "web"}
DOOR = {"register": 3}
"""How many names lead to a door, where not two: the register's package must be importable before its models are."""
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
    others = (parts for parts in ours if len(parts) > 2 and parts[1] != room_of(path))
    return [".".join(parts) for parts in others if len(parts) > DOOR.get(parts[1], 2)]


def test_a_room_is_entered_by_its_door() -> None:
    assert {str(p.relative_to(PACKAGE)): found for p in MODULES if (found := reaches_inside(p))} == {}


def test_the_walk_sees_an_import_past_the_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "render").mkdir()
    wrong = tmp_path / "render" / "page.py"
    wrong.write_text(
        "from antigone.domain.policy import Policy\nfrom antigone.domain import Prior\n"
        "from ..core.plans import Plan\nfrom .table import Table\n"
        "from antigone.register.models import Remains\nfrom antigone.register.models.remains import Remains\n"
    )
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    inside = ["antigone.domain.policy", "antigone.core.plans", "antigone.register.models.remains"]
    assert reaches_inside(wrong) == inside


def test_kernels_import_nothing_of_ours_but_kernels() -> None:
    for path in (PACKAGE / "core" / "kernels").glob("*.py"):
        ours = [name for name in imported(path) if name.split(".")[0] == "antigone"]
        assert [n for n in ours if not n.startswith("antigone.core.kernels")] == [], path.name


def test_domain_needs_the_standard_library_alone() -> None:
    for path in (PACKAGE / "domain").glob("*.py"):
        tops = {name.split(".")[0] for name in imported(path)}
        assert tops - sys.stdlib_module_names - {"antigone", "__future__"} == set(), path.name


def knows_django(path: Path) -> bool:
    return bool(DJANGO & {name.split(".")[0] for name in imported(path)})


def test_only_the_register_its_actions_and_pages_know_django() -> None:
    elsewhere = (path for path in MODULES if room_of(path) not in KNOW_DJANGO)
    assert [str(path.relative_to(PACKAGE)) for path in elsewhere if knows_django(path)] == []


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


@pytest.mark.parametrize("command", sorted(_COMMANDS))
def test_help_of_a_command_needs_no_server(command: str) -> None:
    loaded = modules_after(
        f"from antigone.cli import main\ntry: main(['{command}', '--help'])\nexcept SystemExit: pass"
    )
    assert "click" in loaded
    assert loaded & DJANGO == set()


def test_solving_a_case_needs_no_server(root: Path) -> None:
    case = str(root / "examples" / "eight-remains")
    loaded = modules_after(
        f"from antigone.cli import main\ntry: main(['solve', {case!r}, '--brief'])\n"
        "except SystemExit as ended: assert not ended.code"
    )
    assert "numba" in loaded
    assert loaded & DJANGO == set()


def test_importing_antigone_loads_nothing_else() -> None:
    assert modules_after("import antigone") & {"numpy", "numba", "polars", "pydantic", "click"} == set()
