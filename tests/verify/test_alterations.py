"""What was altered in an export is found, and said in a sentence: in one part alone, or with the log's own key."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from antigone.render import verify_text
from antigone.verify import verify_export
from tests.cast import Cast
from tests.verify.forging import Copy
from tests.verify.story import Story, examiner_of_everything, exported, small_story

Alteration = tuple[str, str, Callable[[Copy, Story], None]]
"""Code of the fault, a part of its sentence, and what is done to the copy."""


def _entry(copy: Copy, verb: str) -> int:
    return next(i for i, entry in enumerate(copy.entries) if entry["verb"] == verb)


def _other_reason(copy: Copy, _story: Story) -> None:
    copy.entries[5]["reason"] = "another"


def _last_entry_away(copy: Copy, _story: Story) -> None:
    copy.entries.pop()
    copy.changes = [line for line in copy.changes if line["entry"] < len(copy.entries)]


def _other_tag(copy: Copy, _story: Story) -> None:
    copy.bodies("container")[0]["plain"]["tag"] = "T-9"


def _change_away(copy: Copy, _story: Story) -> None:
    copy.changes.remove(copy.line_of(copy.bodies("notice")[0]))


def _stray_change(copy: Copy, _story: Story) -> None:
    body = json.loads(json.dumps(copy.bodies("container")[0]))
    copy.changes.append({"entry": None, "position": 0, "body": {**body, "version": 9}})


def _other_marker(copy: Copy, story: Story) -> None:
    line = copy.line_of(next(b for b in copy.bodies("profile") if b["record"] == story.profiles[2]))
    line["opened"]["content"]["autosomal"]["TH01"] = "6/66"


def _row(copy: Copy, kind: str) -> dict[str, Any]:
    return copy.rows[kind][0]


def _other_seal_in_row(copy: Copy, _story: Story) -> None:
    _row(copy, "container")["plain"]["seal"] = "999"


def _older_row(copy: Copy, _story: Story) -> None:
    _row(copy, "container")["version"] = 1


def _row_away(copy: Copy, _story: Story) -> None:
    copy.rows["relative"].pop()


def _row_more(copy: Copy, _story: Story) -> None:
    copy.rows["remains"].append({**_row(copy, "remains"), "id": "RM-000099-T"})


def _row_sealed_otherwise(copy: Copy, _story: Story) -> None:
    _row(copy, "profile")["sealed"] = "00" * 32


def _other_figure(copy: Copy, story: Story) -> None:
    copy.json("figures.json", lambda figures: figures["handovers"][story.handover].update(identified=2))


def _other_policy(copy: Copy, _story: Story) -> None:
    part = next(name for name in copy.parts if name.startswith("policy/"))
    copy.json(part, lambda policy: policy.update(theta=0.0))


def _other_signature(copy: Copy, _story: Story) -> None:
    origin, size, rest = copy.parts["checkpoint.txt"].split("\n", 2)
    copy.parts["checkpoint.txt"] = "\n".join([origin, str(int(size) - 1), rest])


CLUMSY: list[Alteration] = [
    ("root-differs", "An entry is not what the log signed", _other_reason),
    ("entries-count", "Entries were taken away or added", _last_entry_away),
    ("changes-differ", "one was altered, added or taken away", _other_tag),
    ("changes-differ", "one was altered, added or taken away", _change_away),
    ("change-without-entry", "it was written past the ledger", _stray_change),
    ("sealed-differs", "version 1, is not what the ledger has the digest of", _other_marker),
    ("row-differs", "is not what its last change", _other_seal_in_row),
    ("row-version", "is version 1; its last change made version 3", _older_row),
    ("row-missing", "it was deleted past the ledger", _row_away),
    ("row-without-change", "The row RM-000099-T (remains) was never entered", _row_more),
    ("row-sealed", "is not that of its last change", _row_sealed_otherwise),
    ("figure-differs", "The export says 2 for handovers", _other_figure),
    ("policy-differs", "is not what its name says", _other_policy),
    ("signature-wrong", "did not sign the state", _other_signature),
]


def _one_signature(copy: Copy, _story: Story) -> None:
    for body in (*copy.bodies("decision"), copy.bodies("proposal")[-1]):
        body["plain"]["signed_by"] = body["plain"]["signed_by"][:1]


def _signed_by_proposer(copy: Copy, _story: Story) -> None:
    for body in (*copy.bodies("decision"), copy.bodies("proposal")[-1]):
        body["plain"]["signed_by"][0] = copy.bodies("proposal")[0]["plain"]["proposed_by"]


def _by_another_office(copy: Copy, _story: Story) -> None:
    copy.entries[_entry(copy, "open_container")]["actor"] = copy.entries[_entry(copy, "enter_profile")]["actor"]


def _by_nobody(copy: Copy, _story: Story) -> None:
    copy.entries[_entry(copy, "open_container")]["actor"] = "US-000099-T"


def _suspended(copy: Copy, _story: Story) -> None:
    examiner = copy.entries[_entry(copy, "open_container")]["actor"]
    next(b for b in copy.bodies("user") if b["record"] == examiner)["plain"]["state"] = "suspended"


def _other_lr(copy: Copy, story: Story) -> None:
    next(b for b in copy.bodies("finding") if b["record"] == story.findings[1])["plain"]["log10_lr"] = "9.000000"


def _version_left_out(copy: Copy, _story: Story) -> None:
    copy.bodies("sample")[-1]["version"] += 1


def _same_tag(copy: Copy, story: Story) -> None:
    for body in copy.bodies("container"):
        if body["record"] == story.containers[1]:
            body["plain"]["tag"] = "T-1"


def _opened_and_closed(copy: Copy, story: Story) -> None:
    last = json.loads(json.dumps([b for b in copy.bodies("container") if b["record"] == story.containers[0]][-1]))
    last.update(version=last["version"] + 1, plain={**last["plain"], "state": "received"})
    copy.changes.append({"entry": len(copy.entries) - 1, "position": 1, "body": last})


def _nameless(copy: Copy, _story: Story) -> None:
    copy.bodies("missing_person")[-1]["plain"]["state"] = "missing"


def _named_without_decision(copy: Copy, _story: Story) -> None:
    copy.bodies("decision")[-1]["plain"]["state"] = "reversed"


def _reference_to_nothing(copy: Copy, _story: Story) -> None:
    copy.bodies("sample")[-1]["plain"]["remains"] = "RM-000099-T"


def _part_of_whole(copy: Copy, story: Story) -> None:
    for body in copy.bodies("remains"):
        if body["record"] == story.remains[2]:
            body["plain"]["split_from"] = story.remains[1]


FITTED: list[Alteration] = [
    ("too-few-signatures", "has fewer than two signatures: 1", _one_signature),
    ("own-proposal-signed", "who had proposed it", _signed_by_proposer),
    ("actor-not-allowed", "whose offices did not include this then", _by_another_office),
    ("actor-unknown", "whom nobody had entered by then", _by_nobody),
    ("actor-suspended", "who was suspended then", _suspended),
    ("finding-differs", "says log10 LR 9.000000; computed again it is", _other_lr),
    ("version-chain", "where 4 should follow", _version_left_out),
    ("tag-twice", "The tag T-1 stands on 2 containers", _same_tag),
    ("state-left", "from “opened”, which is final, to “received”", _opened_and_closed),
    ("decision-and-person", "stands, and its missing person is “missing”", _nameless),
    ("identified-undecided", "is “identified”, and no decision says so", _named_without_decision),
    ("reference-to-nothing", "names RM-000099-T, which does not exist", _reference_to_nothing),
    ("part-without-split", "which it did not split", _part_of_whole),
]


def test_what_was_altered_in_the_file_is_found(cast: Cast, tmp_path: Path) -> None:
    story = small_story(cast)
    whole = exported(cast, examiner_of_everything(cast), tmp_path / "whole", scope="whole", open_sealed="yes")
    assert verify_export(whole, findings=None).times == {}
    _check(CLUMSY, whole, story, tmp_path, lambda copy: None)


def test_what_was_altered_with_the_key_of_the_log_contradicts_itself(cast: Cast, tmp_path: Path) -> None:
    from antigone.register.checkpoints import log_key

    story = small_story(cast)
    whole = exported(cast, examiner_of_everything(cast), tmp_path / "whole", scope="whole", open_sealed="yes")
    _check(FITTED, whole, story, tmp_path, lambda copy: copy.fit(log_key()))
    copy = Copy(whole)
    _other_tag(copy, story)
    copy.fit(log_key())
    fitted = copy.write(tmp_path / "fitted")
    assert verify_export(fitted).times == {}, "only who kept an earlier state finds it"
    assert "the first that differs is entry" in verify_text(verify_export(fitted, earlier=[whole]))


def _check(
    alterations: list[Alteration], whole: Path, story: Story, folder: Path, then: Callable[[Copy], None]
) -> None:
    for number, (code, words, alter) in enumerate(alterations):
        copy = Copy(whole)
        alter(copy, story)
        then(copy)
        report = verify_export(copy.write(folder / str(number)), findings=None)
        said = " ".join(verify_text(report).split())
        assert code in report.times, (alter.__name__, report.faults)
        assert words in said, (alter.__name__, said)
