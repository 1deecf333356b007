"""Policy -> commented settings.toml, which reads back as the same policy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from antigone.domain import MutationModel, Policy, Prior
from antigone.intake.codec import to_plain
from antigone.intake.settings import FORMAT

_COMMENTS = {
    "mode": "casework, or concordance: the rules of the nearest peers, to compare with them",
    "theta": "co-ancestry of the population",
    "loci_left_out": "loci that are not used, for example one of vWA and D12S391",
    "prior": "Asked for, never guessed; both stand beside every posterior.",
    "prior.missing_total": "M: ALL missing who could lie here, those without a family sample included",
    "prior.outside": "q: probability that remains are of nobody counted in M; 0 needs a reason",
    "prior.unlisted_kin": "prior that two unassigned remains are brothers whom nobody listed",
    "frequency.absent": "allele absent from a table: minimum, rest or refuse",
    "frequency.minimum": "no allele is rarer; left out: 5 / (2 x database size), 0.001 without a size",
    "frequency.sum_tolerance": "a table off by at most this is rescaled to 1",
    "mutation": "Kinds: none, equal, proportional, stepwise, onestep, dawid, custom.",
    "mutation.rate_female": "mutations per meiosis, mother to child",
    "mutation.rate_male": "mutations per meiosis, father to child",
    "mutation.range_female": "stepwise: each further repeat is this factor less likely",
    "mutation.fractional_rate_female": "stepwise: rate of jumps between whole repeats and microvariants",
    "dropout": "Probability that one allele of a sample is not seen, by class of sample.",
    "dropout.full_from": "share of expected loci with a call from which a sample is full",
    "sex": "Amelogenin is an observation with error.",
    "sex.x_only_given_male": "probability of X alone in a male",
    "sex.male_share": "share of males among those the remains could be",
    "thresholds": "Where a number becomes a word; LRs are log10.",
}  # fmt: skip


def settings_text(policy: Policy, tables: tuple[str, ...], name: str) -> str:
    """The whole file. Tables are named as shipped, or by the path of a CSV in the folder."""
    plain = to_plain(policy)
    by_locus = plain.pop("mutation_by_locus")
    scalars = {key: value for key, value in plain.items() if not isinstance(value, dict)}
    sections = {key: value for key, value in plain.items() if isinstance(value, dict)}
    lines = [
        "# Settings of a case. Every choice that can change an answer stands here.",
        f"format = {_value(FORMAT)}",
        f"name = {_value(name)}",
        "# every likelihood ratio is computed under each table, the lowest decides",
        f"tables = {_value(list(tables))}",
    ]
    lines += _keys("", scalars)
    for key, section in sections.items():
        lines += ["", *_comment(key), f"[{key}]", *_keys(f"{key}.", _spoken(key, section))]
    for locus, model in by_locus.items():
        lines += ["", f"[mutation_by_locus.{_value(locus)}]", *_keys("", _spoken("mutation", model))]
    return "\n".join(lines) + "\n"


def example_settings() -> str:
    """The commented example: our defaults, and a prior whose numbers must be replaced.

    >>> example_settings().splitlines()[1]
    'format = "antigone-case/1"'
    """
    prior = Prior(missing_total=120, outside=0.05)
    return settings_text(Policy(prior=prior), ("Norway", "Africa"), "Example")


def _spoken(key: str, section: dict[str, Any]) -> dict[str, Any]:
    """A mutation model without the fields that are as they are by default."""
    if key != "mutation":
        return section
    default = to_plain(MutationModel())
    always = ("kind",) if section["kind"] == "none" else ("kind", "rate_female", "rate_male")
    return {k: v for k, v in section.items() if k in always or v != default[k]}


def _keys(prefix: str, section: dict[str, Any]) -> Iterator[str]:
    for key, value in section.items():
        if value is not None:
            yield from _comment(prefix + key)
            yield f"{key} = {_value(value)}"


def _comment(key: str) -> list[str]:
    return [f"# {_COMMENTS[key]}"] if key in _COMMENTS else []


def _value(value: Any) -> str:
    """One TOML value; a list of lists gets a line for each."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        if value and isinstance(value[0], list):
            return "[\n" + "".join(f"    {_value(row)},\n" for row in value) + "]"
        return "[" + ", ".join(_value(v) for v in value) + "]"
    return repr(value)
