"""Pairs that were named and are not true, and remains that were joined and are of several people."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from antigone.domain import JoinedRemains, WhyWrong, WrongName
from antigone.simulate.score_found import LEVELS
from antigone.simulate.score_frames import NAMES, ScreenedRun, WhoIsWho
from antigone.simulate.score_persons import Weighed


def wrong_pairs(pairs: pl.DataFrame, run: ScreenedRun, truth: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Pairs that are not true with a posterior of at least the lowest level, with both headings; strongest first."""
    named = pairs.filter((pl.col("relation") != "true") & (pl.col("posterior") >= LEVELS[-1]))
    return (
        named.join(run.tables["missing"].select("family", "missing", "relatives"), on=["family", "missing"], how="left")
        .join(truth["families"].select("family", "group"), on="family", how="left")
        .with_columns(pl.col("relatives").fill_null(""), pl.col("group").fill_null(""))
        .sort("posterior", *NAMES, descending=[True, False, False, False])
    )


def wrong_names(wrong: pl.DataFrame, run: ScreenedRun, who: WhoIsWho, weighed: Weighed) -> tuple[WrongName, ...]:
    """Those pairs one by one, with the reason the truth knows."""
    registered = who.missing.select("person", name=pl.col("family") + "/" + pl.col("missing"))
    rows = (
        wrong.join(_standing(weighed, who), on="unit", how="left", maintain_order="left")
        .join(registered.group_by("person").agg(really=pl.col("name").sort()), on="person", how="left",
              maintain_order="left")
        .join(who.missing.select("family", "person", same_family=pl.lit(True)).unique(), on=["family", "person"],
              how="left", maintain_order="left")
        .join(run.own_candidates().select(*NAMES, own=pl.lit(True)), on=NAMES, how="left", maintain_order="left")
    )  # fmt: skip
    kin = pl.col("relation") == "kin"
    by_joining = ~pl.col("stands") & (pl.col("stand_person") == pl.col("missed")).fill_null(False)
    one_donor = (pl.col("donor") == pl.col("stand_donor")).fill_null(False)
    reasons = {
        WhyWrong.EXCHANGED: (pl.col("relation") == "exchanged") | (by_joining & one_donor),
        WhyWrong.JOINED: by_joining,
        WhyWrong.BROTHER: kin & pl.col("same_family").fill_null(False),
        WhyWrong.SECOND_REGISTRATION: kin,
    }
    reason = pl.coalesce(
        *(pl.when(condition).then(pl.lit(str(code))) for code, condition in reasons.items()),
        pl.lit(str(WhyWrong.CHANCE)),
    )
    columns = (*NAMES, "relatives", "log10_lr", "posterior")
    shown = rows.select(*columns, reason, pl.col("own").fill_null(False), pl.col("really"))
    return tuple(
        WrongName(remains, family, missing, relatives, lr, posterior, WhyWrong(why), own, tuple(really or ()))
        for remains, family, missing, relatives, lr, posterior, why, own, really in shown.iter_rows()
    )


def joined_remains(weighed: Weighed, who: WhoIsWho) -> JoinedRemains:
    """What became of joining remains into persons."""
    known = weighed.units.join(who.remains.select("remains", "person", "donor"), on="remains", how="left")
    several = known.join(_standing(weighed, who), on="unit").filter(pl.len().over("unit") > 1)
    other = several["person"] != several["stand_person"]
    one_donor = several["donor"] == several["stand_donor"]
    apart = known.drop_nulls("person").group_by("person").agg(pl.col("unit").n_unique())
    return JoinedRemains(
        persons=several["unit"].n_unique(),
        remains=len(several),
        wrongly=int(other.sum()),
        exchanged=int((other & one_donor).sum()),
        apart=int((apart["unit"] - 1).sum()),
    )


def _standing(weighed: Weighed, who: WhoIsWho) -> pl.DataFrame:
    """unit, stand_person, stand_donor: of the remains that stand for each unit."""
    people = who.remains.select("remains", stand_person="person", stand_donor="donor")
    return weighed.units.filter("stands").join(people, on="remains", how="left").drop("remains", "stands")
