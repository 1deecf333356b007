"""The score of a screening: counted by hand on a tiny war, and again by loops on a small one."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from antigone.core import FamilyOptions, joint_posterior, log_prior_by_count
from antigone.domain import Prior, Really, Score, WhyMissed, WhyWrong
from antigone.intake import from_json, write_columns
from antigone.simulate import RUN_TABLES, ScreenedRun, score
from antigone.simulate.score_curves import BINS
from antigone.simulate.score_faults import FAULTS, lines_between
from antigone.simulate.score_found import LEVELS, below_floor
from antigone.simulate.score_frames import who_is_who, with_relations
from antigone.simulate.score_persons import weigh
from tests.command_line import antigone, assert_refused
from tests.simulate.screened_wars import floor_log10_lr, screened

PRIOR = Prior(20, 0.05)

FAMILIES = {  # family: kind, group, second_of, missing persons, typed relatives
    "F1": ("mother", "lone-parent", None, {"missing": "A", "missing-brother": "B"}, ["mother"]),
    "F2": ("child", "child", "F1", {"missing": "A"}, ["child", "partner"]),
    "F3": ("mother", "lone-parent", None, {"missing": "C"}, ["mother"]),
    "F4": ("uncle", "distant", None, {"missing": "D"}, ["uncle"]),
    "F5": ("none", "none", None, {"missing": "E"}, []),
    "F6": ("sibling", "full-siblings", None, {"missing": "G"}, ["sibling"]),
    "F7": ("both-parents", "both-parents", None, {"missing": "P", "missing-brother": "Q"}, ["father", "mother"]),
}
REMAINS = {  # remains: person, exchanged with, loci, class
    "R1": ("A", None, 23, "full"), "R2": ("A", None, 9, "poor"), "R3": ("B", None, 23, "full"),
    "R4": ("C", "R5", 23, "full"), "R5": ("U1", "R4", 23, "full"), "R6": ("D", None, 23, "full"),
    "R7": ("E", None, 23, "full"), "R8": ("U2", None, 18, "partial"), "R9": ("Q", None, 23, "full"),
    "R10": ("U3", None, 15, "partial"), "R11": ("G", None, 10, "poor"), "R12": ("A", None, 5, "poor"),
}  # fmt: skip
CANDIDATES = [
    ("R1", "F1", "missing", 14.0), ("R1", "F1", "missing-brother", 2.0), ("R2", "F1", "missing", 5.0),
    ("R3", "F2", "missing", 9.0), ("R5", "F3", "missing", 12.0), ("R8", "F6", "missing", 9.0),
    ("R9", "F7", "missing", 10.0), ("R9", "F7", "missing-brother", 1.0), ("R8", "F4", "missing", 1.5),
]  # fmt: skip
ALIKE = [("R1", "R2", 8.0, 4.0), ("R10", "R2", 7.0, 3.0), ("R1", "R12", 7.0, 2.9), ("R8", "R9", 5.9, 6.0)]
RELATIVES = {"uncle": "uncle", "none": "none", "sibling": "sibling", "both-parents": "parent+parent"}


def texts(rows: list[tuple], *names: str) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def tiny_truth() -> dict[str, pl.DataFrame]:
    missing = [(f, m, person) for f, entry in FAMILIES.items() for m, person in entry[3].items()]
    relatives = [(f, r, f"S-{f}-{r}", "L", "as given", None) for f, entry in FAMILIES.items() for r in entry[4]]
    return {
        "missing": texts(missing, "family", "missing", "person"),
        "families": texts(
            [(f, e[0], e[1], "equal", e[2]) for f, e in FAMILIES.items()],
            "family", "kind", "group", "mutation", "second_of",
        ),
        "remains": texts(
            [(r, e[0], f"S-{r}", e[3], e[1] and f"S-{e[1]}") for r, e in REMAINS.items()],
            "remains", "person", "sample", "quality", "typed_as",
        ),
        "relatives": texts(relatives, "family", "relative", "sample", "laboratory", "truly", "typed_as"),
        "paternity": texts([], "family", "child", "declared"),
        "mutations": texts([], "family", "child", "parent", "locus", "from", "to"),
        "typing_errors": texts([], "sample", "locus", "true", "written"),
    }  # fmt: skip


def tiny_run(candidates: list[tuple[str, str, str, float]] = CANDIDATES) -> ScreenedRun:
    rows = []
    for family, (kind, _group, _second, missing, typed) in FAMILIES.items():
        relatives = RELATIVES.get(kind, "parent" if kind == "mother" else "child+partner")
        high = {"uncle": 0.4, "none": 1.0}.get(kind, 0.01)
        for name in missing:
            rows.append((family, name, relatives, len(typed), high / 2, high, high <= 0.05, 12 if typed else 0, 0.5))
    missing = pl.DataFrame(rows, schema=list(RUN_TABLES["missing"]), orient="row")
    remains = [(r, e[3], e[2], 8, 3.0) for r, e in REMAINS.items()]
    alike = [("remains", a, "remains", b, lr, over) for a, b, lr, over in ALIKE]
    found = [(*row, REMAINS[row[0]][2]) for row in candidates]
    tables = {
        "candidates": pl.DataFrame(found, schema=list(RUN_TABLES["candidates"]), orient="row"),
        "alike": pl.DataFrame(alike, schema=list(RUN_TABLES["alike"]), orient="row"),
        "remains": pl.DataFrame(remains, schema=list(RUN_TABLES["remains"]), orient="row"),
        "missing": missing,
    }
    return ScreenedRun("tiny", PRIOR, floor_log10_lr(PRIOR), tables)


def with_table(run: ScreenedRun, name: str, table: pl.DataFrame) -> ScreenedRun:
    return replace(run, tables={**run.tables, name: table})


@pytest.fixture(scope="module")
def tiny() -> Score:
    return score(tiny_run(), tiny_truth(), "tiny")


def test_true_pairs_found_and_best(tiny: Score) -> None:
    """Of A in three bags and two families six; of B, C, D, E, G and Q one each. Found: R1 and R2 at F1, R9 at F7."""
    everything = tiny.everything
    assert (everything.pairs, everything.possible, everything.found, everything.leads) == (12, 11, 3, 2)
    assert {f.heading: (f.pairs, f.found) for f in tiny.by_relatives} == {
        "parent": (5, 2), "child+partner": (3, 0), "uncle": (1, 0), "none": (1, 0), "sibling": (1, 0),
        "parent+parent": (1, 1),
    }  # fmt: skip
    assert {f.heading: f.pairs for f in tiny.by_group} == {
        "lone-parent": 5, "child": 3, "distant": 1, "none": 1, "full-siblings": 1, "both-parents": 1,
    }  # fmt: skip


def test_named_right_by_the_remains_that_stand_for_all(tiny: Score) -> None:
    """R1 and R2 are F1's, R10 is joined with them and is not."""
    assert tiny.levels == LEVELS
    assert tiny.everything.named == (2, 2, 2)
    by_heading = {f.heading: f.wrong for f in tiny.by_relatives}
    assert by_heading["parent"] == (2, 2, 2)
    assert sum(wrong[0] for wrong in by_heading.values()) == tiny.everything.wrong[0] == 5


def test_every_wrong_name_has_its_reason(tiny: Score) -> None:
    reasons = {(w.remains, w.family, w.missing): w.reason for w in tiny.wrong_names}
    assert reasons == {
        ("R10", "F1", "missing"): WhyWrong.JOINED,
        ("R3", "F2", "missing"): WhyWrong.SECOND_REGISTRATION,
        ("R5", "F3", "missing"): WhyWrong.EXCHANGED,
        ("R8", "F6", "missing"): WhyWrong.CHANCE,
        ("R9", "F7", "missing"): WhyWrong.BROTHER,
    }
    by_remains = {w.remains: w for w in tiny.wrong_names}
    assert by_remains["R9"].really == ("F7/missing-brother",)
    assert by_remains["R8"].really == ()
    assert [by_remains[r].found_own for r in ("R10", "R8")] == [False, True]
    posteriors = [w.posterior for w in tiny.wrong_names]
    assert posteriors == sorted(posteriors, reverse=True)


def test_missed_pairs_have_the_first_reason_that_applies(tiny: Score) -> None:
    assert {(m.reason, m.relatives): m.pairs for m in tiny.missed} == {
        (WhyMissed.NO_RELATIVES, "none"): 1,
        (WhyMissed.EXCHANGED_REMAINS, "parent"): 1,
        (WhyMissed.WEAK_RELATIVES, "uncle"): 1,
        (WhyMissed.FEW_LOCI, "child+partner"): 2,
        (WhyMissed.FEW_LOCI, "parent"): 1,
        (WhyMissed.FEW_LOCI, "sibling"): 1,
        (WhyMissed.WITHIN, "child+partner"): 1,
        (WhyMissed.WITHIN, "parent"): 1,
    }


@pytest.mark.parametrize(
    ("table", "change", "reason"),
    [
        ("relatives", {"typed_as": "S-F3-mother"}, WhyMissed.EXCHANGED_RELATIVE),
        ("relatives", {"truly": "unrelated"}, WhyMissed.GIVEN_AS_ANOTHER),
        ("paternity", ("F6", "sibling", "father"), WhyMissed.FALSE_PATERNITY),
        ("paternity", ("F6", "father", "grandfather"), WhyMissed.FEW_LOCI),
        ("typing_errors", ("S-F6-sibling", "TH01", "6", "7"), WhyMissed.TYPING_ERROR),
        ("typing_errors", ("S-R11", "TH01", "6", "7"), WhyMissed.TYPING_ERROR),
        ("typing_errors", ("S-R12", "TH01", "6", "7"), WhyMissed.FEW_LOCI),
        ("mutations", ("F6", "missing", "mother", "TH01", "6", "7"), WhyMissed.MUTATION),
    ],
)
def test_faults_of_a_missed_pair(table: str, change: tuple | dict, reason: WhyMissed) -> None:
    """R11 is G, whom F6 misses with one sibling typed; what is wrong elsewhere does not matter."""
    truth = tiny_truth()
    if isinstance(change, dict):
        own = pl.col("family") == "F6"
        changed = [pl.when(own).then(pl.lit(v)).otherwise(pl.col(k)).alias(k) for k, v in change.items()]
        truth[table] = truth[table].with_columns(changed)
    else:
        truth[table] = pl.concat([truth[table], texts([change], *truth[table].columns)])
    found = score(tiny_run(), truth)
    assert [m.reason for m in found.missed if m.relatives == "sibling"] == [reason]


def test_what_the_run_never_met_is_told() -> None:
    run = tiny_run()
    run = with_table(run, "missing", run.tables["missing"].filter(pl.col("family") != "F6"))
    kept = run.tables["candidates"].filter(pl.col("family") != "F6")
    missed = score(with_table(run, "candidates", kept), tiny_truth()).missed
    assert next((m.reason, m.relatives, m.pairs) for m in missed) == (WhyMissed.UNCOMPARED, "", 1)


def test_sums_below_the_floor_are_the_same_to_the_bit_in_every_run() -> None:
    rng = np.random.default_rng(4)
    n = 100_000
    below = rng.uniform(size=n) * 10.0 ** rng.integers(-12, 0, n)
    kinds = pl.Series("relatives", rng.choice(["parent", "uncle"], n))
    true = pl.DataFrame({"relatives": kinds, "below_floor_low": below, "below_floor_high": below}).with_columns(
        pl.lit(False).alias(name) for name in (*FAULTS, "found")
    )
    true = true.with_columns(possible=pl.lit(True), sample_class=pl.lit("full"), met=pl.lit(1))
    found = {below_floor(true) for _ in range(10)}
    assert len(found) == 1
    for row in found.pop():
        assert row.expected_low == row.expected_high == below[(kinds == row.relatives).to_numpy()].sum()


def test_joining(tiny: Score) -> None:
    """Joined: R1, R2, R10. R12 is of A as well, and looks like R1 no more than a brother would."""
    joined = tiny.joined
    assert (joined.persons, joined.remains, joined.wrongly, joined.exchanged, joined.apart) == (1, 3, 1, 0, 1)
    assert tiny.estimate.persons == 10


def test_the_best_typed_remains_stand_for_all() -> None:
    """What R2 alone has counts at the floor: R1, better typed, was compared and is no candidate there."""
    candidates = [*CANDIDATES, ("R2", "F6", "missing", 8.0)]
    pairs = weigh(tiny_run(candidates)).pairs
    own = pairs.filter((pl.col("family") == "F6") & pl.col("remains").is_in(["R1", "R2", "R10"]))
    assert own["log10_lr"].to_list() == pytest.approx([floor_log10_lr(PRIOR)] * 3)
    assert own.filter("stands")["remains"].to_list() == ["R1"]


def test_posteriors_are_near_the_exact_sum() -> None:
    """Eight remains and ten families of one; the weak pairs are known by their sums alone."""
    rng, prior, shape = np.random.default_rng(11), Prior(14, 0.1), (8, 10)
    log10_lr = rng.uniform(-4.0, 1.0, shape)
    log10_lr[[0, 1, 2, 3, 3, 4], [0, 1, 2, 3, 4, 4]] = [6.0, 2.0, 1.5, 3.0, 2.6, 1.8]
    weak = log10_lr < 0.0
    remains, missing = [f"R{i}" for i in range(8)], [f"F{j}" for j in range(10)]
    below = np.where(weak, 10.0**log10_lr, 0.0)
    tables = {
        "candidates": pl.DataFrame(
            [(remains[i], missing[j], "m", log10_lr[i, j], 20) for i, j in zip(*np.nonzero(~weak), strict=True)],
            schema=list(RUN_TABLES["candidates"]), orient="row",
        ),
        "alike": tiny_run().tables["alike"].clear(),
        "remains": pl.DataFrame([(r, "full", 20, 10, below[i].sum()) for i, r in enumerate(remains)],
                                schema=list(RUN_TABLES["remains"]), orient="row"),
        "missing": pl.DataFrame(
            [(f, "m", "parent", 1, 0.0, 0.0, True, 8, below[:, j].sum()) for j, f in enumerate(missing)],
            schema=list(RUN_TABLES["missing"]), orient="row",
        ),
    }  # fmt: skip
    weighed = weigh(ScreenedRun("exact", prior, 0.0, tables))
    options = [FamilyOptions(np.arange(8)[:, None], column) for column in log10_lr.T]
    exact = joint_posterior(8, options, log_prior_by_count(8, 10, 14, 0.1), most_answers=0)
    ours = {(r, f): p for r, f, p in weighed.pairs.select("remains", "family", "posterior").iter_rows()}
    expected = {(r, f): exact.pairs[j][i, 0] for i, r in enumerate(remains) for j, f in enumerate(missing)}
    assert ours == pytest.approx({key: expected[key] for key in ours}, abs=0.03)
    assert weighed.identified == pytest.approx(8 - exact.nobody.sum(), abs=0.25)


def test_what_lies_below_the_floor_weighs_on_both_sides() -> None:
    """R8 - F6 touches no other pair: its odds are prior odds x LR, less what is below the floor of either."""
    alone = [("R8", "F6", "missing", 4.0)]
    weighed = weigh(tiny_run(alone))
    odds = 10.0**weighed.log10_odds
    of_remains = 3.0 + 9 - 8  # LRs below the floor, and missing persons never compared at 1 each
    weight = odds * 1e4 / (1.0 + odds * of_remains) / (1.0 + odds * 0.5)
    assert weighed.pairs["posterior"].to_list() == pytest.approx([weight / (1.0 + weight)], rel=1e-9)


def test_a_direct_reference_counts_where_it_is_stronger() -> None:
    direct = pl.DataFrame(
        [("R11", "F6", "missing", 12.0), ("R1", "F1", "missing", 3.0), ("R4", "F7", "missing", -5.0)],
        schema=["remains", "family", "person", "log10_lr"], orient="row",
    )  # fmt: skip
    run = with_table(tiny_run(), "direct", direct)
    own = {row[:3]: row[3] for row in run.own_candidates().iter_rows()}
    assert own["R11", "F6", "missing"] == 12.0
    assert own["R1", "F1", "missing"] == 14.0
    assert ("R4", "F7", "missing") not in own
    found = score(run, tiny_truth())
    assert found.everything.found == 4
    assert found.candidates == len(CANDIDATES) + 1


def test_missing_persons_registered_twice_stand_apart(tiny: Score) -> None:
    """A's pairs: the unit of R1 at F1, R3 at F2."""
    assert (tiny.registered_twice.pairs, tiny.registered_twice.true) == (2, 1)
    assert sum(b.pairs for b in tiny.reliability) == len(CANDIDATES) - 3
    assert [(b.low, b.high) for b in tiny.reliability] == list(pairwise(BINS))
    top = tiny.reliability[-1]
    assert (top.pairs, top.true, top.exchanged) == (3, 0, 1)


STRATA = [
    ("sibling", "0-", 6.0, 0.5, 0.03), ("sibling", "18-", 6.0, 0.3, 0.04), ("sibling", "18-", 5.5, 7.0, 0.1),
    ("uncle", "0-", -3.0, 90.0, 0.1), ("uncle", "18-", 2.0, 30.0, 0.1), ("parent", "18-", 6.0, 5.0, 0.1),
]  # fmt: skip


def with_strata(run: ScreenedRun) -> ScreenedRun:
    columns = ["relatives", "loci_band", "threshold", "expected", "standard_error"]
    return with_table(run, "strata", pl.DataFrame(STRATA, schema=columns, orient="row"))


def test_chance_hits_are_counted_by_kind_of_relatives() -> None:
    """R8 at F6 alone is unrelated and reaches 6; five missing persons with a parent were compared with 12 remains."""
    found = score(with_strata(tiny_run()), tiny_truth())
    rows = [(h.relatives, h.loci_band, h.log10_lr, h.pairs, h.expected, h.counted, h.outside) for h in found.chance]
    assert rows == [
        ("parent", "", 6.0, 36, 5.0, 0, True), ("sibling", "", 6.0, 12, 0.8, 1, False),
        ("uncle", "", 2.0, 12, 30.0, 0, True),
    ]  # fmt: skip
    assert found.chance[1].standard_error == pytest.approx(0.05)
    assert [(h.log10_lr, h.expected, h.counted) for h in found.chance_total] == [(2.0, 30.0, 0), (6.0, 5.8, 1)]


def test_chance_hits_are_counted_by_band_where_the_run_tells_it() -> None:
    run = with_strata(tiny_run())
    bands = run.tables["missing"].with_columns(
        loci_band=pl.when(pl.col("family") == "F6").then(pl.lit("18-")).otherwise(pl.lit("0-"))
    )
    found = score(with_table(run, "missing", bands), tiny_truth())
    counted = {(h.relatives, h.loci_band, h.log10_lr): h.counted for h in found.chance}
    assert counted["sibling", "18-", 6.0] == 1
    assert counted["sibling", "0-", 6.0] == 0


def test_what_lies_below_the_floor_is_not_counted() -> None:
    found = score(replace(with_strata(tiny_run()), floor_log10_lr=3.0), tiny_truth())
    assert [(h.log10_lr, h.counted, h.outside) for h in found.chance if h.relatives == "uncle"] == [(2.0, None, False)]
    assert [h.counted for h in found.chance_total] == [None, 1]


def test_kin_and_exchanged_samples_are_no_chance_hits(tiny: Score) -> None:
    """R1 - F1 missing-brother (2), R3 - F2 (9) and R9 - F7 missing (10) are brothers; R5 - F3 was exchanged."""
    counted = {(hit.relation, hit.log10_lr): hit.counted for hit in tiny.related}
    assert counted == {
        (Really.KIN, 2.0): 3, (Really.KIN, 3.0): 2, (Really.KIN, 4.0): 2, (Really.KIN, 6.0): 2,
        (Really.EXCHANGED, 2.0): 1, (Really.EXCHANGED, 3.0): 1, (Really.EXCHANGED, 4.0): 1, (Really.EXCHANGED, 6.0): 1,
    }  # fmt: skip


def test_related_pairs_are_taken_off_the_tail() -> None:
    """Of 20 pairs at 2 or more six are known: R1 twice at F1, R2, R3, R5 and R9."""
    columns = ["threshold", "counted", "pairs", "predicted", "low", "high"]
    tail = pl.DataFrame([(2.0, 20, 96, 12.5, 6.0, 19.0)], schema=columns, orient="row")
    (row,) = score(with_table(tiny_run(), "tail", tail), tiny_truth()).tail
    assert (row.log10_lr, row.pairs, row.counted, row.related, row.unrelated) == (2.0, 96, 20, 6, 14)
    assert (row.predicted, row.low, row.high) == (12.5, 6.0, 19.0)


def test_a_prior_that_leaves_no_room_is_refused() -> None:
    with pytest.raises(ValueError, match="are listed"):
        score(replace(tiny_run(), prior=Prior(3, 0.1)), tiny_truth())


def test_lines_that_the_kinship_rests_on() -> None:
    assert lines_between("mother", "missing") == {("missing", "mother")}
    assert lines_between("half-sibling", "missing") == {("missing", "mother"), ("half-sibling", "mother")}
    assert lines_between("grandparents", "missing") == {
        ("missing", "father"), ("father", "grandfather"), ("father", "grandmother"),
    }  # fmt: skip
    assert ("missing-brother", "father") in lines_between("sibling", "missing-brother")
    assert lines_between("none", "missing") == frozenset()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    run, truth, _war = screened(tmp_path_factory.mktemp("score"))
    return run, truth


@pytest.fixture(scope="module")
def frames(small: tuple[Path, Path]) -> tuple[ScreenedRun, dict[str, pl.DataFrame]]:
    run, truth = small
    prior = Prior(**json.loads((run / "screening.json").read_text("utf-8"))["policy"]["prior"])
    tables = {name: pl.read_parquet(run / f"{name}.parquet") for name in RUN_TABLES}
    happened = {path.stem: pl.read_csv(path, infer_schema=False) for path in truth.glob("*.csv")}
    return ScreenedRun("small", prior, floor_log10_lr(prior), tables), happened


def slow_true_pairs(truth: dict[str, pl.DataFrame]) -> Iterator[tuple[str, str, str]]:
    for remains, person in truth["remains"].select("remains", "person").iter_rows():
        for family, missing, who in truth["missing"].iter_rows():
            if who == person:
                yield remains, family, missing


def test_the_counts_of_a_small_war_by_loops(frames: tuple[ScreenedRun, dict[str, pl.DataFrame]]) -> None:
    run, truth = frames
    found = score(run, truth)
    true = list(slow_true_pairs(truth))
    own = {
        row[:3]: row[3]
        for row in run.tables["candidates"].select("remains", "family", "missing", "log10_lr").iter_rows()
    }
    person = {(f, m): p for f, m, p in truth["missing"].iter_rows()}
    leads = 0
    for pair in true:
        best = max((lr for key, lr in own.items() if key[0] == pair[0]), default=-math.inf)
        people = {person[key[1:]] for key, lr in own.items() if key[0] == pair[0] and lr >= best - 1e-9}
        leads += pair in own and person[pair[1:]] in people
    everything = found.everything
    assert (everything.pairs, everything.found, everything.leads) == (len(true), len(set(true) & set(own)), leads)
    assert sum(m.pairs for m in found.missed) == len(set(true) - set(own)) > 0
    for headings in (found.by_relatives, found.by_group):
        assert sum(f.pairs for f in headings) == everything.pairs
        assert tuple(map(sum, zip(*(f.named for f in headings), strict=True))) == everything.named
        assert tuple(map(sum, zip(*(f.wrong for f in headings), strict=True))) == everything.wrong
    assert everything.wrong[-1] == len(found.wrong_names)


def test_relations_of_a_small_war_by_loops(frames: tuple[ScreenedRun, dict[str, pl.DataFrame]]) -> None:
    _run, truth = frames
    second = dict(truth["families"].select("family", "second_of").iter_rows())
    person = {(f, m): p for f, m, p in truth["missing"].iter_rows()}
    kin = {p: second[f] or f for (f, _m), p in person.items()}
    of_sample = dict(truth["remains"].select("sample", "person").iter_rows())
    rows = {r: (p, of_sample[typed or s]) for r, p, s, _quality, typed in truth["remains"].iter_rows()}
    family_of = dict(truth["relatives"].select("sample", "family").iter_rows())
    strangers: dict[str, set[str]] = {}
    for family, typed in truth["relatives"].select("family", "typed_as").drop_nulls().iter_rows():
        strangers.setdefault(family, set()).add(second[family_of[typed]] or family_of[typed])

    def relation(remains: str, family: str, missing: str) -> str:
        who, donor = rows[remains]
        group = second[family] or family
        if who == person[family, missing]:
            return "true"
        if (donor != who and kin.get(donor) == group) or kin.get(who, "") in strangers.get(family, ()):
            return "exchanged"
        return "kin" if kin.get(who) == group else "unrelated"

    everyone = pl.DataFrame([(r, *who) for r in rows for who in person], schema=["remains", "family", "missing"],
                            orient="row")  # fmt: skip
    got = with_relations(everyone, who_is_who(truth))
    expected = [relation(*pair) for pair in everyone.iter_rows()]
    assert got["relation"].to_list() == expected
    assert set(expected) == {"true", "exchanged", "kin", "unrelated"}


def test_posteriors_use_everybody_once(frames: tuple[ScreenedRun, dict[str, pl.DataFrame]]) -> None:
    run, _truth = frames
    weighed = weigh(run)
    once = weighed.pairs.filter("stands")
    assert weighed.settled
    for on in (["unit"], ["family", "missing"]):
        assert once.group_by(on).agg(pl.col("posterior").sum())["posterior"].max() <= 1.0 + 1e-6
    assert once.select("unit", "family", "missing").is_unique().all()


def test_posteriors_hold_where_nothing_went_wrong(frames: tuple[ScreenedRun, dict[str, pl.DataFrame]]) -> None:
    """Sum of posteriors and number of true pairs agree, exchanged samples and second registrations aside."""
    run, truth = frames
    found = score(run, truth)
    known = found.reliability
    expected = sum(b.mean * b.pairs for b in known)
    assert sum(b.true + b.exchanged for b in known) == pytest.approx(expected, abs=3.0 * math.sqrt(expected / 4.0))


def test_the_command_prints_and_writes(small: tuple[Path, Path], tmp_path: Path) -> None:
    run, truth = small
    page, plain = tmp_path / "score.html", tmp_path / "score.json"
    answer = antigone("score", str(run), str(truth), "--html", str(page), "--json", str(plain))
    assert (answer.exit_code, answer.errors) == (0, "")
    assert "60 remains against 86 missing persons of 80 families" in answer.output
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    value = from_json(Score, plain.read_text("utf-8"))
    assert value.war == "small, seed 7"
    assert {"run/candidates.parquet", "truth/missing.csv", "run/screening.json"} <= set(value.digests)


def test_everything_wrong_with_the_folders_is_told_at_once(small: tuple[Path, Path], tmp_path: Path) -> None:
    run, truth = tmp_path / "run", tmp_path / "truth"
    write_columns({"missing": texts([("F", "m", "P")], "family", "missing", "who")}, truth)
    run.mkdir()
    (run / "screening.json").write_text('{"format": "antigone-screening/9"', "utf-8")
    (run / "alike.parquet").write_bytes(b"PAR1")
    assert_refused(
        antigone("score", str(run), str(truth)), "run/screening.json", "run/candidates.parquet", "run/alike.parquet",
        "truth/truth.json", "truth/missing.csv", "truth/relatives.parquet", "Needed: person",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"format": "antigone-screening/9"}, "antigone-screening/1"),
        ({"format": "antigone-screening/1", "policy": {}}, "missing_total"),
        ({"format": "antigone-screening/1", "policy": {"prior": {"missing_total": 3, "outside": 0.1}}}, "are listed"),
    ],
)
def test_a_run_without_a_usable_prior_is_refused(
    small: tuple[Path, Path], tmp_path: Path, settings: dict, said: str
) -> None:
    run, truth = small
    for path in run.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "screening.json").write_text(json.dumps(settings), "utf-8")
    assert_refused(antigone("score", str(tmp_path), str(truth)), said)
