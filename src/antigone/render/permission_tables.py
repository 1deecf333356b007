"""The table of permissions as the manual prints it."""

from __future__ import annotations

from antigone.domain import READ, VERBS, Reach, UserRole

_REACH = {
    Reach.OWN_SELF: "own, or about oneself",
    Reach.OWN_FAMILY: "own family",
    Reach.OWN_INSTITUTION: "own institution",
    Reach.OWN_PARTY: "own party",
    Reach.ANY: "all",
}


def permissions_markdown() -> str:
    """What each role may read of each kind of record, then who may do what; what is not here is refused."""
    return f"### Reading\n\n{_reading()}\n### Doing\n\n{_doing()}"


def _reading() -> str:
    lines = ["| kind of record | who may read it, and how far |", "| --- | --- |"]
    for kind, reaches in READ.items():
        by_reach: dict[Reach, list[str]] = {}
        for role in UserRole:
            if role in reaches:
                by_reach.setdefault(reaches[role], []).append(_word(role))
        cells = (f"{_REACH[reach]}: {_roles(roles)}" for reach, roles in by_reach.items())
        lines.append(f"| {_word(kind)} | {'; '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _doing() -> str:
    lines = ["| verb | done to a | by |", "| --- | --- | --- |"]
    for name, verb in VERBS.items():
        roles = [_word(role) for role in UserRole if role in verb.roles]
        by = "nobody yet: once, on an empty register" if verb.founding else _roles(roles)
        lines.append(f"| `{name}` | {_word(verb.kind)} | {by} |")
    return "\n".join(lines) + "\n"


def _roles(roles: list[str]) -> str:
    if len(roles) == len(UserRole):
        return "everybody"
    if len(roles) == len(UserRole) - 1 and _word(UserRole.FAMILY_CONTACT) not in roles:
        return "everybody but family contacts"
    return ", ".join(roles)


def _word(code: str) -> str:
    return code.replace("_", " ")
