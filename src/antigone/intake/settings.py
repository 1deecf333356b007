"""settings.toml -> policy, tables and name of the case. Nothing is guessed, no key is ignored."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from antigone.domain import (
    FrequencyTable,
    InputRefused,
    Policy,
    Problem,
    canonical_locus,
)
from antigone.intake.codec import from_plain
from antigone.intake.collector import Collector, at_row, did_you_mean
from antigone.intake.frequency_tables import read_table_and_digest
from antigone.intake.settings_checks import policy_findings
from antigone.intake.textfile import read_text

FORMAT = "antigone-case/1"
SETTINGS = "settings.toml"
_OWN_KEYS = ("format", "name", "tables")
_ASKED = {
    "prior.missing_total": "missing_total, the number M of all missing who could lie here",
    "prior.outside": "outside, the probability q of being of nobody counted in M",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What settings.toml says. `rows`: where each key stands; `digests`: of the files it names."""

    name: str
    policy: Policy
    tables: tuple[FrequencyTable, ...]
    digests: dict[str, str]
    rows: dict[str, int]


def read_settings(folder: Path) -> Settings:
    """The settings of a case folder; InputRefused with everything wrong in them."""
    collector = Collector(SETTINGS)
    text, digest = read_text(folder / SETTINGS, collector)
    plain = parse_toml(text, collector)
    rows = key_rows(text)
    if plain.get("format") != FORMAT:
        found = str(plain.get("format", "no format"))
        collector.refuse("format", row=rows.get("format", 1), item="format", found=found, needed=FORMAT)
    policy = _policy(plain, rows, collector)
    tables, digests = _tables(plain, folder, rows, collector)
    name = plain.get("name", folder.resolve().name)
    if not isinstance(name, str):
        collector.add("wrong-value", row=rows.get("name"), item="name", found=repr(name),
                      needed="a text in quotes")  # fmt: skip
    collector.finish()
    return Settings(str(name), policy, tables, {SETTINGS: digest, **digests}, rows)


def parse_toml(text: str, collector: Collector) -> dict[str, Any]:
    """The tables of a TOML text; InputRefused with the line where it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r" \(at line (\d+), column (\d+)\)", str(error))
        reason = str(error)[: where.start()] if where else str(error)
        row = int(where.group(1)) if where else text.count("\n") + 1
        comma = re.search(r"=\s*(-?\d+,\d+)\s*$", text.split("\n")[row - 1])
        if comma:
            collector.refuse("decimal-comma", row=row, found=comma.group(1), needed="a decimal point")
        collector.refuse("bad-toml", row=row, found=reason.lower(), needed="lines such as theta = 0.01")


def key_rows(text: str) -> dict[str, int]:
    r"""Line of each key, with dots: {"prior.outside": 12}. Sections count under their own name, those of a list from 0.

    >>> key_rows('theta = 0.01\n[prior]\noutside = 0.05\n[[b]]\nc = 1\n[[b]]\nc = 2')
    {'theta': 1, 'prior': 2, 'prior.outside': 3, 'b': 4, 'b.0': 4, 'b.0.c': 5, 'b.1': 6, 'b.1.c': 7}
    """
    rows: dict[str, int] = {}
    times: Counter[str] = Counter()
    section = ""
    for number, line in enumerate(text.split("\n"), start=1):
        heading = re.match(r"\s*(\[\[?)([\w\-\"' .]+)\]", line)
        key = re.match(r"\s*([\w\-\"' .]+?)\s*=", line)
        if heading:
            name = heading.group(2).replace('"', "").replace("'", "").strip()
            rows.setdefault(name, number)
            if heading.group(1) == "[[":
                times[name] += 1
                name = f"{name}.{times[name] - 1}"
                rows[name] = number
            section = f"{name}."
        elif key:
            rows.setdefault(section + key.group(1).strip("\"' "), number)
    return rows


def _policy(plain: dict[str, Any], rows: dict[str, int], collector: Collector) -> Policy:
    policy_keys = {f.name for f in fields(Policy)}
    known = (*_OWN_KEYS, *policy_keys)
    for key in plain:
        if key not in known:
            collector.add("unknown-key", row=rows.get(key), item=key, found=key,
                          needed=did_you_mean(key, known))  # fmt: skip
    try:
        policy = from_plain(Policy, {k: v for k, v in plain.items() if k in policy_keys}, SETTINGS)
    except InputRefused as refused:
        for problem in refused.problems:
            collector.add_problem(_with_row(problem, rows))
        raise InputRefused(collector.listed()) from None
    for code, key, found, needed in policy_findings(policy):
        collector.add(code, row=row_of(key, rows), item=key, found=found, needed=needed)
    return replace(
        policy,
        mutation_by_locus={canonical_locus(k): v for k, v in policy.mutation_by_locus.items()},
        loci_left_out=tuple(canonical_locus(name) for name in policy.loci_left_out),
    )


def row_of(key: str, rows: dict[str, int]) -> int | None:
    """The line of a key, or of the nearest section around it."""
    while key and key not in rows:
        key = key.rpartition(".")[0]
    return rows.get(key)


def _with_row(problem: Problem, rows: dict[str, int]) -> Problem:
    asked = _ASKED.get(problem.place.item)
    if problem.code == "missing-key" and asked:
        problem = replace(problem, code="no-prior", found=f"no {problem.needed}", needed=asked)
    return at_row(problem, row_of(problem.place.item, rows))


def _tables(
    plain: dict[str, Any], folder: Path, rows: dict[str, int], collector: Collector
) -> tuple[tuple[FrequencyTable, ...], dict[str, str]]:
    named = plain.get("tables")
    row = rows.get("tables")
    if not isinstance(named, list) or not named or not all(isinstance(n, str) for n in named):
        collector.add("no-tables", row=row, item="tables", found=repr(named) if named else "no tables",
                      needed='a list such as tables = ["Norway"]')  # fmt: skip
        return (), {}
    tables: list[FrequencyTable] = []
    digests: dict[str, str] = {}
    for name in named:
        try:
            table, digest = read_table_and_digest(name, folder)
        except InputRefused as refused:
            for problem in refused.problems:
                from_settings = problem.code == "unknown-table"
                place = replace(problem.place, file=SETTINGS, row=row) if from_settings else problem.place
                collector.add_problem(replace(problem, place=place))
            continue
        if table.name in {t.name for t in tables}:
            collector.add("table-twice", row=row, item="tables", found=table.name, needed="each table once")
        tables.append(table)
        digests[name if name.endswith((".csv", ".parquet")) else f"table {table.name}"] = digest
    return tuple(tables), digests
