"""A question of kinship as text: every line within the width, every figure where it belongs."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

from antigone.domain import FrequencyTable, KinshipFinding, KinshipQuestion, Pedigree, Policy, Profile
from antigone.render import kinship_text

QUESTION = KinshipQuestion(
    "paternity", {"father": Pedigree(()), "uncle": Pedigree(()), "unrelated": Pedigree(())},
    {"man": Profile("man", {}), "child": Profile("child", {})}, (FrequencyTable("North", "made up", {}),), Policy(),
)  # fmt: skip
BY_LOCUS = {
    "father": {"FGA": -2.0, "TH01": -1.5}, "uncle": {"FGA": -2.5, "TH01": -1.5},
    "unrelated": {"FGA": -3.25, "TH01": -2.0},
}  # fmt: skip
FINDING = KinshipFinding(
    question="paternity",
    reference="unrelated",
    log10_lr={"father": 1.75, "uncle": 1.25, "unrelated": 0.0},
    log10_lr_by_table={"North": {"father": 1.75, "uncle": 1.25, "unrelated": 0.0}},
    deciding_table=dict.fromkeys(BY_LOCUS, "North"),
    log10_likelihood_by_locus=BY_LOCUS,
    log10_reference_by_locus=dict.fromkeys(BY_LOCUS, BY_LOCUS["unrelated"]),
    software="antigone 0.1.0",
    policy_digest="ab" * 32,
    table_digests={"North": "cd" * 32},
    input_digests={},
)


def cells(text: str, first: str) -> list[list[str]]:
    """Words of the lines that begin with this one."""
    return [line.split() for line in text.splitlines() if line.split()[:1] == [first]]


def test_ratios_and_loci() -> None:
    text = kinship_text(QUESTION, FINDING)
    assert text.startswith("paternity\nTyped: man, child\n")
    assert cells(text, "father") == [["father", "56", "1.75", "−3.50", "North"]]
    assert cells(text, "FGA") == [["FGA", "1.25", "0.75"]]
    assert "theta 0.01; tables North; policy abababababab; antigone 0.1.0" in text
    assert all(len(line) <= 100 for line in text.splitlines())


def test_a_hypothesis_that_is_impossible() -> None:
    by_locus = {**BY_LOCUS, "uncle": {"FGA": -inf, "TH01": -1.5}}
    finding = replace(FINDING, log10_lr={**FINDING.log10_lr, "uncle": -inf}, log10_likelihood_by_locus=by_locus)
    text = kinship_text(QUESTION, finding)
    assert cells(text, "uncle") == [["uncle", "0", "−∞", "−∞", "North"]]
    assert cells(text, "FGA") == [["FGA", "1.25", "−∞"]]


def test_no_ratio_where_both_are_impossible() -> None:
    impossible = {"FGA": -inf, "TH01": -2.0}
    finding = replace(
        FINDING, log10_lr={**FINDING.log10_lr, "father": nan, "uncle": inf},
        log10_likelihood_by_locus={**BY_LOCUS, "father": impossible, "unrelated": impossible},
        log10_reference_by_locus=dict.fromkeys(BY_LOCUS, impossible),
    )  # fmt: skip
    text = kinship_text(QUESTION, finding)
    assert cells(text, "father")[0][1:3] == ["–", "–"]
    assert "Under unrelated what was seen is impossible at: FGA." in text
    assert cells(text, "FGA") == [["FGA", "–", "∞"]]


def test_long_names_are_wrapped() -> None:
    names = {name: f"{name} of a family with a name that fills most of a line by itself" for name in BY_LOCUS}
    finding = replace(
        FINDING, reference=names["unrelated"], log10_lr={names[n]: v for n, v in FINDING.log10_lr.items()},
        deciding_table=dict.fromkeys(names.values(), "North"),
        log10_likelihood_by_locus={names[n]: v for n, v in BY_LOCUS.items()},
        log10_reference_by_locus=dict.fromkeys(names.values(), BY_LOCUS["unrelated"]),
    )  # fmt: skip
    assert all(len(line) <= 100 for line in kinship_text(QUESTION, finding).splitlines())
