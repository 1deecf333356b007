"""A small register as an office has it after some weeks: something in every list, something waiting for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from tests.actions.remains_path import announced, containers_of, party, receive, released, sampled, to_laboratory, typed
from tests.cast import Cast, do

FATHER = "TH01 6/9.3\nD3S1358 15/16\nFGA 21/24\nD8S1179 13/14\nD21S11 29/30\nD18S51 14/16\nvWA 16/17\nD13S317 11/12"
MOTHER = "TH01 7/9\nD3S1358 14/17\nFGA 20/22\nD8S1179 10/12\nD21S11 28/31.2\nD18S51 13/15\nvWA 15/18\nD13S317 8/13"
SON = "TH01 6/7\nD3S1358 15/17\nFGA 22/24\nD8S1179 12/13\nD21S11 28/30\nD18S51 13/16\nvWA 16/18\nD13S317 8/11"
STRANGER = "TH01 8/8\nD3S1358 18/18\nFGA 19/25\nD8S1179 11/15\nD21S11 27/32.2\nD18S51 12/19\nvWA 14/19\nD13S317 9/14"


@dataclass(frozen=True)
class Entered:
    """Identifiers of what was entered."""

    handover: str
    container: str
    person: str
    other_person: str
    family: str
    mother: str
    consent: str
    remains: str
    other_remains: str
    sample: str
    profile: str
    finding: str
    proposal: str
    open_proposal: str
    decision: str
    release: str
    grave: str


def enter_small_register(cast: Cast) -> Entered:
    """Everything from a handover to a grave, by actions."""
    from antigone.register.models import Consent, Finding, Remains

    handover = announced(
        cast, "B-0412; 77120", "B-0413; 77121", "B-0414; 77122", place="Crossing-1", announced_containers="5",
        took_place_on="2026-10-02", agreement="Agreement-1",
    )  # fmt: skip
    receive(cast, handover, "B-0412; received; intact", "B-0413; received; broken", "B-0414; missing; none")
    parties = {"from_party": party(cast["coordinator"]), "to_party": party(cast["b.coordinator"])}
    do(cast["coordinator"], "register_handover", announced_containers="2", took_place_on="2026-11-20", **parties)
    container = str(containers_of(handover)["B-0412"].pk)
    do(cast["examiner"], "open_container", container=container, units="3", held_at="Bureau, hall 2, place 14")
    units = list(Remains.objects.filter(container=container).order_by("pk").values_list("pk", flat=True))
    do(
        cast["examiner"], "describe_remains", remains=units[0], sex="male", description="Nearly complete skeleton.",
        belongings="Wedding ring, engraved inside.", injuries="Healed fracture of the left forearm.",
    )  # fmt: skip
    person, family, mother, father = _family(cast)
    samples = [sampled(cast, unit) for unit in units[:2]]
    profile = typed(cast, samples[0], calls=SON)
    typed(cast, samples[1], calls=STRANGER)
    for relative, calls in ((mother, MOTHER), (father, FATHER)):
        taken = do(
            cast["registrar"], "take_reference_sample", relative=relative, material="buccal_swab", taken_on="2026-09-20"
        )
        typed(cast, taken.record, sender="liaison", calls=calls)
    do(cast["geneticist"], "compare", family=family)
    finding = Finding.objects.get(remains=units[0], missing_person=person).pk
    proposal = _proposal(cast, units[0], person, finding)
    do(cast["signatory"], "sign", proposal=proposal)
    decision = do(cast["second_signatory"], "sign", proposal=proposal).record
    do(cast["liaison"], "inform_family", decision=decision, relative=mother, on="2026-11-10")
    release = released(cast, decision)
    grave = do(
        cast["burial_officer"], "bury", release=release, cemetery="Cemetery-1", plot="Row 4, place 12",
        coordinates="48.46470, 35.04620", buried_on="2026-11-18", marking="Name, 1990 – 2025",
    ).record  # fmt: skip
    return Entered(
        handover=handover,
        container=container,
        person=person,
        other_person=_second_case(cast, units[1]),
        family=family,
        mother=mother,
        consent=Consent.objects.get(relative=mother).pk,
        remains=units[0],
        other_remains=units[1],
        sample=samples[0],
        profile=profile,
        finding=finding,
        proposal=proposal,
        open_proposal=_open_proposal(cast),
        decision=decision,
        release=release,
        grave=grave,
    )


def _family(cast: Cast) -> tuple[str, str, str, str]:
    registrar = cast["registrar"]
    person = do(
        registrar, "register_missing_person", surname="Surname-1", first_names="First-1", patronymic="Patronymic-1",
        sex="male", born="1990-04-12", power="Side A", service_number="A-100-001", unit="Unit-1",
        identity_papers="Paper-1", last_seen="2025-06-11", place="Place-1", other_particulars="Scar on the left knee.",
    ).record  # fmt: skip
    family = do(registrar, "register_family", missing=person).record
    relatives = [
        do(
            cast["registrar"], "add_relative", family=family, surname="Surname-1", first_names=first, sex=sex,
            relation=relation, contact="Telephone-1", scope="kinship", given_on="2026-09-20", given_to="Officer-1",
        ).record
        for first, sex, relation in (("Mother-1", "female", "mother"), ("Father-1", "male", "father"))
    ]  # fmt: skip
    mother, father = relatives
    members = f"{person} {father} {mother} male\n{father} - - male\n{mother} - - female\nS {father} {mother} female"
    do(registrar, "declare_pedigree", family=family, members=members)
    return person, family, mother, father


def _proposal(cast: Cast, remains: str, person: str, finding: str) -> str:
    reasons = "Both parents typed; no locus incompatible."
    evidence = "Ring and healed fracture as the family described them."
    done = do(
        cast["geneticist"], "propose", remains=remains, missing_person=person, findings=finding, reasons=reasons,
        other_evidence=evidence,
    )  # fmt: skip
    return done.record


def _second_case(cast: Cast, remains: str) -> str:
    """A missing person without a family yet; the remains stay unnamed."""
    del remains
    done = do(
        cast["registrar"], "register_missing_person", surname="Шевченко-2", first_names="Тарас", sex="male",
        born="1985-01-30", unit="Unit-2", last_seen="2025-08-01",
    )  # fmt: skip
    return done.record


def _open_proposal(cast: Cast) -> str:
    """A second identification, for which both signatures are missing."""
    from antigone.register.models import Container, Finding, Remains

    handover = announced(cast, "C-0007; 88001", announced_containers="1", took_place_on="2026-11-01")
    receive(cast, handover, "C-0007; received; intact")
    container = Container.objects.get(handover=handover).pk
    do(cast["examiner"], "open_container", container=container, units="1")
    unit = Remains.objects.get(container=container).pk
    typed(cast, sampled(cast, unit), calls=SON)
    registrar = cast["registrar"]
    person = do(registrar, "register_missing_person", surname="Surname-3", sex="male", born="1999-12-01").record
    family = do(registrar, "register_family", missing=person).record
    mother = do(
        registrar, "add_relative", family=family, surname="Surname-3", first_names="Mother-3", sex="female",
        relation="mother", scope="kinship", given_on="2026-10-10",
    ).record  # fmt: skip
    do(
        registrar,
        "declare_pedigree",
        family=family,
        members=f"{person} F {mother} male\nF - - male\n{mother} - - female",
    )
    taken = do(registrar, "take_reference_sample", relative=mother, material="blood", taken_on="2026-10-10").record
    to_laboratory(cast, taken, "liaison")
    do(cast["laboratory"], "enter_profile", sample=taken, quality="full", kit="GlobalFiler", autosomal=MOTHER)
    do(cast["geneticist"], "compare", family=family, remains=unit)
    finding = Finding.objects.get(remains=unit, missing_person=person).pk
    return _proposal(cast, unit, person, finding)
