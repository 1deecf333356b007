"""Whether the register and its ledger agree, from the database alone. `antigone verify` asks the same of an export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.db.models import Max

from antigone import ledger
from antigone.domain import Place, Problem
from antigone.register.entries import value_of_change, value_of_entry
from antigone.register.models import RECORDS, Change, LedgerEntry, LedgerHead, Record
from antigone.register.one_moment import one_moment

CHUNK = 2_000
"""Rows held at once."""
T = TypeVar("T")


class _History(NamedTuple):
    """The changes of one record: how many there are, and the last one."""

    changes: int
    version: int
    plain: str
    sealed: bytes | None


_NONE = _History(0, 0, "", None)


def disagreements() -> list[Problem]:
    """Everything in which rows and ledger do not fit, at this moment; empty where they agree."""
    with one_moment():
        return [*_head(), *_entries(), *_rows()]


def _head() -> Iterator[Problem]:
    size = LedgerHead.objects.get(pk=1).size
    count = LedgerEntry.objects.count()
    last = LedgerEntry.objects.aggregate(last=Max("index"))["last"]
    if count != size or (last if last is not None else -1) != size - 1:
        yield Problem("ledger-size", Place(item="ledger"), f"{count} entries, the last is {last}", f"{size} entries")


def _entries() -> Iterator[Problem]:
    index = 0
    for batch in _batches(LedgerEntry.objects.order_by("index").iterator(chunk_size=CHUNK)):
        trees = _trees(batch)
        for row in batch:
            place = Place(item=f"entry {index}")
            if row.index != index:
                yield Problem("ledger-gap", place, f"entry {row.index}", f"entry {index}")
            if bytes(row.leaf) != ledger.entry_leaf(value_of_entry(row)):
                yield Problem("ledger-leaf", place, row.verb, "the entry its leaf was made of")
            tree = trees[row.action]
            if (tree.size, tree.root().hex()) != (row.changes_count, row.changes_root):
                yield Problem(
                    "ledger-changes", place, f"{tree.size} changes", f"the {row.changes_count} it was made of"
                )
            index += 1
    stray = Change.objects.exclude(action__in=LedgerEntry.objects.values("action"))
    for action in stray.order_by().values_list("action", flat=True).distinct():
        yield Problem("change-without-entry", Place(item=action), "changes", "none without their entry")


def _trees(entries: Sequence[LedgerEntry]) -> dict[str, ledger.Frontier]:
    """For the action of each entry the tree of the changes that it has.

    One statement for each entry of many changes, in their order by the index; one for all the others together.
    """
    trees = {entry.action: ledger.Frontier() for entry in entries}
    large = [entry.action for entry in entries if entry.changes_count > CHUNK]
    for action in large:
        _grow(trees, Change.objects.filter(action=action).order_by("position").iterator(chunk_size=CHUNK))
    few = Change.objects.filter(action__in=trees.keys() - set(large)).order_by("action", "position")
    _grow(trees, few.iterator(chunk_size=CHUNK))
    return trees


def _grow(trees: Mapping[str, ledger.Frontier], changes: Iterable[Change]) -> None:
    for change in changes:
        trees[change.action].append(ledger.change_leaf(value_of_change(change)))


def _rows() -> Iterator[Problem]:
    found = 0
    for kind, model in RECORDS.items():
        for batch in _batches(model._default_manager.order_by("pk").iterator(chunk_size=CHUNK)):
            histories = _histories(kind, [record.pk for record in batch])
            for record in batch:
                history = histories.get(record.pk, _NONE)
                found += history.changes
                yield from _row(record, history)
    if found != Change.objects.count():
        yield from _without_rows()


def _row(record: Record, history: _History) -> Iterator[Problem]:
    place = Place(item=record.pk)
    if history.version != record.version:
        yield Problem("row-version", place, str(record.version), "the version of its last change")
    elif (history.plain, history.sealed) != (ledger.canonical_json(record.plain()).decode(), _bytes(record.sealed)):
        yield Problem("row-differs", place, f"version {record.version}", "what its last change says")


def _histories(kind: str, identifiers: Sequence[str]) -> dict[str, _History]:
    """The changes of these records, of those that have any."""
    found: dict[str, _History] = {}
    changes = Change.objects.filter(kind=kind, record__in=identifiers).order_by("record", "version")
    for record, version, plain, sealed in changes.values_list("record", "version", "plain", "sealed").iterator():
        found[record] = _History(found.get(record, _NONE).changes + 1, version, plain, _bytes(sealed))
    return found


def _without_rows() -> Iterator[Problem]:
    """Records that changes speak of and that are not there."""
    for kind in Change.objects.order_by().values_list("kind", flat=True).distinct():
        of_kind = Change.objects.filter(kind=kind)
        if kind in RECORDS:
            of_kind = of_kind.exclude(record__in=RECORDS[kind]._default_manager.order_by().values("pk"))
        for record in of_kind.order_by("record").values_list("record", flat=True).distinct():
            yield Problem("row-missing", Place(item=record), "no row", "the record that its changes speak of")


def _bytes(value: Any) -> bytes | None:
    """As bytes what a database gives as bytes or as a view of them."""
    return None if value is None else bytes(value)


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    every = iter(rows)
    while batch := list(islice(every, CHUNK)):
        yield batch
