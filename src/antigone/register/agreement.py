"""Whether the register and its ledger agree, from the database alone. `antigone verify` asks the same of an export."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Max

from antigone import ledger
from antigone.domain import Place, Problem
from antigone.register.entries import value_of_change, value_of_entry
from antigone.register.models import RECORDS, Change, LedgerEntry, LedgerHead

CHUNK = 2_000


def disagreements() -> list[Problem]:
    """Everything in which rows and ledger do not fit; empty where they agree."""
    return [*_head(), *_entries(), *_rows()]


def _head() -> Iterator[Problem]:
    size = LedgerHead.objects.get(pk=1).size
    count = LedgerEntry.objects.count()
    last = LedgerEntry.objects.aggregate(last=Max("index"))["last"]
    if count != size or (last if last is not None else -1) != size - 1:
        yield Problem("ledger-size", Place(item="ledger"), f"{count} entries, the last is {last}", f"{size} entries")


def _entries() -> Iterator[Problem]:
    changes = _changes_by_action()
    for index, row in enumerate(LedgerEntry.objects.order_by("index").iterator(chunk_size=CHUNK)):
        place = Place(item=f"entry {index}")
        if row.index != index:
            yield Problem("ledger-gap", place, f"entry {row.index}", f"entry {index}")
        if bytes(row.leaf) != ledger.entry_leaf(value_of_entry(row)):
            yield Problem("ledger-leaf", place, row.verb, "the entry its leaf was made of")
        count, root = changes.pop(row.action, (0, ledger.EMPTY_ROOT))
        if (count, root.hex()) != (row.changes_count, row.changes_root):
            yield Problem("ledger-changes", place, f"{count} changes", f"the {row.changes_count} it was made of")
    for action in changes:
        yield Problem("change-without-entry", Place(item=action), "changes", "none without their entry")


def _changes_by_action() -> dict[str, tuple[int, bytes]]:
    """action -> how many changes it has, and their root."""
    found: dict[str, ledger.Frontier] = {}
    for row in Change.objects.order_by("action", "position").iterator(chunk_size=CHUNK):
        found.setdefault(row.action, ledger.Frontier()).append(ledger.change_leaf(value_of_change(row)))
    return {action: (frontier.size, frontier.root()) for action, frontier in found.items()}


def _rows() -> Iterator[Problem]:
    for kind, model in RECORDS.items():
        latest = dict(Change.objects.filter(kind=kind).values_list("record").annotate(Max("version")))
        for record in model._default_manager.iterator(chunk_size=CHUNK):
            place = Place(item=record.pk)
            if latest.pop(record.pk, 0) != record.version:
                yield Problem("row-version", place, str(record.version), "the version of its last change")
                continue
            change = Change.objects.get(record=record.pk, version=record.version)
            if change.plain != ledger.canonical_json(record.plain()).decode() or change.sealed != record.sealed:
                yield Problem("row-differs", place, f"version {record.version}", "what its last change says")
        for record_id in latest:
            yield Problem("row-missing", Place(item=record_id), "no row", "the record that its changes speak of")
