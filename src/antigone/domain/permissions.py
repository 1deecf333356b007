"""Who may read which kind of record, and who may do what: the whole table, as data.

A pair that is not written here is refused. The register asks this table before every read and every action;
`antigone verify` asks it again from an export. Roles follow the offices that share this work in practice
(docs/register.md names them).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from antigone.domain.identifiers import Kind


class UserRole(StrEnum):
    """An office a user holds. A user may hold several, all within one party."""

    ADMINISTRATOR = "administrator"  # users and institutions; no family, no profile
    REGISTRAR = "registrar"  # missing-persons bureau, unified register
    LIAISON = "liaison"  # family liaison: relatives, consent, what a family was told
    COORDINATOR = "coordinator"  # handovers and transport
    EXAMINER = "examiner"  # forensic bureau, investigators: containers, remains, samples
    LABORATORY = "laboratory"  # samples and profiles by number, no names
    GENETICIST = "geneticist"  # families as pedigrees, findings, proposals
    SIGNATORY = "signatory"  # identification board
    BURIAL_OFFICER = "burial_officer"  # graves registration
    INTERMEDIARY = "intermediary"  # neutral third: handovers and containers of both sides, the ledger
    AUDITOR = "auditor"  # the ledger and the counts
    FAMILY_CONTACT = "family_contact"  # one relative: the own family's file


class Reach(StrEnum):
    """How far a reading right goes."""

    OWN_SELF = "own_self"  # the record is about, or addressed to, this user
    OWN_FAMILY = "own_family"
    OWN_INSTITUTION = "own_institution"  # entered by the user's institution
    OWN_PARTY = "own_party"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Verb:
    """What an action is done to, and who may do it. `founding`: only once, on an empty register."""

    kind: Kind
    roles: frozenset[UserRole]
    founding: bool = False


_A, _R, _L, _C = UserRole.ADMINISTRATOR, UserRole.REGISTRAR, UserRole.LIAISON, UserRole.COORDINATOR
_E, _B, _G, _S = UserRole.EXAMINER, UserRole.LABORATORY, UserRole.GENETICIST, UserRole.SIGNATORY
_V, _I, _U, _F = UserRole.BURIAL_OFFICER, UserRole.INTERMEDIARY, UserRole.AUDITOR, UserRole.FAMILY_CONTACT
_SELF, _FAMILY, _INSTITUTION, _PARTY, _ANY = (
    Reach.OWN_SELF,
    Reach.OWN_FAMILY,
    Reach.OWN_INSTITUTION,
    Reach.OWN_PARTY,
    Reach.ANY,
)
_EVERYBODY = tuple(UserRole)
_STAFF = tuple(role for role in UserRole if role is not UserRole.FAMILY_CONTACT)


def _all(roles: tuple[UserRole, ...], reach: Reach) -> dict[UserRole, Reach]:
    return dict.fromkeys(roles, reach)


READ: dict[Kind, dict[UserRole, Reach]] = {
    Kind.PARTY: _all(_EVERYBODY, _ANY),
    Kind.INSTITUTION: _all(_EVERYBODY, _ANY),
    Kind.USER: {**_all(_STAFF, _PARTY), _A: _ANY, _F: _SELF},
    Kind.MISSING_PERSON: {_R: _PARTY, _S: _PARTY, _L: _INSTITUTION, _F: _FAMILY},
    Kind.FAMILY: {_R: _PARTY, _G: _PARTY, _S: _PARTY, _L: _INSTITUTION, _F: _FAMILY},
    Kind.RELATIVE: {_R: _PARTY, _L: _INSTITUTION, _F: _SELF},
    Kind.CONSENT: {_R: _PARTY, _L: _INSTITUTION, _F: _SELF},
    Kind.GENETIC_FAMILY: {_G: _PARTY},
    Kind.HANDOVER: {**_all((_C, _R, _E, _G, _S, _V), _PARTY), _I: _ANY, _U: _ANY},
    Kind.CONTAINER: {**_all((_C, _E, _S), _PARTY), _I: _ANY, _U: _ANY},
    Kind.REMAINS: _all((_C, _E, _G, _S, _V), _PARTY),
    Kind.SAMPLE: {_E: _PARTY, _B: _PARTY, _G: _PARTY, _R: _PARTY, _L: _INSTITUTION},
    Kind.PROFILE: {_B: _INSTITUTION, _G: _PARTY},
    Kind.FINDING: _all((_G, _S), _PARTY),
    Kind.PROPOSAL: _all((_G, _S), _PARTY),
    Kind.DECISION: {**_all((_G, _S, _C, _R, _V), _PARTY), _L: _INSTITUTION},
    Kind.RELEASE: {**_all((_C, _S, _R, _V), _PARTY), _L: _INSTITUTION},
    Kind.GRAVE: {**_all((_V, _C, _R), _PARTY), _L: _INSTITUTION},
    Kind.DOCUMENT: _all((_R, _C, _E, _G, _S), _PARTY),
    Kind.NOTICE: _all(_EVERYBODY, _SELF),
}
"""Kind -> role -> how far it may read. The other side's families: nowhere."""


def _verb(kind: Kind, *roles: UserRole, founding: bool = False) -> Verb:
    return Verb(kind, frozenset(roles), founding)


VERBS: dict[str, Verb] = {
    # the register itself
    "found_register": _verb(Kind.PARTY, _A, founding=True),
    "add_party": _verb(Kind.PARTY, _A),
    "add_institution": _verb(Kind.INSTITUTION, _A),
    "add_user": _verb(Kind.USER, _A),
    "change_roles": _verb(Kind.USER, _A),
    "suspend_user": _verb(Kind.USER, _A),
    "renew_access": _verb(Kind.USER, _A),
    "change_password": _verb(Kind.USER, *_EVERYBODY),
    "enrol_second_factor": _verb(Kind.USER, *_EVERYBODY),
    "rotate_keys": _verb(Kind.PARTY, _A),
    "read_in_bulk": _verb(Kind.DOCUMENT, *_STAFF),
    "export": _verb(Kind.DOCUMENT, _A, _U, _R, _C, _I),
    # missing persons and families
    "register_missing_person": _verb(Kind.MISSING_PERSON, _R),
    "import_missing_persons": _verb(Kind.MISSING_PERSON, _R),
    "correct_missing_person": _verb(Kind.MISSING_PERSON, _R),
    "merge_duplicates": _verb(Kind.MISSING_PERSON, _R),
    "record_found_alive": _verb(Kind.MISSING_PERSON, _R),
    "erase": _verb(Kind.MISSING_PERSON, _R),
    "register_family": _verb(Kind.FAMILY, _R, _L),
    "declare_pedigree": _verb(Kind.FAMILY, _R, _L),
    "add_relative": _verb(Kind.RELATIVE, _R, _L),
    "correct_relative": _verb(Kind.RELATIVE, _R, _L),
    "erase_relative": _verb(Kind.RELATIVE, _R),
    "record_consent": _verb(Kind.CONSENT, _R, _L),
    "withdraw_consent": _verb(Kind.CONSENT, _R, _L, _F),
    "check_family": _verb(Kind.GENETIC_FAMILY, _G),
    # handovers, containers, remains
    "register_handover": _verb(Kind.HANDOVER, _C),
    "receive_handover": _verb(Kind.HANDOVER, _C),
    "register_container": _verb(Kind.CONTAINER, _C),
    "correct_container": _verb(Kind.CONTAINER, _C),
    "open_container": _verb(Kind.CONTAINER, _E),
    "describe_remains": _verb(Kind.REMAINS, _E),
    "split_remains": _verb(Kind.REMAINS, _E),
    "join_remains": _verb(Kind.REMAINS, _E),
    "separate_remains": _verb(Kind.REMAINS, _E),
    # samples, profiles
    "take_sample": _verb(Kind.SAMPLE, _E),
    "take_reference_sample": _verb(Kind.SAMPLE, _R, _L),
    "move_sample": _verb(Kind.SAMPLE, _E, _B, _L),
    "enter_profile": _verb(Kind.PROFILE, _B),
    "correct_profile": _verb(Kind.PROFILE, _B),
    "withdraw_profile": _verb(Kind.PROFILE, _B, _G),
    # from finding to grave
    "compare": _verb(Kind.FINDING, _G),
    "propose": _verb(Kind.PROPOSAL, _G),
    "sign": _verb(Kind.PROPOSAL, _S),
    "dissent": _verb(Kind.PROPOSAL, _S),
    "reverse": _verb(Kind.DECISION, _S),
    "inform_family": _verb(Kind.DECISION, _L),
    "release": _verb(Kind.RELEASE, _C),
    "bury": _verb(Kind.GRAVE, _V),
    "add_document": _verb(Kind.DOCUMENT, _R, _C, _E, _S),
    "acknowledge_notice": _verb(Kind.NOTICE, *_EVERYBODY),
}
"""Verb -> its kind of record and the roles that may. Nobody else may."""


def may(role: UserRole, verb: str) -> bool:
    """Whether this role may do this; False for a verb that is not in the table."""
    return verb in VERBS and role in VERBS[verb].roles


def reach(role: UserRole, kind: Kind) -> Reach | None:
    """How far this role may read records of this kind; None: not at all."""
    return READ.get(kind, {}).get(role)
