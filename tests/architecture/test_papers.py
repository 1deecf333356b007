"""Pages and papers that must say what the code says."""

from __future__ import annotations

import doctest
import inspect
import re
import tomllib
from pathlib import Path

import pytest

import antigone
from antigone.cli import _COMMANDS
from evidence.framework import PAGES, Check, Outcome, load_checks, page
from evidence.readme import BEGIN, END, index_block, write_index


@pytest.fixture(scope="module")
def project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=\[;! ]", line)[0].lower() for line in requirements}


def runtime_names(project: dict) -> set[str]:
    return names(project["project"]["dependencies"])


def server_names(project: dict) -> set[str]:
    return names(project["project"]["optional-dependencies"]["server"])


def first_column(text: str, heading: str) -> set[str]:
    """Names in the first column of the table under a heading."""
    section = text.split(heading, 1)[1].split("\n#", 1)[0]
    return {m.lower() for m in re.findall(r"^\| \[?`?([\w-]+)`?\]?", section, re.MULTILINE)} - {
        "package",
        "---",
    }


def test_the_choices_page_names_every_runtime_dependency(root: Path, project: dict) -> None:
    text = (root / "docs" / "choices.md").read_text(encoding="utf-8")
    assert first_column(text, "## What it runs on") == runtime_names(project)
    assert first_column(text, "## What only a server needs") == server_names(project)


def pins(root: Path, name: str) -> dict[str, str]:
    """Package -> version in one file of pinned requirements."""
    text = (root / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w-]+)==(\S+)", text, re.MULTILINE))


def test_pins_cover_what_pyproject_asks_for(root: Path, project: dict) -> None:
    assert runtime_names(project) <= pins(root, "run").keys()
    assert runtime_names(project) | server_names(project) <= pins(root, "server").keys()


def test_an_installation_without_a_server_brings_nothing_of_it(root: Path, project: dict) -> None:
    assert not server_names(project) & pins(root, "run").keys()


@pytest.mark.parametrize("name", ["run", "server", "dev", "build"])
def test_pins_carry_hashes_and_no_address(root: Path, name: str) -> None:
    text = (root / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        if not requirement.startswith("#"):
            assert "--hash=sha256:" in requirement, requirement


@pytest.mark.parametrize(("part", "whole"), [("run", "server"), ("server", "dev")])
def test_pins_agree(root: Path, part: str, whole: str) -> None:
    assert pins(root, part).items() <= pins(root, whole).items()


def test_the_changelog_opens_with_this_version(root: Path) -> None:
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[([\d.]+)\]", text, re.MULTILINE)
    assert released[0] == antigone.__version__


def test_public_names_are_the_documented_names(root: Path) -> None:
    text = (root / "docs" / "api.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\.\. (?:auto(?:function|class|exception)|data):: antigone\.(\w+)", text, re.MULTILINE)
    assert sorted(documented) == sorted(set(antigone.__all__) - {"__version__"})


def shown_by_examples(root: Path) -> set[str]:
    """Names that the examples in docstrings call; `pytest --doctest-modules` runs them."""
    parser, called = doctest.DocTestParser(), set()
    for path in (root / "src" / "antigone").rglob("*.py"):
        for example in parser.get_examples(path.read_text(encoding="utf-8")):
            called |= set(re.findall(r"(\w+)\(", example.source))
    return called


def test_every_public_function_is_shown_by_an_example(root: Path) -> None:
    functions = {name for name in antigone.__all__ if inspect.isfunction(getattr(antigone, name))}
    assert functions - shown_by_examples(root) == set()
    assert {"solve", "kinship", "read_case", "log10_likelihoods"} <= functions


def test_every_public_name_is_there() -> None:
    for name in antigone.__all__:
        assert getattr(antigone, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = antigone.nothing


def test_every_command_has_its_module_and_every_module_its_line(root: Path) -> None:
    modules = (root / "src" / "antigone" / "cli").glob("*.py")
    with_command = {p.stem for p in modules if re.search(r"^(def command\(|command = )", p.read_text(), re.MULTILINE)}
    assert with_command == set(_COMMANDS)


def test_the_readme_lists_every_check(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    block = text[text.index(BEGIN) : text.index(END) + len(END)]
    assert block == index_block(load_checks())


def test_every_check_has_its_page_and_every_page_its_check() -> None:
    pages = {path.stem for path in PAGES.glob("*.md")} - {"index"}
    assert pages == {check.name for check in load_checks()}


def test_pages_hold_no_path_of_the_machine_that_ran_them(root: Path) -> None:
    for path in PAGES.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert str(root) not in text, path.name
        assert not re.search(r"(?<![\w.])/(home|root|work|tmp|Users)/", text), path.name


def test_a_failed_check_says_so_on_its_page() -> None:
    failing = Check("sum", "Sum", "1 + 1 is 3.", lambda small, n: Outcome(False, ["sum"], [[2]]))
    text = page(failing, failing.run(True, None))
    assert "**The claim does not hold.**" in text
    assert "make evidence ONLY=sum" in text


def test_the_index_replaces_its_block_alone(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    write_index([Check("sum", "Sum", "It adds up.", lambda small, n: Outcome(True, [], []))], readme)
    assert readme.read_text() == f"before\n{BEGIN}\n- [Sum](docs/evidence/sum.md): It adds up.\n{END}\nafter\n"
    readme.write_text("no markers")
    with pytest.raises(ValueError, match="lost its evidence markers"):
        write_index([], readme)
