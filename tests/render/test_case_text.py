"""The finding for the terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antigone.domain import Mode
from antigone.render import case_text
from antigone.render.case_view import CaseView
from tests.render.case_fixture import case, finding


@pytest.mark.parametrize("width", [80, 96, 110])
def test_lines_keep_within_the_width(width: int) -> None:
    lines = case_text(case(), finding(), width).splitlines()
    assert max(map(len, lines)) <= width
    assert not any(line != line.rstrip() for line in lines)


def test_conclusions_come_first_and_a_finding_is_no_identification() -> None:
    text = case_text(case(), finding())
    headings = ["CONCLUSIONS", "REMAINS", "LOG10 LR", "BEST JOINT", "NOT IDENTIFIABLE", "WARNINGS", "HOW THIS"]
    places = [text.index(f"\n{heading}") for heading in headings]
    assert places == sorted(places)
    assert "not an identification" in " ".join(text[: places[0]].split())


def test_m_and_q_stand_at_every_posterior() -> None:
    text = " ".join(case_text(case(), finding()).replace("\N{NO-BREAK SPACE}", " ").split())
    assert "M = 700, q = 0.1" in text
    assert "M = 7,000, q = 0.1; M = 700, q = 0.2" in text
    assert "Losses of the sector in the week before the handover" in text


def test_every_missing_person_has_a_row_with_its_numbers() -> None:
    lines = case_text(case(), finding()).splitlines()
    row = next(line for line in lines if line.startswith("Conrad"))
    assert row.split()[1:5] == ["Cedar", "probable", "R4", "6.31"]
    assert all(any(line.startswith(name) for line in lines) for name in ("Erik", "Henry", "Robert"))


def test_reasons_are_marked_and_spelled_out() -> None:
    text = case_text(case(), finding())
    assert "only one relative is typed; a match needs more" in text
    assert "\n(1) LR, lead over all others" in text


def test_exclusions_are_marked_in_the_matrix() -> None:
    assert "−11.72 x" in case_text(case(), finding())


def test_concordance__the_flat_prior_is_named_as_such() -> None:
    peers = replace(case(), policy=replace(case().policy, mode=Mode.CONCORDANCE, prior=None))
    flat = replace(finding(), missing_total=None, outside=None, joint=replace(finding().joint, sensitivity=()))
    text = " ".join(case_text(peers, flat).split())
    assert "Flat prior: every assignment counts the same before the DNA results; for concordance with other" in text
    assert "more than 2 loci that do not fit" in text
    assert "M = 700" not in text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_lowest_posterior_over_the_tables_is_given_and_shares_stay_with_one_table() -> None:
    joint = finding().joint
    lower = replace(joint, pairs=tuple(replace(p, probability=p.probability / 2) for p in joint.pairs))
    view = CaseView(case(), replace(finding(), other_joints=(lower,)))
    one = CaseView(case(), finding())
    emil = ("Elm", "he")
    assert view.posterior("R5", emil) == (one.posterior("R5", emil) or 0.0) / 2
    assert view.wider("R5", emil) == one.wider("R5", emil)
    assert view.shares("R5") == one.shares("R5")


def test_gaps_of_a_table_are_put_together() -> None:
    gaps = tuple(
        ("allele-absent", {"locus": locus, "allele": allele, "table": "North"})
        for locus, allele in (("FGA", "31.2"), ("SE33", "9"))
    )
    assert "- Not in table North, and given a frequency by the policy: FGA 31.2, SE33 9.\n" in case_text(
        case(), replace(finding(), warnings=gaps)
    )
