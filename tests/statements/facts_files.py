"""Small facts files for the tests: two sides, A and B, one document, and whatever statements a test needs."""

from pathlib import Path

from antigone.domain import Facts
from antigone.statements import read_facts

HEAD = """
format = "antigone-facts/1"
title = "Two sides"
parties = [{ code = "B", name = "Bordoria", role = "side" }, { code = "A", name = "Arden", role = "side" }]
speakers = [{ id = "envoy", name = "the envoy", party = "A" }, { id = "clerk", name = "the clerk" }]
quantities = [
    { id = "dead", meaning = "dead of A", kind = "casualties", of = ["A"], running = true, since = "2020-01-01" },
    { id = "june", meaning = "bodies to B in June", kind = "remains", of = ["B"] },
    { id = "july", meaning = "bodies to B in July", kind = "remains", of = ["B"] },
]
documents = [
    { id = "d1", outlet = "One", published = "2020-06-30", basis = "explicit", sha256 = "D1" },
    { id = "d2", outlet = "Two", published = "2020-07-31", basis = "explicit", sha256 = "D2" },
]
""".replace("D1", "0" * 64).replace("D2", "1" * 64)

_DEFAULTS = {"document": '"d1"', "span": "[0, 9]", "act": '"casualty_claim"', "realis": '"asserted"'}


def statement(name: str, **fields: str) -> str:
    """One `[[statements]]` table; values are written as TOML, `from_` for `from`."""
    table = {"id": f'"{name}"', **_DEFAULTS, **{key.rstrip("_"): value for key, value in fields.items()}}
    lines = [f"{key} = {value}" for key, value in table.items() if value]
    return "\n".join(["", "[[statements]]", *lines, ""])


def dead(name: str, low: int, high: int, when: str, qualifier: str = "exact") -> str:
    """A claim on the running total of the dead of A."""
    return statement(
        name,
        kind='"casualties"',
        of='["A"]',
        quantity='"dead"',
        count=f'{{ min = {low}, max = {high}, qualifier = "{qualifier}" }}',
        when=f'"{when}"',
        when_basis='"explicit"',
    )


def remains(name: str, act: str, number: int | None, when: str, **fields: str) -> str:
    """An act on remains of B that goes from A to B."""
    count = {"count": f'{{ min = {number}, max = {number}, qualifier = "exact" }}'} if number else {}
    return statement(
        name,
        act=f'"{act}"',
        kind='"remains"',
        of='["B"]',
        unit='"bodies"',
        from_='"A"',
        to='"B"',
        by='["A"]',
        when=f'"{when}"',
        when_basis='"explicit"',
        **count,
        **fields,
    )


def tie(kind: str, target: str) -> str:
    return f'[{{ type = "{kind}", target = "{target}" }}]'


def facts_of(folder: Path, *statements: str) -> Facts:
    """Write the file and read it."""
    path = folder / "facts.toml"
    path.write_text(HEAD + "".join(statements), encoding="utf-8")
    return read_facts(path)
