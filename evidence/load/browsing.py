"""What a browser does with the pages: cookies, forms as they stand in a page, and the steps of the log-in."""

from __future__ import annotations

import hmac
import re
import struct
import time
from base64 import b32decode
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

WITHIN = 60.0
"""Seconds after which an answer is not waited for any longer."""
_STEP = 30
_SECRET = re.compile(r'class="mono secret">([A-Z2-7 ]+)<')


class LogInFailed(Exception):
    """A step of the log-in was not answered as it should be."""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer. `location`: where it leads, "" for a page."""

    status: int
    location: str
    text: str


class Browser:
    """The cookies of one person, over whatever connection is given."""

    def __init__(self) -> None:
        self._cookies: dict[str, str] = {}

    def ask(self, connection: HTTPConnection, path: str, fields: Mapping[str, str] | None = None) -> Page:
        """Ask for a page, or send a form; the answer is read to its end."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if fields is None:
            connection.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", path, urlencode(fields), headers)
        response = connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        for cookie in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(cookie).items():
                self._cookies[name] = morsel.value
        return Page(response.status, response.headers.get("Location", ""), text)

    def log_in(self, connection: HTTPConnection, username: str, one_time_password: str, password: str) -> None:
        """From a one-time password to a session: a password of one's own, a second factor, and then both again."""
        first = {"username": username, "password": one_time_password}
        own = {"old_password": one_time_password, "new_password": password, "new_password_again": password}
        self._step(connection, "/log-in/", first, "/log-in/password/")
        self._step(connection, "/log-in/password/", own, "/log-in/second-factor/")
        written = _SECRET.search(self.ask(connection, "/log-in/second-factor/").text)
        if written is None:
            raise LogInFailed(f"{username}: no secret in the page of the second factor")
        secret = b32decode(written[1].replace(" ", ""))
        self._step(
            connection, "/log-in/second-factor/", {"password": password, "code": code_of(secret, time.time())}, ""
        )
        self._step(connection, "/", {}, "/log-in/", "/log-out/")
        self._step(connection, "/log-in/", {"username": username, "password": password}, "/log-in/code/")
        # Each code is good for one log-in; the next one is taken half a minute early.
        self._step(connection, "/log-in/code/", {"code": code_of(secret, time.time() + _STEP)}, "/")

    def _step(
        self, connection: HTTPConnection, path: str, fields: Mapping[str, str], leads_to: str, action: str = ""
    ) -> None:
        """Fill in the form of a page and send it; the answer must lead there."""
        form = form_of(self.ask(connection, path).text, action)
        answer = self.ask(connection, action or path, {**form, **fields})
        if answer.location != leads_to or answer.status != (302 if leads_to else 200):
            raise LogInFailed(f"{path} answered {answer.status} {answer.location}")


def form_of(text: str, action: str = "") -> dict[str, str]:
    """What a browser would send of a page's form, if nobody filled in anything.

    The form whose address is `action`; without one the last that has no address.

    >>> form_of('''<form><input name="a"></form><form action="/do/x/"><input name="a" value="1"><select name="b">
    ... <option value="p"><option value="q" selected></select><textarea name="c">d</textarea></form>''', "/do/x/")
    {'a': '1', 'b': 'q', 'c': 'd'}
    """
    reader = _Forms()
    reader.feed(text)
    return next((dict(fields) for address, fields in reversed(reader.forms) if address == action), {})


def code_of(secret: bytes, at: float) -> str:
    """The six digits that an authenticator application shows at this time (RFC 6238, SHA-1, 30 s).

    >>> code_of(b"12345678901234567890", 59), code_of(b"12345678901234567890", 1111111109)
    ('287082', '081804')
    """
    digest = hmac.digest(secret, struct.pack(">Q", int(at) // _STEP), "sha1")
    begin = digest[-1] & 15
    return f"{(int.from_bytes(digest[begin : begin + 4]) & 0x7FFFFFFF) % 1_000_000:06d}"


class _Forms(HTMLParser):
    """Every form of a page: its address, and the names and values of its fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = [("", {})]
        self._select = self._block = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name, value = found.get("name", ""), found.get("value", "")
        fields = self.forms[-1][1]
        if tag == "form":
            self.forms.append((found.get("action", ""), {}))
        elif tag == "input" and name and found.get("type") not in ("checkbox", "file"):
            fields[name] = value
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in found or self._select not in fields):
            fields[self._select] = value
        elif tag == "textarea":
            self._block = name
            fields[name] = ""

    def handle_data(self, data: str) -> None:
        if self._block:
            self.forms[-1][1][self._block] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._block = ""
