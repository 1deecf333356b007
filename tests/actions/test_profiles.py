"""Profiles: every run kept, every locus checked, and what follows when one is corrected or withdrawn."""

from __future__ import annotations

import pytest

from tests.actions.family_records import (
    agrees,
    enter,
    household,
    not_here,
    problems,
    record,
    refused,
    sealed,
    state,
    told,
)
from tests.actions.remains_path import (
    CALLS,
    at_once,
    compared,
    decided,
    matched,
    mothers_profile,
    proposed,
    sampled,
    to_laboratory,
    typed,
    units,
)
from tests.cast import Cast, do

RUN = {"quality": "full", "autosomal": CALLS}


def _received(cast: Cast) -> str:
    sample = sampled(cast, units(cast, 1)[0])
    to_laboratory(cast, sample)
    return sample


def test_a_run_is_kept_as_the_laboratory_wrote_it(cast: Cast) -> None:
    sample = _received(cast)
    profile = do(
        cast["laboratory"], "enter_profile", sample=sample, quality="partial", kit="globalfiler", dropout="0.05",
        autosomal="THO1 6/9.3\npenta_d 9\nAmelogenin X/Y\nD6S1043 -", x="dxs10103 19", y="DYS385 11/14\nY GATA H4 12",
        mtdna="263 G\n315.1 C\n249 DEL", snp="RS1426654 A/G", note="Note-1",
    ).record  # fmt: skip
    row = record(profile)
    assert (row.sample_id, row.run, row.kit, row.quality, row.state) == (sample, 1, "GlobalFiler", "partial", "current")
    assert (row.dropout, row.dropin) == ("0.05", "")
    assert sealed(profile) == {
        "autosomal": {"TH01": "6/9.3", "Penta D": "9", "AMEL": "X/Y", "D6S1043": "-"},
        "x": {"DXS10103": "19"},
        "y": {"DYS385": "11/14", "Y-GATA-H4": "12"},
        "mtdna": {"263": "G", "315.1": "C", "249": "DEL"},
        "snp": {"rs1426654": "A/G"},
        "note": "Note-1",
        "reason": None,
    }
    assert state(sample) == "profiled"
    assert told("profile-entered") == {("a.geneticist", profile)}
    assert agrees()


def test_everything_wrong_with_a_run_is_named_at_once(cast: Cast) -> None:
    sample = _received(cast)
    found = problems(
        cast["laboratory"], "enter_profile", sample=sample, quality="full",
        autosomal="TH02 6/9\nDYS391 10\nTH01 6/9.3\nTHO1 6/7\nFGA 21,2/24\nvWA 15/16/17\nD3S1358 15//16",
        x="TH01 6", y="FGA 20", mtdna="16570 A\n263 Q", snp="1426654 A/G",
    )  # fmt: skip
    assert found == [
        ("unknown-locus", "autosomal", "TH02"),
        ("unknown-locus", "autosomal", "DYS391"),
        ("locus-typed-twice", "autosomal", "THO1, also as TH01"),
        ("decimal-comma", "autosomal", "21,2/24"),
        ("too-many-alleles", "autosomal", "15/16/17"),
        ("allele", "autosomal", "15//16"),
        ("unknown-locus", "x", "TH01"),
        ("unknown-locus", "y", "FGA"),
        ("unknown-locus", "mtdna", "16570"),
        ("base", "mtdna", "Q"),
        ("unknown-locus", "snp", "1426654"),
    ]
    laboratory = cast["laboratory"]
    assert problems(laboratory, "enter_profile", sample=sample, quality="full") == [("no-markers", "autosomal", "")]
    several = {"quality": "full", "autosomal": "TH02 6", "dropout": "1.5", "dropin": "1", "kit": "Kit-1"}
    assert problems(laboratory, "enter_profile", sample=sample, **several) == [
        ("probability", "dropout", "1.5"),
        ("probability", "dropin", "1"),
        ("unknown-kit", "kit", "Kit-1"),
        ("unknown-locus", "autosomal", "TH02"),
    ]
    for rate in ("nan", "-0.1", "0.01%"):
        assert problems(laboratory, "enter_profile", sample=sample, **RUN, dropin=rate) == [
            ("probability", "dropin", rate)
        ]
    three = {"quality": "poor", "autosomal": "vWA 15/16/17", "dropin": "0.01"}
    assert do(laboratory, "enter_profile", sample=sample, **three)
    assert state(sample) == "profiled"


def test_alleles_are_read_as_the_engine_reads_them(cast: Cast) -> None:
    from antigone.domain import Policy
    from antigone.intake import profile_of

    profile = typed(cast, sampled(cast, units(cast, 1)[0]), calls="THO1 06/9.30\nD3S1358 15\nFGA -")
    calls = profile_of(profile, record(profile).plain(), sealed(profile), Policy()).calls
    assert {locus: call.alleles for locus, call in calls.items()} == {
        "TH01": ("6", "9.3"),
        "D3S1358": ("15",),
        "FGA": (),
    }


def test_runs_of_one_sample_are_numbered_by_the_register(cast: Cast) -> None:
    from antigone.register.models import Profile

    sample = _received(cast)
    laboratory = cast["laboratory"]
    results = at_once(*[lambda: do(laboratory, "enter_profile", sample=sample, **RUN)] * 2)
    assert [type(result).__name__ for result in results] == ["Done", "Done"]
    do(laboratory, "move_sample", sample=sample, to="used_up")
    do(laboratory, "enter_profile", sample=sample, **RUN)
    runs = Profile.objects.filter(sample=sample).order_by("run").values_list("run", "state")
    assert list(runs) == [(1, "current"), (2, "current"), (3, "current")]
    assert state(sample) == "used_up"
    assert agrees()


def test_a_run_comes_from_a_sample_that_is_there_and_may_be_used(cast: Cast) -> None:
    from antigone.register.models import Sample

    sample = sampled(cast, units(cast, 1)[0])
    laboratory = cast["laboratory"]
    assert refused("sample-not-received", laboratory, "enter_profile", sample=sample, **RUN) == {
        "sample": sample,
        "state": "taken",
    }
    to_laboratory(cast, sample)
    second = do(cast["administrator"], "add_institution", party=laboratory.party, name="Laboratory 2").record
    enter(laboratory, "move_sample", Sample, sample, laboratory=second)
    assert refused("sample-elsewhere", laboratory, "enter_profile", sample=sample, **RUN)["laboratory"] == second


def test_a_sample_whose_consent_was_withdrawn_is_typed_and_corrected_no_more(cast: Cast) -> None:
    house = household(cast)
    profile = mothers_profile(cast, house)
    sample = record(profile).sample_id
    do(cast["liaison"], "withdraw_consent", consent=house.consent)
    laboratory = cast["laboratory"]
    for verb, more in {"enter_profile": {"sample": sample, **RUN}, "correct_profile": {"profile": profile}}.items():
        typed_more = more if verb == "enter_profile" else {**more, "kit": "GlobalFiler", "reason": "R"}
        assert refused("sample-blocked", laboratory, verb, **typed_more) == {"sample": sample}


def test_usable_are_profiles_that_stand_of_samples_in_use(cast: Cast) -> None:
    from antigone.actions.usable_findings import usable_profiles

    match = matched(cast)
    second = typed(cast, sampled(cast, match.remains))
    everything = {match.profile, match.mothers_profile, second}
    assert set(usable_profiles().values_list("pk", flat=True)) == everything
    do(cast["geneticist"], "withdraw_profile", profile=second, reason="R")
    do(cast["liaison"], "withdraw_consent", consent=match.house.consent)
    assert set(usable_profiles().values_list("pk", flat=True)) == {match.profile}


def test_a_correction_marks_what_was_made_with_the_earlier_version(cast: Cast) -> None:
    match = matched(cast)
    (other,) = units(cast, 1)
    apart = compared(cast, match.house, other, typed(cast, sampled(cast, other)), match.mothers_profile)
    decision = decided(cast, match)
    laboratory = cast["laboratory"]
    seen = str(record(match.profile).version)
    do(laboratory, "correct_profile", profile=match.profile, note="Note-2", reason="R")
    assert state(match.finding) == "computed"
    do(
        laboratory, "correct_profile", profile=match.profile, autosomal="TH01 6/9.3\nFGA 21/25", quality="partial",
        reason="Two columns were swapped",
    )  # fmt: skip
    after = sealed(match.profile)
    assert (after["autosomal"], after["reason"]) == ({"TH01": "6/9.3", "FGA": "21/25"}, "Two columns were swapped")
    assert (record(match.profile).quality, record(match.profile).kit) == ("partial", "GlobalFiler")
    assert (state(match.profile), state(match.finding), state(apart)) == ("current", "profile_changed", "computed")
    assert told("profile-corrected") == {
        ("a.geneticist", match.profile),
        ("a.signatory", decision),
        ("a.second_signatory", decision),
    }
    from antigone.register.refusals import Overtaken

    with pytest.raises(Overtaken):
        do(laboratory, "correct_profile", profile=match.profile, kit="CODIS 20", reason="R", seen_version=seen)
    assert problems(laboratory, "correct_profile", profile=match.profile, reason="R") == [
        ("nothing-to-correct", "", "")
    ]
    assert refused("decision-in-question", cast["coordinator"], "release", decision=decision,
                   released_on="2026-05-01", received_by="Surname-1") == {
        "decision": decision, "finding": match.finding, "state": "profile_changed",
    }  # fmt: skip
    assert agrees()


def test_a_withdrawn_profile_stops_what_rests_on_it(cast: Cast) -> None:
    match = matched(cast)
    proposal = proposed(cast, match)
    do(cast["signatory"], "sign", proposal=proposal)
    do(cast["laboratory"], "withdraw_profile", profile=match.profile, reason="Contaminated")
    assert (state(match.profile), sealed(match.profile)["reason"]) == ("withdrawn", "Contaminated")
    assert (state(match.finding), state(match.sample)) == ("profile_withdrawn", "received")
    assert told("sample-without-profile") == {("a.laboratory", match.sample)}
    assert told("profile-withdrawn") == {
        ("a.geneticist", match.profile),
        ("a.signatory", proposal),
        ("a.second_signatory", proposal),
    }
    assert refused("finding-not-usable", cast["second_signatory"], "sign", proposal=proposal) == {
        "finding": match.finding,
        "state": "profile_withdrawn",
    }
    gone = {"profile": match.profile, "state": "withdrawn"}
    assert (
        refused("profile-not-current", cast["geneticist"], "withdraw_profile", profile=match.profile, reason="R")
        == gone
    )
    assert (
        refused(
            "profile-not-current",
            cast["laboratory"],
            "correct_profile",
            profile=match.profile,
            kit="CODIS 20",
            reason="R",
        )
        == gone
    )
    assert agrees()


def test_what_else_was_said_of_a_finding_stays_said(cast: Cast) -> None:
    match = matched(cast)
    do(cast["liaison"], "withdraw_consent", consent=match.house.consent)
    do(cast["laboratory"], "withdraw_profile", profile=match.profile, reason="R")
    assert state(match.finding) == "consent_withdrawn"


def test_a_finding_written_beside_a_withdrawal_is_not_proposed(cast: Cast) -> None:
    match = matched(cast)
    do(cast["laboratory"], "withdraw_profile", profile=match.profile, reason="R")
    late = compared(cast, match.house, match.remains, match.profile, match.mothers_profile)
    proposal = {"remains": match.remains, "missing_person": match.house.person, "findings": late, "reasons": "R"}
    assert refused("profile-not-usable", cast["geneticist"], "propose", **proposal) == {
        "finding": late,
        "profile": match.profile,
    }


def test_the_other_side_reaches_no_profile(cast: Cast) -> None:
    from antigone.register.refusals import NotAllowed

    match = matched(cast)
    not_here(cast["b.laboratory"], "enter_profile", sample=match.sample, **RUN)
    not_here(cast["b.laboratory"], "correct_profile", profile=match.profile, kit="CODIS 20", reason="R")
    for name in ("b.laboratory", "b.geneticist"):
        not_here(cast[name], "withdraw_profile", profile=match.profile, reason="R")
    for name in ("geneticist", "examiner", "registrar", "signatory", "intermediary"):
        with pytest.raises(NotAllowed):
            do(cast[name], "enter_profile", sample=match.sample, **RUN)
