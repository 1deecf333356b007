"""Who may export what, what the file holds, and that it says so itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from antigone.domain import InputRefused
from antigone.ledger import checkpoint_of, parse_note
from antigone.verify import verify_export
from tests.actions.family_records import record, refused, state
from tests.cast import Cast, do
from tests.verify.forging import Copy
from tests.verify.story import exported, family_of_three, small_story


def test_the_export_is_an_entry_and_stands_in_its_own_file(cast: Cast, tmp_path: Path) -> None:
    from antigone.register.models import Checkpoint, Document, LedgerEntry

    b = cast["b.registrar"].party
    path = exported(cast, "coordinator", tmp_path / "b", recipient=b)
    document = Document.objects.get()
    assert (document.state, document.about) == ("exported_minimal", b)
    copy = Copy(path)
    assert copy.entries[-1]["verb"] == "export"
    assert copy.entries[-1]["actor"] == cast["coordinator"].user
    assert [row["id"] for row in copy.rows["document"]] == [document.pk]
    told = checkpoint_of(parse_note(copy.parts["checkpoint.txt"].encode()))
    assert told.size == LedgerEntry.objects.count() == len(copy.entries)
    assert Checkpoint.objects.get(size=told.size).root == told.root.hex()


def test_two_exports_of_one_moment_are_the_same_file_but_for_the_time(cast: Cast, tmp_path: Path) -> None:
    from antigone.register.exporting import export_register

    small_story(cast)
    document = do(cast["auditor"], "export", scope="whole").record
    one, two = (Copy(export_register(tmp_path / name, cast["auditor"], document).path) for name in ("one", "two"))
    for copy in (one, two):
        copy.json("export.json", lambda header: header.pop("made_at"))
    assert vars(one) == vars(two)


def test_an_office_opens_what_it_may_read_and_no_more(cast: Cast, tmp_path: Path) -> None:
    small_story(cast)
    opened = {}
    for name in ("registrar", "coordinator", "auditor"):
        copy = Copy(exported(cast, name, tmp_path / name, scope="whole", open_sealed="yes"))
        opened[name] = {line["body"]["kind"] for line in copy.changes if "opened" in line}
        shown = {line["body"]["kind"] for line in copy.changes if "body" in line}
        assert ("profile" in shown) is (name == "auditor")
    assert opened["registrar"] == {
        "missing_person", "family", "relative", "consent", "handover", "decision", "document",
    }  # fmt: skip
    assert opened["coordinator"] == {"handover", "container", "remains", "decision", "document"}
    assert opened["auditor"] == {"handover", "container"}


def test_one_side_does_not_see_the_other_in_its_whole_export(cast: Cast, tmp_path: Path) -> None:
    theirs = do(cast["b.registrar"], "register_missing_person", surname="Surname-8").record
    ours = do(cast["registrar"], "register_missing_person", surname="Surname-9").record
    text = json.dumps(vars(Copy(exported(cast, "registrar", tmp_path / "a", scope="whole", open_sealed="yes"))))
    assert ours in text
    assert "Surname-9" in text
    assert theirs not in text
    assert "Surname-8" not in text


def test_a_third_side_learns_nothing_of_a_handover_between_two(cast: Cast, tmp_path: Path) -> None:
    story = small_story(cast)
    neutral = cast["intermediary"].party
    copy = Copy(exported(cast, "b.coordinator", tmp_path / "n", recipient=neutral))
    assert [row["id"] for row in copy.rows["handover"]] == [story.handover], "a neutral gets all that the maker may see"
    administrator = cast["administrator"]
    third = do(administrator, "add_party", code="C", name="Side C", side="side").record
    copy = Copy(exported(cast, "coordinator", tmp_path / "c", recipient=third))
    assert copy.rows["handover"] == []
    assert copy.rows["container"] == []


def test_what_stands_in_the_way_of_an_export(cast: Cast, tmp_path: Path) -> None:
    from antigone.register.exporting import export_register
    from antigone.register.refusals import NotAllowed

    assert refused("export-for-whom", cast["auditor"], "export") == {}
    recipient = cast["b.registrar"].party
    assert refused("export-minimal-closed", cast["auditor"], "export", recipient=recipient, open_sealed="yes") == {}
    for name in ("geneticist", "laboratory", "signatory", "liaison"):
        with pytest.raises(NotAllowed):
            do(cast[name], "export", recipient=recipient)
    document = do(cast["auditor"], "export", scope="whole").record
    (tmp_path / "there").write_text("")
    with pytest.raises(InputRefused) as found:
        export_register(tmp_path / "there", cast["auditor"], document)
    assert [p.code for p in found.value.problems] == ["file-exists"]


def test_an_erased_record_is_shown_as_erased(cast: Cast, tmp_path: Path) -> None:
    person, family, father, _ = family_of_three(cast)
    do(cast["registrar"], "erase_relative", relative=father, ground="asked_by_the_person")
    path = exported(cast, "registrar", tmp_path / "a", scope="whole", open_sealed="yes")
    copy = Copy(path)
    assert state(father) == "erased"
    lines = [line for line in copy.changes if line.get("body", {}).get("record") == father]
    assert [("opened" in line, line["body"]["sealed"] is None) for line in lines] == [(False, False), (False, True)]
    assert verify_export(path).holds
    assert record(person).family_id == family


def test_the_log_signs_one_root_for_one_size(cast: Cast) -> None:
    from antigone.register.checkpoints import take_checkpoint
    from antigone.register.models import Checkpoint, LedgerHead
    from antigone.register.refusals import NotNow

    first = take_checkpoint()
    assert take_checkpoint().note == first.note
    do(cast["registrar"], "register_missing_person", surname="Surname-1")
    second = take_checkpoint()
    assert (first.size + 1, Checkpoint.objects.count()) == (second.size, 2)
    assert second.root != first.root
    LedgerHead.objects.update(size=first.size)
    with pytest.raises(NotNow) as found:
        take_checkpoint()
    assert found.value.code == "ledger-shrunk"
    assert found.value.facts == {"entries": str(first.size), "signed": str(second.size)}


def test_a_checkpoint_goes_on_from_the_last_to_the_same_root(cast: Cast) -> None:
    from antigone import ledger
    from antigone.register.checkpoints import take_checkpoint
    from antigone.register.models import LedgerEntry

    take_checkpoint()
    for n in range(3):
        do(cast["registrar"], "register_missing_person", surname=f"Surname-{n}")
    leaves = LedgerEntry.objects.order_by("index").values_list("leaf", flat=True)
    assert take_checkpoint().root == ledger.root_of(bytes(leaf) for leaf in leaves).hex()
