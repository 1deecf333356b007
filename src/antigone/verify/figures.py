"""The figures an export claims, derived again from the changes it shows."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from antigone.verify.archive import Archive
from antigone.verify.index import Index
from antigone.verify.remarks import Remarks

RECEIVED = ("received", "extra", "opened")
STATES = {
    "identified": ("identified",),
    "released": ("released",),
    "buried": ("buried",),
    "handed_back": ("handed_back",),
    "open": ("examined", "buried_unnamed"),
}
"""Figure -> states of the remains it counts."""

Handovers = dict[str, dict[str, int | None]]


def check_figures(archive: Archive, index: Index, remarks: Remarks, read: dict[str, object]) -> None:
    """Set every claimed figure beside the one derived; `read`: entries and changes as they were read."""
    claimed = archive.whole("figures.json")
    found: dict[str, Any] = {"records": _records(index), "handovers": _handovers(index)}
    remains_shown = bool(archive.header.get("everything"))
    checked, closed = 0, 0
    for name, figure, value in _leaves(claimed):
        if name == "handovers" and figure[-1] not in ("announced", "received", "opened") and not remains_shown:
            closed += 1
            continue
        checked += 1
        _compare(remarks, (name, *figure), value, _at(found[name], figure) if name in found else None)
    missing = {(name, *figure) for name, figure, _ in _leaves(found)} - {
        (name, *figure) for name, figure, _ in _leaves(claimed)
    }
    for path in sorted(missing):
        if path[0] == "records" or path[-1] in ("announced", "received", "opened") or remains_shown:
            _compare(remarks, path, None, _at(found[path[0]], path[1:]))
    for name, value in read.items():
        checked += 1
        _compare(remarks, (name,), archive.header.get(name), value)
    remarks.hold_unless(("figure-differs",), "figures", figures=checked)
    if closed:
        remarks.leave("figures-closed", count=closed)


def _compare(remarks: Remarks, path: tuple[str, ...], claimed: object, found: object) -> None:
    if claimed != found:
        remarks.fault("figure-differs", figure=" / ".join(path), claimed=claimed, found=found)


def _leaves(figures: dict[str, Any]) -> list[tuple[str, tuple[str, ...], object]]:
    """(records or handovers, path below it, figure)."""
    found: list[tuple[str, tuple[str, ...], object]] = []
    for name, by_first in figures.items():
        for first, of_first in by_first.items() if isinstance(by_first, dict) else ():
            for second, value in of_first.items() if isinstance(of_first, dict) else ():
                found.append((name, (first, second), value))
    return found


def _at(figures: dict[str, Any], path: tuple[str, ...]) -> object:
    value: Any = figures
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _records(index: Index) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, state, count in index.ask("SELECT kind, state, COUNT(*) FROM records GROUP BY kind, state"):
        found[kind][state] = count
    return dict(found)


def _handovers(index: Index) -> Handovers:
    """Remains that were split are counted by their parts."""
    found: Handovers = {}
    for identifier, handover in index.of_kind("handover"):
        announced = (handover.plain or {}).get("announced_containers")
        names = ("received", "opened", "remains", "persons", "profiled", *STATES)
        found[identifier] = {"announced": announced, **dict.fromkeys(names, 0)}
    of_container = {}
    for identifier, container in index.of_kind("container"):
        handover_of = str((container.plain or {}).get("handover"))
        of_container[identifier] = handover_of
        if handover_of in found:
            _add(found[handover_of], "received", container.state in RECEIVED)
            _add(found[handover_of], "opened", container.state == "opened")
    _remains(index, of_container, found)
    return found


def _remains(index: Index, of_container: dict[str, str], found: Handovers) -> None:
    profiled = _profiled(index)
    persons: dict[str, set[str]] = defaultdict(set)
    for identifier, remains in index.of_kind("remains"):
        plain = remains.plain or {}
        handover = of_container.get(str(plain.get("container")), "")
        if remains.state == "split" or handover not in found:
            continue
        _add(found[handover], "remains", True)
        _add(found[handover], "profiled", identifier in profiled)
        for name, states in STATES.items():
            _add(found[handover], name, remains.state in states)
        persons[handover].add(str(plain.get("group")))
    for handover, groups in persons.items():
        found[handover]["persons"] = len(groups)


def _profiled(index: Index) -> set[str]:
    """Remains with a current profile."""
    of_sample = {i: str((s.plain or {}).get("remains")) for i, s in index.of_kind("sample")}
    current = (p for _, p in index.of_kind("profile") if p.state == "current")
    return {of_sample.get(str((p.plain or {}).get("sample")), "") for p in current}


def _add(figures: dict[str, int | None], name: str, more: bool) -> None:
    figures[name] = (figures[name] or 0) + more
