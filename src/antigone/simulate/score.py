"""A screening against the truth: what was found, missed, named wrongly, and whether its figures hold."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from antigone import __version__
from antigone.domain import PosteriorEstimate, Score
from antigone.simulate import score_curves, score_found, score_wrong
from antigone.simulate.score_frames import ScreenedRun, who_is_who, with_relations
from antigone.simulate.score_persons import Weighed, weigh


def score(
    run: ScreenedRun, truth: Mapping[str, pl.DataFrame], war: str = "", digests: Mapping[str, str] | None = None
) -> Score:
    """Everything there is to say about a screening of which the truth is known.

    truth: TRUTH_TABLES by name, every column text. war, digests: what the score is told to have been made from.
    """
    who = who_is_who(truth)
    weighed = weigh(run)
    pairs = with_relations(weighed.pairs, who)
    related = score_curves.candidates_with_relations(with_relations(run.own_candidates(), who), run)
    true = score_found.true_pairs(run, truth, who, weighed)
    wrong = score_wrong.wrong_pairs(pairs, run, truth)
    bins, twice = score_curves.reliability(pairs)
    chance, chance_total = score_curves.chance_hits(related, run)
    return Score(
        run=run.name,
        war=war,
        remains=len(run.tables["remains"]),
        missing=len(run.tables["missing"]),
        families=run.tables["missing"]["family"].n_unique(),
        candidates=len(related),
        floor_log10_lr=run.floor_log10_lr,
        levels=score_found.LEVELS,
        everything=score_found.found_under(true, wrong, "")[0],
        by_relatives=score_found.found_under(true, wrong, "relatives"),
        by_group=score_found.found_under(true, wrong, "group"),
        missed=score_found.missed_pairs(true),
        below_floor=score_found.below_floor(true),
        wrong_names=score_wrong.wrong_names(wrong, run, who, weighed),
        joined=score_wrong.joined_remains(weighed, who),
        estimate=_estimate(run, weighed, pairs),
        reliability=bins,
        registered_twice=twice,
        chance=chance,
        chance_total=chance_total,
        related=score_curves.related_hits(related, run),
        tail=score_curves.tail_counts(related, run),
        software=f"antigone {__version__}",
        digests=dict(digests or {}),
    )


def _estimate(run: ScreenedRun, weighed: Weighed, pairs: pl.DataFrame) -> PosteriorEstimate:
    once = pairs.filter("stands")
    return PosteriorEstimate(
        persons=int(weighed.units["stands"].sum()),
        missing_total=run.prior.missing_total,
        outside=run.prior.outside,
        log10_odds=weighed.log10_odds,
        identified=weighed.identified,
        settled=weighed.settled,
        pairs=len(once),
        sum_posterior=float(once["posterior"].sum()),
        true=int((once["relation"] == "true").sum()),
    )
