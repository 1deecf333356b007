"""Clients that keep to the schedule whether or not the server keeps up."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from evidence.load.browsing import WITHIN, Browser, Page, form_of
from evidence.load.visits import Visit

_RECORD = re.compile(r"/record/([A-Z]{2}-[0-9A-Z]{6}-[0-9A-Z])/\?entry=(\d+)")
_REFUSED = re.compile(r'(?:class="problem">|role="alert">\s*<p>)([^<]+)<')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one visit. `took`: seconds from the time it was due; `late`: of these, before it was sent.

    `problem`: what was wrong with the answer, "" for nothing. `record`, `entry`: what an action made, as the page said.
    """

    visit: Visit
    took: float
    late: float
    problem: str
    record: str = ""
    entry: int = -1


class Clients:
    """Connections that stay open and share one schedule; each takes the next visit that is due."""

    def __init__(self, port: int, browsers: Mapping[str, Browser], connections: int) -> None:
        self._port = port
        self._browsers = browsers
        self._connections = connections
        self._lock = threading.Lock()

    def keep(self, visits: Sequence[Visit]) -> list[Answer]:
        """Make every visit at its time, counted from now; the answers in no order."""
        answers: list[Answer] = []
        forms: dict[int, Future[dict[str, str]]] = {v.action: Future() for v in visits if v.action is not None}
        due, begin = iter(visits), time.perf_counter() + 0.1

        def work() -> None:
            connection = HTTPConnection("127.0.0.1", self._port, timeout=WITHIN)
            while (visit := self._next(due)) is not None:
                time.sleep(max(0.0, begin + visit.at - time.perf_counter()))
                answers.append(self._made(visit, connection, begin, forms))
            connection.close()

        threads = [threading.Thread(target=work) for _ in range(self._connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def _next(self, due: object) -> Visit | None:
        with self._lock:
            return next(due, None)  # type: ignore[call-overload, no-any-return]

    def _made(
        self, visit: Visit, connection: HTTPConnection, begin: float, forms: dict[int, Future[dict[str, str]]]
    ) -> Answer:
        fields = None
        record, entry, problem, sent = "", -1, "", time.perf_counter()
        try:
            if visit.sends:
                fields = {**forms[_number(visit)].result(WITHIN), **visit.typed}
            sent = time.perf_counter()
            page = self._browsers[visit.who].ask(connection, visit.path, fields)
            if visit.sends:
                record, entry, problem = _done(page)
            else:
                problem = _wrong(page, visit.expect)
        except (OSError, HTTPException, TooLate) as error:
            connection.close()  # the next request opens it again
            page, problem = Page(0, "", ""), type(error).__name__
        if visit.action is not None and not visit.sends:
            forms[visit.action].set_result(form_of(page.text, visit.path.partition("?")[0]))
        now = time.perf_counter()
        return Answer(visit, now - begin - visit.at, sent - begin - visit.at, problem, record, entry)


def _number(visit: Visit) -> int:
    if visit.action is None:
        raise ValueError(f"{visit.path} is no action")
    return visit.action


def _done(page: Page) -> tuple[str, int, str]:
    """Record and entry that an action was answered with, or what it was answered with instead."""
    found = _RECORD.fullmatch(page.location)
    if page.status == 302 and found:
        return found[1], int(found[2]), ""
    said = _REFUSED.search(page.text)
    return "", -1, f"status {page.status} {said[1] if said else page.location}".strip()


def _wrong(page: Page, expect: str) -> str:
    if page.status != 200:
        return f"status {page.status}"
    return "" if expect in page.text else f"the page lacks {expect}"
