"""Comparing remains with a family: what is compared, with which profiles, and what nobody but geneticists learns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from antigone.domain import InputRefused, Place
from antigone.intake import figure_text
from antigone.verify import verify_export
from tests.actions.family_records import agrees, consent_of, record, refused, sealed, state, told
from tests.cast import Cast, do
from tests.verify.genes import child, somebody, typed
from tests.verify.story import (
    couple_and_son,
    examiner_of_everything,
    exported,
    family_of_three,
    findings_of,
    sampled_relative,
    sampled_remains,
    small_story,
)


def remains_in(cast: Cast, units: int) -> tuple[str, ...]:
    """Remains of a container of a handover."""
    from antigone.register.models import Container, Remains

    coordinator = cast["coordinator"]
    handover = do(
        coordinator, "register_handover", from_party=cast["b.registrar"].party, to_party=coordinator.party,
        containers="T-1; 101",
    ).record  # fmt: skip
    do(coordinator, "receive_handover", handover=handover, containers="T-1; received; intact")
    container = Container.objects.get(handover=handover).pk
    do(cast["examiner"], "open_container", container=container, units=str(units))
    return tuple(str(row.pk) for row in Remains.objects.filter(container=container).order_by("pk"))


def typed_family(cast: Cast) -> tuple[str, str, str, str]:
    """A missing son with both parents typed."""
    genes = couple_and_son()
    person, family, father, mother = family_of_three(cast)
    sampled_relative(cast, father, typed(genes[0]))
    sampled_relative(cast, mother, typed(genes[1]))
    return person, family, father, mother


def test_the_figure_is_that_of_the_general_engine_and_says_how_it_was_made(cast: Cast) -> None:
    from antigone.actions.casework import present_method
    from antigone.domain import Case, Family, Pedigree, Person, Remains, Sex
    from antigone.identify import kinship, question_of_pair, software_version
    from antigone.intake import profile_of

    story = small_story(cast)
    finding = record(story.findings[0])
    method = present_method()
    values = {pk: profile_of(pk, record(pk).plain(), sealed(pk), method.policy) for pk in story.profiles}
    persons = (
        Person(story.person, story.father, story.mother, Sex.MALE),
        Person(story.father, sex=Sex.MALE),
        Person(story.mother, sex=Sex.FEMALE),
    )
    relatives = {story.father: values[story.profiles[0]], story.mother: values[story.profiles[1]]}
    family = Family("F", Pedigree(persons), (story.person,), relatives)
    case = Case("case", (family,), (Remains("R", values[story.profiles[2]]),), method.tables, method.policy)
    engine = kinship(question_of_pair(case, "R", "F", story.person)).log10_lr[f"R is F / {story.person}"]
    assert finding.log10_lr == figure_text(engine)
    assert engine > 10
    assert finding.made == {
        "software": software_version(),
        "policy": method.policy_digest,
        "tables": dict(method.table_digests),
        "profiles": [
            {"profile": story.profiles[0], "version": 1, "person": story.father},
            {"profile": story.profiles[1], "version": 1, "person": story.mother},
            {"profile": story.profiles[2], "version": 1, "person": story.remains[0]},
        ],
        "seed": None,
        "relatives": 2,
    }
    assert float(sealed(story.findings[0])["by_locus"]["log10_lr"]) == engine
    assert all(float(record(pk).log10_lr) < -4 for pk in story.findings[1:])
    assert agrees()


def test_geneticists_are_told_of_what_reaches_the_bound_and_nobody_else_is(cast: Cast) -> None:
    story = small_story(cast)
    assert told("finding-made") == {("a.geneticist", story.findings[0])}


def test_what_was_not_compared_is_said_until_it_is(cast: Cast) -> None:
    from antigone.actions.uncompared import uncompared

    geneticist = cast["geneticist"]
    person, family, _, _ = typed_family(cast)
    units = remains_in(cast, 2)
    sampled_remains(cast, units[0], typed(couple_and_son()[2]))
    found = uncompared(geneticist)
    assert (found.pairs, found.remains, found.missing_persons) == (1, 1, 1)
    assert found.rows == ((units[0], family, person),)
    do(geneticist, "compare", family=family)
    assert uncompared(geneticist).pairs == 0
    profile = sampled_remains(cast, units[1], typed(somebody(30)))
    assert uncompared(geneticist).rows == ((units[1], family, person),)
    do(geneticist, "compare", family=family, remains=units[1])
    assert refused("compared-already", geneticist, "compare", family=family) == {"family": family}
    do(cast["laboratory"], "correct_profile", profile=profile, reason="x", autosomal=typed(somebody(31)))
    assert uncompared(geneticist).rows == ((units[1], family, person),), "a corrected profile was not compared"
    assert uncompared(cast["b.geneticist"]).pairs == 0
    assert uncompared(cast["registrar"]).pairs == 0


def test_all_profiles_of_remains_that_are_one_person_are_weighed_together(cast: Cast) -> None:
    person, family, _, _ = typed_family(cast)
    units = remains_in(cast, 2)
    son = couple_and_son()[2]
    half = len(son) // 2
    parts = [dict(list(son.items())[:half]), dict(list(son.items())[half:])]
    profiles = [sampled_remains(cast, unit, typed(part)) for unit, part in zip(units, parts, strict=True)]
    assert refused("not-one-group", cast["geneticist"], "compare", family=family, remains=", ".join(units))
    do(cast["examiner"], "join_remains", remains=", ".join(units), reason="x")
    finding = do(cast["geneticist"], "compare", family=family, remains=", ".join(units)).record
    made = record(finding).made["profiles"]
    assert [one["profile"] for one in made if one["person"] == units[0]] == profiles
    assert record(finding).remains_id == units[0]
    whole = float(record(finding).log10_lr)
    assert whole > 10
    assert record(finding).missing_person_id == person


def test_a_profile_whose_consent_is_gone_is_not_used(cast: Cast) -> None:
    _, family, father, mother = typed_family(cast)
    unit = remains_in(cast, 1)[0]
    sampled_remains(cast, unit, typed(couple_and_son()[2]))
    do(cast["registrar"], "withdraw_consent", consent=consent_of(father), reason="x")
    finding = do(cast["geneticist"], "compare", family=family).record
    assert {one["person"] for one in record(finding).made["profiles"]} == {mother, unit}
    assert record(finding).made["relatives"] == 1
    do(cast["registrar"], "withdraw_consent", consent=consent_of(mother), reason="x")
    assert refused("nothing-to-compare", cast["geneticist"], "compare", family=family) == {"family": family}


def test_the_missing_persons_own_sample_is_for_direct_comparison_alone(cast: Cast) -> None:
    registrar = cast["registrar"]
    person, family, _, _ = typed_family(cast)
    brother = do(registrar, "register_missing_person", surname="Surname-1", sex="male", family=family).record
    pedigree = sealed(family)["pedigree"]
    parents = next(m for m in pedigree if m["person"] == person)
    rows = [*pedigree, {**parents, "person": brother}]
    lines = [f"{m['person']} {m['father'] or '-'} {m['mother'] or '-'} {m['sex']}" for m in rows]
    do(registrar, "declare_pedigree", family=family, members="\n".join(lines))
    sample = do(registrar, "take_reference_sample", missing_person=person, material="hair", taken_on="2026-03-01")
    from tests.verify.story import _profile

    own = _profile(cast, cast["liaison"], sample.record, typed(couple_and_son()[2]))
    unit = remains_in(cast, 1)[0]
    sampled_remains(cast, unit, typed(couple_and_son()[2]))
    do(cast["geneticist"], "compare", family=family)
    from antigone.register.models import Finding

    used = {f.missing_person_id: {p["profile"] for p in f.made["profiles"]} for f in Finding.objects.all()}
    assert own in used[person]
    assert own not in used[brother]


def test_identified_remains_speak_for_their_family(cast: Cast) -> None:
    story = small_story(cast)
    registrar = cast["registrar"]
    brother = do(registrar, "register_missing_person", surname="Surname-1", sex="male", family=story.family).record
    pedigree = sealed(story.family)["pedigree"]
    parents = next(m for m in pedigree if m["person"] == story.person)
    lines = [f"{m['person']} {m['father'] or '-'} {m['mother'] or '-'} {m['sex']}" for m in pedigree]
    lines.append(f"{brother} {parents['father']} {parents['mother']} male")
    do(registrar, "declare_pedigree", family=story.family, members="\n".join(lines))
    finding = do(cast["geneticist"], "compare", family=story.family, remains=story.remains[1]).record
    made = record(finding).made["profiles"]
    assert {"profile": story.profiles[2], "version": 1, "person": story.person} in made
    do(cast["signatory"], "reverse", decision=story.decision, reason="x")
    assert state(finding) == "identity_reversed"


def test_what_changed_while_it_was_computed_stops_the_finding(cast: Cast) -> None:
    from antigone.actions import perform, verb
    from antigone.actions.verbs.compare import prepare

    _, family, father, _ = typed_family(cast)
    unit = remains_in(cast, 1)[0]
    profile = sampled_remains(cast, unit, typed(couple_and_son()[2]))
    code = verb("compare")
    command = code.command(family=family)
    for change, what in (
        (lambda: do(cast["laboratory"], "correct_profile", profile=profile, reason="x", note="y"), unit),
        (lambda: do(cast["registrar"], "withdraw_consent", consent=consent_of(father), reason="x"), family),
    ):
        prepared = prepare(cast["geneticist"], command)
        change()
        late = replace(code, prepare=lambda _actor, _command, prepared=prepared: prepared)
        assert _not_now(lambda late=late: perform(cast["geneticist"], late, command)) == ("changed-meanwhile", what)
    assert findings_of(family, ()) == ()


def _not_now(act: Any) -> tuple[str, str]:
    from antigone.register.refusals import NotNow

    with pytest.raises(NotNow) as found:
        act()
    return found.value.code, found.value.facts["record"]


def test_what_stands_in_the_way_of_comparing(cast: Cast) -> None:
    geneticist = cast["geneticist"]
    person, family, _, _ = typed_family(cast)
    unit, other = remains_in(cast, 2)
    assert refused("nothing-to-compare", geneticist, "compare", family=family) == {"family": family}
    assert refused("remains-not-typed", geneticist, "compare", family=family, remains=unit) == {"remains": unit}
    do(cast["examiner"], "split_remains", remains=other, parts="2", reason="x")
    assert refused("remains-split", geneticist, "compare", family=family, remains=other)["remains"] == other
    aunt = do(
        cast["registrar"], "add_relative", family=family, surname="Surname-1", sex="female", scope="kinship",
        given_on="2026-03-01",
    ).record  # fmt: skip
    profile = sampled_relative(cast, aunt, typed(somebody(41)))
    lacking = {"family": family, "persons": aunt}
    assert refused("pedigree-lacks", geneticist, "compare", family=family) == lacking
    assert refused("pedigree-lacks", geneticist, "check_family", family=family) == lacking
    do(geneticist, "withdraw_profile", profile=profile, reason="x")
    sampled_remains(cast, unit, typed(somebody(40)))
    do(cast["registrar"], "record_found_alive", missing_person=person, reason="x")
    assert refused("nobody-missing", geneticist, "compare", family=family) == {"family": family}


def test_a_father_who_is_none_is_seen_by_geneticists_alone(cast: Cast) -> None:
    registrar, geneticist = cast["registrar"], cast["geneticist"]
    person, family, father, mother = family_of_three(cast)
    brother = do(
        registrar, "add_relative", family=family, surname="Surname-1", sex="male", scope="kinship",
        given_on="2026-03-01",
    ).record  # fmt: skip
    members = (
        f"{person} {father} {mother} male\n{brother} {father} {mother} male\n{father} - - male\n{mother} - - female"
    )
    do(registrar, "declare_pedigree", family=family, members=members)
    other, mothers = somebody(50), somebody(51)
    sampled_relative(cast, father, typed(somebody(52)))
    sampled_relative(cast, mother, typed(mothers))
    sampled_relative(cast, brother, typed(child(other, mothers, 53)))
    unit = remains_in(cast, 1)[0]
    sampled_remains(cast, unit, typed(child(other, mothers, 54)))
    assert refused("family-inconsistent", geneticist, "compare", family=family) == {"family": family}
    checked = do(geneticist, "check_family", family=family).record
    checks = sealed(checked)["checks"]
    assert checks["conclusion"] == "inconsistent"
    assert len(checks["incompatible"]) > 2
    assert {one["person"]: float(one["log10_lr"]) < -4 for one in checks["relatives"]}[father]
    _compare_with_another_pedigree(cast, family, checked, members, father, unit)


def _compare_with_another_pedigree(cast: Cast, family: str, checked: str, members: str, father: str, unit: str) -> None:
    geneticist = cast["geneticist"]
    real = members.replace(f" {father} ", " X ") + "\nX - - male"
    with pytest.raises(InputRefused) as found:
        do(geneticist, "check_family", family=family, members=real)
    assert [(p.code, p.place) for p in found.value.problems] == [("missing-field", Place(column="explanation"))]
    with pytest.raises(InputRefused) as found:
        do(geneticist, "check_family", family=family, members="X - - male", explanation="x")
    assert {p.code for p in found.value.problems} == {"pedigree-lacks-person"}
    do(geneticist, "check_family", family=family, members=real, explanation="Not the father.")
    assert sealed(checked)["checks"]["conclusion"] == "consistent"
    finding = do(geneticist, "compare", family=family, remains=unit).record
    assert float(record(finding).log10_lr) > 4
    _nothing_leaks(cast, family, checked, finding)


def _nothing_leaks(cast: Cast, family: str, checked: str, finding: str) -> None:
    """Whatever anybody but a geneticist may read is as it would be of a family that fits."""
    from antigone.register import doors
    from antigone.register.models import Change, Notice

    assert state(checked) == "checked"
    plain = record(checked).plain()
    assert set(plain) == {"party", "institution", "state", "family"}
    assert sealed(finding)["pedigree"] == {"genetic_family": checked, "version": record(checked).version}
    assert not Notice.objects.exclude(addressee__username="a.geneticist").filter(about__in=(checked, finding)).exists()
    for name in cast.names():
        if name != "geneticist":
            assert not doors.genetic_families.visible(cast[name]).exists(), name
    readable = " ".join(Change.objects.values_list("plain", flat=True))
    assert "consistent" not in readable
    assert record(finding).made["relatives"] == 3, "the count is of the typed, whatever pedigree was used"
    assert "explanation" not in str(record(family).plain())


def test_another_pedigree_makes_what_was_compared_count_as_not_compared(cast: Cast) -> None:
    from antigone.actions.uncompared import uncompared

    person, family, father, mother = typed_family(cast)
    unit = remains_in(cast, 1)[0]
    sampled_remains(cast, unit, typed(couple_and_son()[2]))
    do(cast["geneticist"], "compare", family=family)
    members = f"{person} X {mother} male\nX - - male\n{father} - - male\n{mother} - - female"
    do(cast["geneticist"], "check_family", family=family, members=members, explanation="x", conclusion="consistent")
    assert uncompared(cast["geneticist"]).rows == ((unit, family, person),)
    do(cast["geneticist"], "compare", family=family)
    assert uncompared(cast["geneticist"]).pairs == 0
    declared = f"{person} {father} {mother} male\n{father} Y Z male\nY - - male\nZ - - female\n{mother} - - female"
    do(cast["registrar"], "declare_pedigree", family=family, members=declared)
    assert refused("family-to-check", cast["geneticist"], "compare", family=family) == {"family": family}


@pytest.fixture
def other_theta() -> Iterator[Callable[[], None]]:
    """Changes the policy of the open register, which all tests share; it is put back."""
    from django.conf import settings

    path = settings.FOLDER.policy_folder / "settings.toml"
    before = path.read_text()
    yield lambda: path.write_text(before.replace("theta = 0.01", "theta = 0.03")) and None
    path.write_text(before)


def test_another_policy_asks_for_every_comparison_again_and_both_can_be_recomputed(
    cast: Cast, tmp_path: Path, other_theta: Callable[[], None]
) -> None:
    from antigone.actions.uncompared import uncompared

    _, family, _, _ = typed_family(cast)
    unit = remains_in(cast, 1)[0]
    sampled_remains(cast, unit, typed(couple_and_son()[2]))
    first = do(cast["geneticist"], "compare", family=family).record
    assert uncompared(cast["geneticist"]).pairs == 0
    other_theta()
    assert uncompared(cast["geneticist"]).pairs == 1
    second = do(cast["geneticist"], "compare", family=family).record
    assert record(first).log10_lr != record(second).log10_lr
    path = exported(cast, examiner_of_everything(cast), tmp_path / "whole", scope="whole", open_sealed="yes")
    report = verify_export(path, findings=None)
    assert (report.holds, report.findings) == (True, {"agree": 2})
