"""The people of the example register: every office of side A, two of side B, and the neutral third."""

from __future__ import annotations

from dataclasses import dataclass, field

from django_otp.oath import TOTP

from antigone.actions.perform import perform
from antigone.actions.reading import read_command
from antigone.actions.registry import verb
from antigone.register.actor import Actor, actor_named
from antigone.register.passwords import new_one_time_password
from antigone.register.second_factor import STEP, backup_codes, new_secret, secret_bytes

BUREAU, LABORATORY, OTHER_BUREAU, OFFICE = "bureau", "laboratory", "other bureau", "office"
NAMES = {
    LABORATORY: "Laboratory of side A (example)",
    OTHER_BUREAU: "Bureau of side B (example)",
    OFFICE: "Office of the neutral third (example)",
}
USERS = {
    "registrar": (BUREAU, "registrar"),
    "liaison": (BUREAU, "liaison"),
    "coordinator": (BUREAU, "coordinator"),
    "examiner": (BUREAU, "examiner"),
    "laboratory": (LABORATORY, "laboratory"),
    "geneticist": (BUREAU, "geneticist"),
    "signatory": (BUREAU, "signatory"),
    "second_signatory": (BUREAU, "signatory"),
    "burial_officer": (BUREAU, "burial_officer"),
    "auditor": (BUREAU, "auditor"),
    "b.registrar": (OTHER_BUREAU, "registrar, liaison"),
    "b.coordinator": (OTHER_BUREAU, "coordinator"),
    "n.intermediary": (OFFICE, "intermediary"),
}
"""Log-in name -> institution and offices."""
CODES = 5
"""One-time codes that are printed for each."""


@dataclass(frozen=True, slots=True)
class LogIn:
    """What somebody logs in with: once with the password, and once with each of the codes."""

    username: str
    offices: str
    one_time_password: str = field(repr=False)
    codes: tuple[str, ...] = field(repr=False)


def do(actor: Actor, name: str, /, **typed: str) -> str:
    """Do this as that person, from typed texts; the identifier of the record it was about."""
    code = verb(name)
    return perform(actor, code, read_command(code.command, typed)).record


def user(username: str) -> Actor:
    """The active user of this name."""
    found = actor_named(username)
    if found is None:
        raise ValueError(f"{username} is no active user")
    return found


def enter_institutions(administrator: Actor) -> dict[str, str]:
    """The other party and the neutral one, and everybody's institutions; word -> identifier, with A, B and N."""
    found = {"A": administrator.party, BUREAU: administrator.institution}
    found["B"] = do(administrator, "add_party", code="B", name="Side B (example)", side="side")
    found["N"] = do(administrator, "add_party", code="N", name="Neutral third (example)", side="neutral")
    for word, party in ((LABORATORY, "A"), (OTHER_BUREAU, "B"), (OFFICE, "N")):
        found[word] = do(administrator, "add_institution", party=found[party], name=NAMES[word])
    return found


def enter_users(administrator: Actor, institutions: dict[str, str]) -> None:
    """Everybody with their offices; none of them can log in yet."""
    for username, (institution, roles) in USERS.items():
        enter_user(administrator, institutions[institution], username, roles)


def enter_user(administrator: Actor, institution: str, username: str, roles: str, relative: str = "") -> None:
    """One user; `relative`: whose family contact this is."""
    do(
        administrator, "add_user", institution=institution, username=username, roles=roles, relative=relative,
        name=f"{username.replace('.', ' ').replace('_', ' ').title()} (example)",
    )  # fmt: skip


def give_access(administrator: str, username: str) -> LogIn:
    """A one-time password, and a second factor whose backup codes stand for the application on a phone."""
    actor, password, secret = user(username), new_one_time_password(), new_secret()
    do(user(administrator), "renew_access", user=actor.user, one_time_password=password)
    key = secret_bytes(secret)
    do(actor, "enrol_second_factor", password=password, secret=secret, code=f"{TOTP(key, step=STEP).token():06}")
    return LogIn(username, ", ".join(sorted(actor.roles)), password, backup_codes(key)[:CODES])
