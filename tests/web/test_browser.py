"""Whole journeys in a real browser, against `antigone serve` in a process of its own, on a fresh folder."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.render.page_checks import assert_accessible, assert_never_sideways
from tests.web.people import PASSWORD, Access

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser
STARTS_WITHIN = 30.0


@dataclass
class Served:
    """A register with its server. `first`: the one-time password of the first administrator."""

    folder: Path
    address: str
    process: subprocess.Popen[str]
    first: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def antigone(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "antigone", *arguments], capture_output=True, text=True, check=True, timeout=120
    )


def create(folder: Path) -> str:
    """Make a register; the first one-time password."""
    said = antigone(
        "register", "create", str(folder), "--name", "antigone.test/register", "--party-code", "A", "--party-name",
        "Side A", "--side", "side", "--institution", "Bureau of side A", "--username", "admin", "--full-name",
        "Administrator-1",
    ).stdout  # fmt: skip
    found = re.search(r"one-time password (\S+)", said)
    assert found, said
    return found.group(1)


def serve(folder: Path) -> tuple[subprocess.Popen[str], str]:
    port = free_port()
    command = [sys.executable, "-m", "antigone", "serve", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    address = f"http://127.0.0.1:{port}"
    latest = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < latest:
        try:
            urllib.request.urlopen(f"{address}/log-in/", timeout=2).close()
        except OSError:
            assert process.poll() is None, process.communicate()[0]
            time.sleep(0.1)
        else:
            return process, address
    process.kill()
    raise AssertionError(f"no answer within {STARTS_WITHIN} s: {process.communicate()[0]}")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, register_templates: object) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served") / "register"
    first = create(folder)
    process, address = serve(folder)
    yield Served(folder, address, process, first)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)


@pytest.fixture
def somebody(browser: Browser) -> Iterator[Any]:
    """A new browser of somebody, in English unless another language is asked for."""
    contexts: list[BrowserContext] = []

    def begin(language: str = "en-GB") -> Page:
        context = browser.new_context(locale=language, viewport={"width": 1280, "height": 900})
        contexts.append(context)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "response", lambda answer: said.append(f"{answer.status} {answer.url}") if answer.status > 499 else None
        )
        page.said = said  # type: ignore[attr-defined]
        return page

    yield begin
    for context in contexts:
        context.close()


def first_log_in(page: Page, served: Served, username: str, one_time: str) -> Access:
    """From a one-time password to the first page, by every step."""
    from antigone.register.second_factor import secret_bytes

    page.goto(served.address)
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(one_time)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Present password").fill(one_time)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password, once more").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    access = Access(username, PASSWORD, secret_bytes(page.locator(".secret").inner_text()))
    page.get_by_label("Present password").fill(PASSWORD)
    page.get_by_label("Six digits").fill(access.code())
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Backup codes").wait_for()
    assert page.locator(".codes li").all_inner_texts() == [access.backup_code(n) for n in range(10)]
    page.get_by_role("link", name="I have kept them: continue").click()
    page.get_by_role("heading", name="Today", level=1).wait_for()
    return access


def log_in(page: Page, served: Served, access: Access, place: int) -> None:
    page.goto(served.address)
    page.get_by_label("User name").fill(access.username)
    page.get_by_label("Password").fill(access.password)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code of the authenticator application, or a backup code").fill(access.backup_code(place))
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="Today", level=1).wait_for()


def add_user(page: Page, served: Served, username: str, *offices: str) -> str:
    """Add somebody and give a one-time password, on the pages; that password."""
    page.goto(f"{served.address}/list/user/")
    page.get_by_role("link", name="Add a user").click()
    page.get_by_label("User name").fill(username)
    page.get_by_label("Name", exact=True).fill(username.title())
    for office in offices:
        page.get_by_label(office).check()
    page.get_by_role("button", name="Add a user").click()
    page.get_by_text("Done: you added a user.").wait_for()
    page.get_by_role("link", name="Renew access").click()
    one_time = page.get_by_label("One-time password").input_value()
    page.get_by_role("button", name="Renew access").click()
    page.get_by_text("Done: you renewed the access of a user.").wait_for()
    return one_time


def test_from_an_empty_folder_to_two_signatories_and_one_decision(served: Served, somebody: Any) -> None:
    """The first administrator enters people; a registrar a missing person; two sign at once, and one is told so."""
    administrator = somebody()
    first_log_in(administrator, served, "admin", served.first)
    given = {
        name: add_user(administrator, served, name, *offices)
        for name, offices in {
            "registrar": ("registrar of the missing",),
            "worker": (
                "family liaison", "coordinator of handovers", "examiner of remains", "laboratory", "geneticist",
            ),
            "signatory": ("signatory of the board",),
            "colleague": ("signatory of the board",),
            "third": ("signatory of the board",),
        }.items()
    }  # fmt: skip
    registrar = somebody()
    first_log_in(registrar, served, "registrar", given["registrar"])
    person = register_person(registrar)
    find_by_name_in_latin_letters(registrar, served, person)
    proposal = propose_by_command(served, person)
    board = {name: somebody() for name in ("signatory", "colleague", "third")}
    for name, page in board.items():
        first_log_in(page, served, name, given[name])
        page.goto(f"{served.address}/record/{proposal}/")
    sign(board["third"])
    board["third"].get_by_text("Done: you signed a proposal.").wait_for()
    for name in ("signatory", "colleague"):
        board[name].reload()
        board[name].get_by_role("link", name="Sign", exact=True).click()
        board[name].get_by_text("Compare both identifiers with the papers before you sign.").wait_for()
    for name in ("signatory", "colleague"):
        board[name].get_by_role("button", name="Sign").click()
    board["signatory"].get_by_text("Done: you signed a proposal.").wait_for()
    assert board["signatory"].url.startswith(f"{served.address}/record/DE-000001-")
    board["colleague"].get_by_role("heading", name="Somebody else was first").wait_for()
    told = board["colleague"].locator("main").inner_text()
    assert "Signatory changed this record on" in told
    assert f"{proposal} is decided: nobody signs it any more." in told
    board["colleague"].get_by_role("link", name="Look at it as it is now").click()
    assert board["colleague"].locator(".under strong").inner_text() == "decided"
    assert registrar.said == administrator.said == []


def register_person(page: Page) -> str:
    page.get_by_role("link", name="Register a missing person").click()
    page.get_by_label("Surname").fill("Шевченко")
    page.get_by_label("First names").fill("Тарас")
    page.get_by_label("Date of birth").fill("1990-04-12")
    page.get_by_role("button", name="Register a missing person").click()
    page.get_by_text("Done: you registered a missing person.").wait_for()
    return page.locator(".under .mono").inner_text()


def find_by_name_in_latin_letters(page: Page, served: Served, person: str) -> None:
    page.goto(f"{served.address}/list/missing_person/")
    page.get_by_role("textbox", name="Name").fill("taras shevchenko")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=person).click()
    assert page.locator("h1").inner_text() == "Шевченко Тарас"


def propose_by_command(served: Served, person: str) -> str:
    """Everything between a missing person and a proposal, by command, in the same open register."""
    script = Path(__file__).with_name("propose_by_command.py")
    done = subprocess.run(
        [sys.executable, "-m", f"tests.web.{script.stem}", str(served.folder), person],
        capture_output=True, text=True, timeout=120, check=False, cwd=script.parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-1]


def sign(page: Page) -> None:
    page.get_by_role("link", name="Sign", exact=True).click()
    page.get_by_role("button", name="Sign").click()


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("language", ["en-GB", "uk-UA", "ru-RU"])
def test_pages_are_accessible_in_every_language_and_width(
    served: Served, somebody: Any, width: int, language: str, page_paths: list[str], keeper: str
) -> None:
    page = somebody(language)
    page.context.add_cookies([{"name": "sessionid", "value": keeper, "url": served.address}])
    for path in ("/log-in/", "/nothing/here/", *page_paths):
        assert_accessible(page, served.address + path, width)
        assert_never_sideways(page, width)
        assert page.locator("html").get_attribute("lang") == language[:2]
    assert [words for words in page.said if "404" not in words] == []


@pytest.fixture(scope="module")
def keeper(served: Served) -> str:
    """The session of somebody with all offices, without the steps of log-in."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.web.keeper_by_command", str(served.folder)],
        capture_output=True, text=True, timeout=120, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-1]


@pytest.fixture(scope="module")
def page_paths() -> list[str]:
    kinds = ("missing_person", "family", "handover", "remains", "proposal", "decision", "user")
    verbs = ("register_missing_person", "add_user", "register_handover", "change_password", "enter_profile")
    lists = [f"/list/{kind}/" for kind in kinds]
    return ["/", "/account/", "/ledger/", "/log-in/second-factor/", *lists, *(f"/do/{verb}/" for verb in verbs)]


def test_the_keyboard_is_enough(served: Served, somebody: Any, keeper: str) -> None:
    page = somebody()
    page.context.add_cookies([{"name": "sessionid", "value": keeper, "url": served.address}])
    page.goto(f"{served.address}/do/add_party/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for text in ("N", "Neutral third"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add a party").press("Enter")
    page.get_by_text("Done: you added a party.").wait_for()
    assert page.locator("h1").inner_text() == "Neutral third"


def test_a_printed_record_has_no_navigation(served: Served, somebody: Any, keeper: str) -> None:
    page = somebody()
    page.context.add_cookies([{"name": "sessionid", "value": keeper, "url": served.address}])
    page.goto(f"{served.address}/list/user/")
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()
    assert page.locator("form").first.is_hidden()
    assert page.locator("table").is_visible()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_server_stops_when_told(tmp_path: Path, how: signal.Signals) -> None:
    folder = tmp_path / "register"
    create(folder)
    process, address = serve(folder)
    process.send_signal(how)
    said = process.communicate(timeout=20)[0]
    assert process.returncode == 0, said
    assert "Traceback" not in said
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address, timeout=2)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no such processes here")
def test_stopping_leaves_no_process_behind(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    create(folder)
    process, _address = serve(folder)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert children
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    latest = time.monotonic() + 10
    while time.monotonic() < latest and any(Path(f"/proc/{child}").exists() for child in children):
        time.sleep(0.1)
    assert [child for child in children if Path(f"/proc/{child}").exists()] == []
