"""Numbers that the page on methods names are those of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from antigone.core.alike import WRONGLY_READ
from antigone.core.components import MOST_TOGETHER
from antigone.core.frequencies import MINIMUM_WITHOUT_SIZE
from antigone.core.urn import MOST_DRAWS
from antigone.domain import FrequencyPolicy, Policy, Prior
from antigone.identify.checks import FEW_LOCI
from antigone.identify.conclude import ENOUGH_LOCI, WORTH_SHOWING
from antigone.identify.event import MOST_SETS, WIDER_MISSING, WIDER_OUTSIDE
from antigone.identify.samples import ALIKE_LOG10_LR, ALIKE_OVER_BROTHERS

PAGE = " ".join((Path(__file__).resolve().parents[2] / "docs" / "methods.md").read_text("utf-8").split())
NUMBER_WORDS = {2: "two", 8: "eight", 10: "ten times", 20: "20"}
P = Policy()
D, S, T = P.dropout, P.sex, P.thresholds


@pytest.mark.parametrize("sentence", [
    f"at most {NUMBER_WORDS[MOST_DRAWS]} such alleles",
    f"at most {NUMBER_WORDS[MOST_TOGETHER]} remains rival each other",
    f"at most {MOST_SETS:,} of them",
    f"else {MINIMUM_WITHOUT_SIZE:g}",
    f"The default is {P.theta:g} in casework",
    f"full from {D.full_from:g} (d = {D.full:g}), partial from {D.partial_from:g} ({D.partial:g}), else poor",
    f"else poor ({D.poor:g})",
    f"| X alone | {S.x_only_given_male:g}; {S.x_only_given_male_partial:g} in a sample with dropout | "
    f"{1 - S.xy_given_female:g} |",
    f"{1 - S.x_only_given_male:g}; {1 - S.x_only_given_male_partial:g} | {S.xy_given_female:.4f}",
    f"| {1 - S.recorded_wrong:g} if it agrees, else {S.recorded_wrong:g} |",
    f"e = {Prior(1, 0.5).unlisted_kin:g} (`unlisted_kin`)",
    f"M {NUMBER_WORDS[WIDER_MISSING]} as large and q doubled",
    f"samples with fewer than {FEW_LOCI} loci",
    f"is at least {ALIKE_LOG10_LR:g}, and at least {ALIKE_OVER_BROTHERS:g} above",
    f"with −{-WRONGLY_READ:g} at most",
    f"a log10 LR of −{-T.exclusion_log10_lr:g} or less",
    f"posterior at least {T.match_posterior:g}, and no reason",
    f"posterior at least {T.probable_posterior:g}, and neither",
    f"together they reach {T.probable_posterior:g}",
    f"a posterior of at least {WORTH_SHOWING:g}",
    f"at no more than {NUMBER_WORDS[T.max_incompatible]} loci of at least {ENOUGH_LOCI}",
    f"at least {NUMBER_WORDS[T.min_typed_relatives]} relatives are typed",
    f"excluded by more than {NUMBER_WORDS[T.max_incompatible]} incompatible loci",
])  # fmt: skip
def test_the_page_says_what_the_program_does(sentence: str) -> None:
    assert sentence in PAGE


def test_what_the_page_says_of_four_powers_of_ten() -> None:
    assert (T.match_log10_lr, T.lead_log10_lr, WIDER_OUTSIDE) == (4.0, 4.0, 2)
    assert "the LR of a match is at least 10⁴, and 10⁴ times that of any other" in PAGE


@pytest.mark.parametrize("way", ["minimum", "rest", "refuse"])
def test_every_way_with_absent_alleles_is_named(way: str) -> None:
    assert f'"{way}"' in PAGE
    assert FrequencyPolicy().absent == "minimum"
