"""The people of the tests: everyone who works with a register, on both sides, and those who must see nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antigone.actions import Done
    from antigone.register.actor import Actor

ROLES = (
    "registrar",
    "liaison",
    "coordinator",
    "examiner",
    "laboratory",
    "geneticist",
    "signatory",
    "burial_officer",
    "auditor",
)
"""Offices of which each side has one; the administrator founded the register, the intermediary is neutral."""


@dataclass(frozen=True)
class Cast:
    """One actor for each part. Side A keeps the register; side B has the same offices in it."""

    by_name: dict[str, Actor] = field(repr=False)

    def __getitem__(self, name: str) -> Actor:
        return self.by_name[name]

    def names(self) -> list[str]:
        return sorted(self.by_name)


def do(actor: Actor, name: str, /, **typed: str) -> Done:
    """Do this as that person, from typed texts as a page would send them."""
    from antigone.actions import perform, read_command, verb

    code = verb(name)
    return perform(actor, code, read_command(code.command, typed))


def founder() -> Actor:
    """Whoever founds a register: nobody yet."""
    from antigone.actions import founder

    return founder()


def enter_cast() -> None:
    """Found a register and enter everybody, by actions."""
    do(
        founder(),
        "found_register",
        party_code="A",
        party_name="Side A",
        side="side",
        institution="Bureau of side A",
        username="a.administrator",
        name="A Administrator",
    )
    administrator = cast_of()["administrator"]
    side_b = do(administrator, "add_party", code="B", name="Side B", side="side").record
    neutral = do(administrator, "add_party", code="N", name="Neutral third", side="neutral").record
    bureau_a = administrator.institution
    bureau_b = do(administrator, "add_institution", party=side_b, name="Bureau of side B").record
    office = do(administrator, "add_institution", party=neutral, name="Office of the neutral third").record
    for side, bureau in (("a", bureau_a), ("b", bureau_b)):
        for role in ROLES:
            _user(administrator, bureau, f"{side}.{role}", role)
        _user(administrator, bureau, f"{side}.second_signatory", "signatory")
    _user(administrator, office, "n.intermediary", "intermediary")


def cast_of() -> Cast:
    """The actors of the open register: `registrar` of side A, `b.registrar` of side B."""
    from antigone.register.actor import actor_of
    from antigone.register.models import User

    found = {}
    for user in User.objects.all():
        actor = actor_of(user)
        if actor is not None:
            found[user.username.removeprefix("a.").removeprefix("n.")] = actor
    return Cast(found)


def _user(administrator: Actor, institution: str, username: str, role: str, **more: str) -> str:
    name = username.replace(".", " ").title()
    done = do(administrator, "add_user", institution=institution, username=username, name=name, roles=role, **more)
    return done.record
