"""What an export shows holds, on both databases; what cannot be checked is said, and why."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from antigone import ledger
from antigone.domain import InputRefused, VerifyReport
from antigone.render import verify_text
from antigone.verify import read_key, verify_export
from tests.cast import Cast, do
from tests.verify.forging import Copy
from tests.verify.genes import somebody, typed
from tests.verify.story import DAY, examiner_of_everything, exported, family_of_three, sampled_relative, small_story

ALL = {
    "versions", "actors", "decisions", "states", "references", "changes", "sealed", "tree", "rows", "figures",
    "all-findings",
}  # fmt: skip


def whole(cast: Cast, path: Path) -> Path:
    return exported(cast, examiner_of_everything(cast), path, scope="whole", open_sealed="yes")


def held(report: VerifyReport) -> set[str]:
    return {remark.code for remark in report.held}


def unchecked(report: VerifyReport) -> set[str]:
    return {remark.code for remark in report.unchecked}


def said(report: VerifyReport) -> str:
    return " ".join(verify_text(report).split())


def own_key() -> ledger.VerifierKey:
    from antigone.register.checkpoints import log_key

    return log_key().verifier


def test_everything_holds_and_every_finding_comes_out_the_same(cast: Cast, tmp_path: Path) -> None:
    small_story(cast)
    report = verify_export(whole(cast, tmp_path / "whole"), own_key(), findings=None)
    assert report.holds, said(report)
    assert held(report) == ALL | {"signature"}
    assert report.findings == {"agree": 3}
    assert unchecked(report) == {"sealed-closed", "no-witness", "no-earlier"}
    assert "Everything that could be checked holds." in said(report)


def test_one_party_gets_its_handovers_and_nothing_of_families(cast: Cast, tmp_path: Path) -> None:
    story = small_story(cast)
    path = exported(cast, "coordinator", tmp_path / "b", recipient=cast["b.registrar"].party)
    report = verify_export(path, own_key())
    assert report.holds, said(report)
    copy = Copy(path)
    assert {kind for kind, rows in copy.rows.items() if rows} == {"party", "handover", "container", "document"}
    text = _everything_in(path)
    for hidden in (story.person, story.family, story.father, *story.profiles, *story.findings, *story.remains):
        assert hidden not in text
    assert not any("opened" in line for line in copy.changes)
    figures = json.loads(copy.parts["figures.json"])
    assert figures["handovers"] == {story.handover: {"announced": 3, "received": 2, "opened": 2}}
    assert {"entries-closed", "changes-closed", "sealed-closed", "actors-closed"} <= unchecked(report)


def test_a_neutral_gets_the_balance_of_the_remains_as_the_register_says_it(cast: Cast, tmp_path: Path) -> None:
    story = small_story(cast)
    path = exported(cast, "intermediary", tmp_path / "n", recipient=cast["intermediary"].party)
    of_one = json.loads(Copy(path).parts["figures.json"])["handovers"][story.handover]
    assert (of_one["remains"], of_one["persons"], of_one["profiled"], of_one["identified"], of_one["open"]) == (
        3, 3, 3, 1, 2,
    )  # fmt: skip
    report = verify_export(path)
    assert report.holds
    assert "Figures about remains that are closed in this file: 8." in said(report)


def test_what_was_taken_back_or_erased_is_counted_apart(cast: Cast, tmp_path: Path) -> None:
    from antigone.register.models import Consent

    story = small_story(cast)
    again = family_of(cast)
    do(cast["geneticist"], "compare", family=again[1])
    consent = Consent.objects.get(relative=story.father, state="given").pk
    do(cast["registrar"], "withdraw_consent", consent=consent, reason="x")
    erased = do(cast["registrar"], "erase_relative", relative=again[2], ground="asked_by_the_family").entry
    path = whole(cast, tmp_path / "whole")
    report = verify_export(path, findings=None)
    assert report.holds, said(report)
    assert report.findings == {"consent-withdrawn": 3, "erased": 2}
    assert "Findings not recomputable, consent withdrawn: 3." in said(report)
    assert f"was erased by entry {erased}." in said(report)
    opened = {line["body"]["record"] for line in Copy(path).changes if "opened" in line}
    assert story.profiles[0] not in opened
    assert not set(story.findings) & opened
    assert story.profiles[1] in opened, "the mother's stays"


def family_of(cast: Cast) -> tuple[str, str, str, str]:
    """A second family, one parent typed."""
    found = family_of_three(cast, "Surname-2")
    sampled_relative(cast, found[2], typed(somebody(21)))
    return found


def test_profiles_that_are_not_opened_are_counted_apart_and_so_is_a_lost_policy(cast: Cast, tmp_path: Path) -> None:
    small_story(cast)
    report = verify_export(exported(cast, "auditor", tmp_path / "plain", scope="whole"))
    assert report.holds
    assert report.findings == {"closed": 3}
    copy = Copy(whole(cast, tmp_path / "whole"))
    copy.parts = {name: text for name, text in copy.parts.items() if not name.startswith("policy/")}
    report = verify_export(copy.write(tmp_path / "lost"))
    assert report.findings == {"policy-absent": 3}
    assert "their policy or tables not in the file: 3." in said(report)


def test_a_few_findings_are_drawn_by_the_root(cast: Cast, tmp_path: Path) -> None:
    small_story(cast)
    path = whole(cast, tmp_path / "whole")
    report = verify_export(path, findings=1)
    assert report.findings == {"agree": 1}
    assert "Findings that could be computed again and were not drawn: 2." in said(report)


def test_a_witness_and_an_earlier_state(cast: Cast, tmp_path: Path) -> None:
    from antigone.domain import Place
    from antigone.register.checkpoints import take_checkpoint
    from antigone.register.proving import consistency_file, take_in

    small_story(cast)
    first = take_checkpoint()
    (tmp_path / "first.txt").write_text(first.note)
    key = ledger.generate_key("witness.example", ledger.KeyKind.COSIGNATURE)
    witness = ledger.Witness(key, [own_key()], tmp_path / "memory")
    cosigned = witness.cosign(consistency_file(first.size), datetime(2026, 11, 3, tzinfo=UTC)).note
    take_in(cosigned.to_bytes(), key.verifier, Place())
    path = whole(cast, tmp_path / "whole")
    report = verify_export(path, own_key(), [key.verifier], [tmp_path / "first.txt"])
    assert report.holds, said(report)
    assert f"witness.example cosigned the state of size {first.size} on 2026-11-03T00:00:00+00:00." in said(report)
    assert "The log grew from size" in said(report)
    other = ledger.generate_key("other.example", ledger.KeyKind.COSIGNATURE).verifier
    report = verify_export(path, own_key(), [other])
    assert "other.example cosigned no state of this log that stands in the file." in said(report)
    _past_changed_with_the_key(path, tmp_path, key.verifier)


def _past_changed_with_the_key(path: Path, folder: Path, witness: ledger.VerifierKey) -> None:
    from antigone.register.checkpoints import log_key

    copy = Copy(path)
    copy.bodies("container")[0]["plain"]["tag"] = "T-9"
    copy.fit(log_key())
    report = verify_export(copy.write(folder / "changed"), own_key(), [witness], [folder / "first.txt"])
    assert {"cosigned-differs", "forked"} <= set(report.times)
    assert "the past of the log was changed" in said(report)


def test_a_log_that_was_cut_back_is_found_by_what_was_kept(cast: Cast, tmp_path: Path) -> None:
    small_story(cast)
    early = whole(cast, tmp_path / "early")
    late = whole(cast, tmp_path / "late")
    assert "rolled-back" in verify_export(early, earlier=[late]).times
    assert verify_export(late, earlier=[early]).holds


def test_a_key_that_is_not_the_logs(cast: Cast, tmp_path: Path) -> None:
    path = whole(cast, tmp_path / "whole")
    other = ledger.generate_key(own_key().name).verifier
    report = verify_export(path, other)
    assert {"log-key-other", "signature-wrong"} <= set(report.times)
    (tmp_path / "log.pub").write_text(own_key().encoded() + "\n")
    assert verify_export(path, read_key(str(tmp_path / "log.pub"))).holds


def test_rows_written_past_the_ledger_are_found(cast: Cast, tmp_path: Path) -> None:
    """Whoever owns the database changed it; the export says honestly what stands there."""
    from antigone.register.models import Change, Remains

    story = small_story(cast)
    Remains.objects.filter(pk=story.remains[1]).update(state="handed_back")
    stray = Change.objects.filter(record=story.remains[2]).order_by("-version").first()
    assert stray is not None
    Change.objects.create(
        action="0" * 32, position=0, kind="remains", record=story.remains[2], version=stray.version + 1,
        plain=stray.plain, salt=stray.salt,
    )  # fmt: skip
    report = verify_export(whole(cast, tmp_path / "whole"))
    assert {"row-differs", "change-without-entry", "figure-differs"} == set(report.times)


def test_a_sealed_part_that_does_not_open_is_found(cast: Cast, tmp_path: Path) -> None:
    from antigone.register.models import Profile

    story = small_story(cast)
    one, other = (Profile.objects.get(pk=story.profiles[i]) for i in (2, 3))
    Profile.objects.filter(pk=one.pk).update(sealed=other.sealed)
    report = verify_export(whole(cast, tmp_path / "whole"))
    assert set(report.times) == {"row-sealed"}


def test_a_file_that_is_no_export_is_refused(tmp_path: Path, cast: Cast) -> None:
    other = tmp_path / "other"
    other.write_text("nothing")
    with pytest.raises(InputRefused) as refused:
        verify_export(other)
    assert refused.value.problems[0].code == "export-unreadable"
    path = whole(cast, tmp_path / "whole")
    cut = tmp_path / "cut"
    cut.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(InputRefused):
        verify_export(cut)
    copy = Copy(path)
    del copy.parts["log.pub"]
    with pytest.raises(InputRefused) as refused:
        verify_export(copy.write(tmp_path / "lacking"))
    assert [(p.code, p.place.item) for p in refused.value.problems] == [("export-part", "log.pub")]


def test_the_command_ends_with_what_it_found_and_loads_no_server(cast: Cast, tmp_path: Path) -> None:
    path = whole(cast, tmp_path / "whole")
    done = _verify(path, "--json", str(tmp_path / "report.json"))
    assert done["ended"] == 0
    assert not {"django", "antigone.register"} & set(done["modules"])
    assert json.loads((tmp_path / "report.json").read_text())["times"] == {}
    copy = Copy(path)
    copy.entries.pop()
    assert _verify(copy.write(tmp_path / "less"))["ended"] == 1
    (tmp_path / "none").write_text("")
    assert _verify(tmp_path / "none")["ended"] == 2


def _verify(path: Path, *options: str) -> dict[str, Any]:
    """Exit code and loaded modules of the command, in an interpreter of its own."""
    script = (
        "import json, sys\nfrom antigone.cli import main\n"
        f"try: main(['verify', {str(path)!r}, *{list(options)!r}]); ended = 0\n"
        "except SystemExit as end: ended = end.code or 0\n"
        "print(json.dumps({'ended': ended, 'modules': sorted(sys.modules)}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _everything_in(path: Path) -> str:
    copy = Copy(path)
    return json.dumps([copy.entries, copy.changes, copy.rows, copy.parts])


def test_a_life_with_dissent_reversal_and_burial_holds(cast: Cast, tmp_path: Path) -> None:
    story = small_story(cast)
    first, second, geneticist = cast["signatory"], cast["second_signatory"], cast["geneticist"]
    do(cast["liaison"], "inform_family", decision=story.decision, relative=story.mother, on=DAY)
    do(first, "reverse", decision=story.decision, reason="x")
    proposal = do(
        geneticist, "propose", remains=story.remains[0], missing_person=story.person, findings=story.findings[0],
        reasons="x",
    ).record  # fmt: skip
    do(first, "sign", proposal=proposal)
    do(first, "dissent", proposal=proposal, text="x")
    do(first, "dissent", proposal=proposal, withdraw="yes")
    do(first, "sign", proposal=proposal)
    decision = do(second, "sign", proposal=proposal).record
    release = do(cast["coordinator"], "release", decision=decision, released_on=DAY, received_by="x").record
    do(cast["burial_officer"], "bury", release=release, buried_on=DAY, cemetery="x", plot="1", coordinates="48, 35")
    do(cast["examiner"], "split_remains", remains=story.remains[2], parts="2", reason="x")
    do(cast["registrar"], "record_found_alive", missing_person=story.person, reason="x")
    do(cast["administrator"], "suspend_user", user=cast["laboratory"].user)
    report = verify_export(whole(cast, tmp_path / "whole"), findings=None)
    assert report.holds, said(report)
    figures = json.loads(Copy(tmp_path / "whole").parts["figures.json"])["handovers"][story.handover]
    assert (figures["remains"], figures["buried"], figures["open"]) == (4, 1, 3)
