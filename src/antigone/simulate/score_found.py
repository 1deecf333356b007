"""True pairs of remains and missing persons: found, named, or missed and why."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from antigone.domain import BelowFloor, FoundPairs, MissedPairs, WhyMissed
from antigone.simulate.score_faults import FAULTS, with_faults
from antigone.simulate.score_frames import NAMES, ScreenedRun, WhoIsWho
from antigone.simulate.score_persons import Weighed

LEVELS = (0.9995, 0.99, 0.9)
"""Posteriors at which a pair counts as named, the strictest first."""
SAME = 1e-9
"""Candidates whose log10 LRs differ by less are equally good."""

Truth = Mapping[str, pl.DataFrame]


def true_pairs(run: ScreenedRun, truth: Truth, who: WhoIsWho, weighed: Weighed) -> pl.DataFrame:
    """Every pair of remains and missing person that is one person, with all that is counted about it.

    relatives and group (headings), possible, found, lead, posterior, sample_class, the faults, and reason
    (a value of `WhyMissed`, null where it was found).
    """
    samples = truth["remains"].select("remains", "sample", exchanged_remains=pl.col("typed_as").is_not_null())
    own = run.own_candidates().join(who.missing.select("family", "missing", "person"), on=["family", "missing"])
    best = own.filter(pl.col("log10_lr") >= pl.col("log10_lr").max().over("remains") - SAME)
    direct = truth["relatives"].select("family", missing="relative", own_sample=pl.lit(True))
    pairs = (
        who.remains.select("remains", "person").join(who.missing, on="person")
        .select(*NAMES, "person", "registrations")
        .join(samples, on="remains", how="left")
        .join(direct, on=["family", "missing"], how="left")
        .join(_of_run(run), on=["family", "missing"], how="left")
        .join(run.tables["remains"].select("remains", "sample_class", met="compared"), on="remains", how="left")
        .join(truth["families"].select("family", "group"), on="family", how="left")
        .join(own.select(*NAMES, is_candidate=pl.lit(True)), on=NAMES, how="left")
        .join(best.select("remains", "person", is_best=pl.lit(True)).unique(), on=["remains", "person"], how="left")
        .join(weighed.pairs.select(*NAMES, "posterior"), on=NAMES, how="left")
    )  # fmt: skip
    yes = {name: pl.col(name).fill_null(False) for name in ("own_sample", "is_candidate", "is_best", "searchable")}
    pairs = pairs.with_columns(
        pl.col("relatives").fill_null(""), pl.col("group").fill_null(""), pl.col("posterior").fill_null(0.0),
        possible=(pl.col("typed_relatives").fill_null(0) > 0) | yes["own_sample"],
        found=yes["is_candidate"], lead=yes["is_best"] & yes["is_candidate"], searchable=yes["searchable"],
    )  # fmt: skip
    return _with_reasons(with_faults(pairs, truth)).sort(NAMES)


def _of_run(run: ScreenedRun) -> pl.DataFrame:
    columns = ("relatives", "typed_relatives", "searchable", "below_floor_low", "below_floor_high")
    return run.tables["missing"].select("family", "missing", *columns, reached="compared")


def _with_reasons(pairs: pl.DataFrame) -> pl.DataFrame:
    """The first reason that applies; see `WhyMissed`."""
    unmet = pl.col("typed_relatives").is_null() | (pl.col("met").fill_null(0) == 0)
    conditions = {
        WhyMissed.UNCOMPARED: unmet | ((pl.col("reached").fill_null(0) == 0) & pl.col("possible")),
        WhyMissed.NO_RELATIVES: ~pl.col("possible"),
        **{fault: pl.col(fault) for fault in FAULTS},
        WhyMissed.WEAK_RELATIVES: ~pl.col("searchable"),
        WhyMissed.FEW_LOCI: pl.col("sample_class") != "full",
    }
    reasons = [pl.when(condition).then(pl.lit(str(code))) for code, condition in conditions.items()]
    first = pl.coalesce(*reasons, pl.lit(str(WhyMissed.WITHIN)))
    return pairs.with_columns(reason=pl.when(~pl.col("found")).then(first))


def found_under(true: pl.DataFrame, wrong: pl.DataFrame, by: str) -> tuple[FoundPairs, ...]:
    """One `FoundPairs` for each heading in the column `by`, the most pairs first; by "" for everything."""
    frames = {"": (true, wrong)} if not by else {}
    if by:
        headings = true.group_by(by).len().sort("len", by, descending=[True, False])[by].to_list()
        headings += sorted(set(wrong[by].to_list()) - set(headings))
        frames = {h: (true.filter(pl.col(by) == h), wrong.filter(pl.col(by) == h)) for h in headings}
    return tuple(_found(heading, *both) for heading, both in frames.items())


def _found(heading: str, true: pl.DataFrame, wrong: pl.DataFrame) -> FoundPairs:
    named, falsely = (tuple(int((frame["posterior"] >= level).sum()) for level in LEVELS) for frame in (true, wrong))
    possible = true.filter("possible")
    found, leads = int(possible["found"].sum()), int(possible["lead"].sum())
    return FoundPairs(heading, len(true), len(possible), found, leads, named, falsely)


def missed_pairs(true: pl.DataFrame) -> tuple[MissedPairs, ...]:
    """How many were missed for each reason, by kind of relatives; in the order of the reasons."""
    counted = true.filter(pl.col("reason").is_not_null()).group_by("reason", "relatives").len()
    order = list(WhyMissed)
    rows = [MissedPairs(WhyMissed(r), relatives, n) for r, relatives, n in counted.iter_rows()]
    return tuple(sorted(rows, key=lambda row: (order.index(row.reason), -row.pairs, row.relatives)))


def below_floor(true: pl.DataFrame) -> tuple[BelowFloor, ...]:
    """The run's own bounds of what falls below its floor, against what did: fully typed, no fault known.

    Sums are taken in the order of the pairs, so that every run has the same bits.
    """
    sound = true.filter(
        pl.col("possible") & (pl.col("sample_class") == "full") & (pl.col("met") > 0)
        & pl.col("below_floor_low").is_not_null() & ~pl.any_horizontal(pl.col(*FAULTS))
    )  # fmt: skip
    of_kind = {str(key[0]): own for key, own in sound.partition_by("relatives", as_dict=True).items()}
    return tuple(
        BelowFloor(
            kind, len(own), float(own["below_floor_low"].to_numpy().sum()),
            float(own["below_floor_high"].to_numpy().sum()), int((~own["found"]).sum()),
        )
        for kind, own in sorted(of_kind.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    )  # fmt: skip
