"""Who is asking: one named user with their offices. Every read and every action needs one."""

from __future__ import annotations

from dataclasses import dataclass

from antigone.domain import Kind, Reach, UserRole, may, reach
from antigone.register.models import User


@dataclass(frozen=True, slots=True)
class Actor:
    """One active user, as of now."""

    user: str
    name: str
    party: str
    institution: str
    roles: frozenset[UserRole]
    relative: str | None = None
    family: str | None = None

    def may(self, verb: str) -> bool:
        return any(may(role, verb) for role in self.roles)

    def reaches(self, kind: Kind) -> frozenset[Reach]:
        """How far this user may read records of this kind; empty: not at all."""
        found = {reach(role, kind) for role in self.roles}
        return frozenset(r for r in found if r is not None)


def actor_of(user: User) -> Actor | None:
    """The actor that this user is; None for a user who is suspended."""
    if not user.is_active:
        return None
    return Actor(
        user.pk,
        user.name,
        user.party_id,
        user.institution_id,
        frozenset(UserRole(role) for role in user.roles),
        user.relative_id,
        user.relative.family_id if user.relative_id else None,
    )


def actor_named(username: str) -> Actor | None:
    """The actor with this log-in name; None where there is none, or the user is suspended."""
    user = User.objects.filter(username=username).first()
    return actor_of(user) if user is not None else None
