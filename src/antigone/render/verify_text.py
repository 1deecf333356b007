"""What `antigone verify` found, for the terminal: the answer, then what does not hold, what holds, what is open."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from antigone.domain import VerifyReport
from antigone.render.language import _
from antigone.render.verify_words import fault_sentence, held_sentence, unchecked_sentence

WIDTH = 100


def verify_text(report: VerifyReport) -> str:
    """The report in lines of at most 100 characters, roots and keys apart."""
    parts = [
        _summary(report),
        _section(_("What does not hold"), _faults(report)),
        _section(_("What holds"), map(held_sentence, report.held)),
        _section(_("What could not be checked"), map(unchecked_sentence, report.unchecked)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _summary(report: VerifyReport) -> str:
    about = report.about
    of = _("Export of {origin}, {entries} entries, made {made_at} by {by}, {scope}, for {recipient}.").format(
        entries=f"{report.size:,}", **{**about, "scope": _scope(about.get("scope", ""))}
    )
    count = sum(report.times.values())
    if report.holds:
        said = _("Everything that could be checked holds. What could not be checked stands below.")
    elif count == 1:
        said = _("ONE THING DOES NOT HOLD. Do not rely on this file before it is explained.")
    else:
        said = _("{count} THINGS DO NOT HOLD. Do not rely on this file before they are explained.")
    said = said.format(count=f"{count:,}")
    return _wrapped(of) + "\n" + _wrapped(said)


def _scope(scope: str) -> str:
    words = {"minimal": _("what concerns one recipient"), "whole": _("all that its maker may read")}
    return words.get(scope, scope)


def _faults(report: VerifyReport) -> Iterator[str]:
    told: dict[str, int] = {}
    for fault in report.faults:
        told[fault.code] = told.get(fault.code, 0) + 1
        yield fault_sentence(fault)
        if told[fault.code] == sum(other.code == fault.code for other in report.faults):
            more = report.times[fault.code] - told[fault.code]
            if more:
                yield _("... and {count} more of this kind.").format(count=f"{more:,}")


def _section(title: str, sentences: Iterator[str]) -> str:
    lines = [_wrapped(sentence, "- ") for sentence in sentences]
    return "\n".join([title, *lines]) if lines else ""


def _wrapped(text: str, first: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
