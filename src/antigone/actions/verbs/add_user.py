"""Add a user: a named person with offices, within one institution."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Ref
from antigone.domain import InputRefused, Kind, Place, Problem, UserRole
from antigone.register import doors
from antigone.register.models import Institution, Relative, User
from antigone.register.refusals import NotHere, NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """Somebody who will log in. The first password is set by `renew_access`, and changed at the first log-in."""

    institution: Annotated[str, Ref(Kind.INSTITUTION)]
    username: str
    name: str
    roles: str  # separated by commas
    relative: Annotated[str | None, Ref(Kind.RELATIVE)] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The user's identifier."""
    institution = doors.institutions.get(act.actor, command.institution)
    roles = read_roles(command.roles)
    if User.objects.filter(username=command.username).exists():
        raise NotNow("username-taken", username=command.username)
    _check(act, command, institution, roles)
    user = act.create(
        User,
        party=institution.party_id,
        institution=institution.pk,
        state="active",
        username=command.username,
        name=command.name,
        roles=[role.value for role in roles],
        relative=command.relative,
    )
    user.set_unusable_password()
    User.objects.filter(pk=user.pk).update(password=user.password)
    return str(user.pk)


def _check(act: Act, command: Command, institution: Institution, roles: list[UserRole]) -> None:
    refuse_other_administrator(act, institution.party_id, roles)
    if command.relative is None:
        if UserRole.FAMILY_CONTACT in roles:
            raise NotNow("contact-without-relative", user=command.username)
        return
    # an administrator reads no relatives: the family gave the number
    known = Relative.objects.filter(pk=command.relative, party=institution.party_id, state="active")
    if not known.exists():
        raise NotHere(Kind.RELATIVE.value, command.relative)


def refuse_other_administrator(act: Act, party: str, roles: list[UserRole]) -> None:
    """Raise NotNow (`administrator-of-other-party`): an administrator can renew everybody's access, on both sides."""
    if UserRole.ADMINISTRATOR in roles and party != act.actor.party:
        raise NotNow("administrator-of-other-party", party=party)


def read_roles(text: str) -> list[UserRole]:
    """The offices named in a text, each once; InputRefused for a word that names none."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    known = [role.value for role in UserRole]
    unknown = [word for word in words if word not in known]
    if unknown or not words:
        needed = "one or more of " + ", ".join(known)
        raise InputRefused([Problem("unknown-word", Place(column="roles"), ", ".join(unknown), needed)])
    return [UserRole(word) for word in dict.fromkeys(words)]
