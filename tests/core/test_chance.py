"""Tails of log10 LR: against counting every combination of outcomes, and against each other."""

from __future__ import annotations

import numba
import numpy as np
import pytest
from numpy.typing import NDArray

from antigone.core import chance
from antigone.core.chance import TailBounds, tail_bounds, tails, tails_of_others
from antigone.core.chance_hits import ChanceHits, expected_chance_hits, generator_states, sampled_tails, upper_limits
from antigone.core.locus_distributions import (
    LogLRHistograms,
    Rounding,
    log_lr_histogram,
    side_by_side,
    turing_sums,
)
from tests.reference.chance import RandomRows, random_rows, smooth_rows

THRESHOLDS = (-1.0, 0.0, 0.37, 1.2, 2.5)
BOTH = [[0, 0, 0], [1, 0, 1], [0, -1, 1]]


def histograms(rows: RandomRows, rounding: Rounding, step: float, other: bool = False) -> LogLRHistograms:
    return side_by_side(
        [
            log_lr_histogram(h1, h2, step, rounding, masses=h3 if other else None)
            for h1, h2, h3 in zip(rows.true, rows.unrelated, rows.other, strict=True)
        ]
    )


def bounds_of(rows: RandomRows, of: list[list[int]], thresholds: tuple[float, ...], step: float = 0.02) -> TailBounds:
    down, up = (histograms(rows, rounding, step) for rounding in (Rounding.DOWN, Rounding.UP))
    return tail_bounds(down, up, of, thresholds)


class TestHistograms:
    @pytest.mark.parametrize("seed", range(5))
    @pytest.mark.parametrize("step", [0.05, 0.3])
    def test_the_split_keeps_true_and_unrelated_mass(self, seed: int, step: float) -> None:
        rows = random_rows(seed, loci=1, rows=3)
        h = log_lr_histogram(rows.true[0], rows.unrelated[0], step)
        for row in range(3):
            part = slice(h.starts[row], h.starts[row + 1])
            not_excluded = rows.unrelated[0][row][rows.true[0][row] > 0.0].sum()
            assert h.masses[0, part].sum() == pytest.approx(1.0, rel=1e-12)
            assert (h.masses[0, part] * 10.0 ** (-step * h.grid[part])).sum() == pytest.approx(not_excluded, rel=1e-12)

    def test_the_split_of_another_mass_keeps_its_mean(self) -> None:
        rows = random_rows(1, loci=1, rows=1)
        true, unrelated, other = rows.true[0], rows.unrelated[0], rows.other[0]
        h = log_lr_histogram(true, unrelated, 0.3, masses=other)
        shown = true > 0.0
        x = np.log10(true[shown] / unrelated[shown])
        assert h.masses.sum() == pytest.approx(other[shown].sum(), rel=1e-12)
        assert (h.masses[0] * h.grid * 0.3).sum() == pytest.approx((other[shown] * x).sum(), rel=1e-12)

    @pytest.mark.parametrize(("rounding", "points"), [(Rounding.DOWN, [-4, 9]), (Rounding.UP, [-3, 10])])
    def test_rounding_goes_to_its_side(self, rounding: Rounding, points: list[int]) -> None:
        lr = 10.0 ** np.array([-0.35, 0.95])
        true = np.array([1 - lr[1], lr[0] - 1]) / (lr[0] - lr[1]) * lr
        h = log_lr_histogram([true], true / lr, 0.1, rounding)
        assert h.grid.tolist() == points
        np.testing.assert_allclose(h.masses, [true, true / lr], rtol=1e-12)

    def test_unrelated_may_be_the_same_for_all_rows(self) -> None:
        rows = random_rows(3, loci=1, shared=True)
        one = log_lr_histogram(rows.true[0], rows.unrelated[0][0])
        each = log_lr_histogram(rows.true[0], rows.unrelated[0])
        assert one.grid.tolist() == each.grid.tolist()
        assert one.masses.tolist() == each.masses.tolist()

    def test_blocks_leave_no_trace(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rows = random_rows(4, loci=1, rows=7)
        whole = log_lr_histogram(rows.true[0], rows.unrelated[0], masses=rows.other[0])
        monkeypatch.setattr("antigone.core.locus_distributions.BLOCK", 13)
        parts = log_lr_histogram(rows.true[0], rows.unrelated[0], masses=rows.other[0])
        for name in ("grid", "masses", "starts"):
            assert getattr(whole, name).tolist() == getattr(parts, name).tolist()

    @pytest.mark.parametrize(
        ("true", "unrelated"), [([[0.5, 0.5]], [1.0, 0.0]), ([[0.0, 0.0]], [0.5, 0.5]), ([[0.5, 0.5]], [1.0])]
    )
    def test_what_cannot_be_is_refused(self, true: list[list[float]], unrelated: list[float]) -> None:
        with pytest.raises(ValueError, match=r"never show|do not fit"):
            log_lr_histogram(true, unrelated)

    def test_different_steps_do_not_stand_side_by_side(self) -> None:
        with pytest.raises(ValueError, match="different step"):
            side_by_side([log_lr_histogram([[1.0]], [1.0], 0.1), log_lr_histogram([[1.0]], [1.0], 0.2)])

    def test_turing_sums_are_1_and_notice_a_wrong_table(self) -> None:
        rows = random_rows(5, loci=1, rows=4)
        with np.errstate(divide="ignore"):
            log10_lr = np.log10(rows.true[0] / rows.unrelated[0])
        np.testing.assert_allclose(turing_sums(rows.unrelated[0], log10_lr), 1.0, rtol=0.0, atol=1e-9)
        wrong = np.where(np.arange(6) == 2, log10_lr + 0.001, log10_lr)
        assert np.all(np.abs(turing_sums(rows.unrelated[0], wrong) - 1.0) > 1e-9)


class TestBounds:
    @pytest.mark.parametrize("seed", range(120))
    def test_they_hold_the_count_and_are_no_wider_than_they_need_be(self, seed: int) -> None:
        rows, step = random_rows(seed), 0.02
        counted = rows.count([0, 1, 0])
        reached = np.sort(counted.log10_lr[np.isfinite(counted.log10_lr)])
        thresholds = (*THRESHOLDS, reached[0], reached[len(reached) // 2], reached[-1])  # ties among them
        found = bounds_of(rows, [[0, 1, 0]], thresholds, step)
        for i, t in enumerate(thresholds):
            chance_of, missed = counted.chance(t - 1e-10), counted.missed(t + 1e-10)
            wide = 3 * step + 1e-6
            assert found.chance_low[0, i] <= counted.chance(t + 1e-10)
            assert chance_of <= found.chance_high[0, i]
            assert found.missed_low[0, i] <= counted.missed(t - 1e-10)
            assert missed <= found.missed_high[0, i]
            assert found.chance_low[0, i] >= counted.chance(t + wide) * (1 - 1e-9)
            assert found.chance_high[0, i] <= counted.chance(t - wide) * (1 + 1e-9) + 1e-13 * 10.0**-t
            assert found.missed_high[0, i] <= counted.missed(t + wide) * (1 + 1e-9) + 1e-13

    @pytest.mark.parametrize("seed", range(12))
    def test_they_hold_where_much_is_cut(self, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(chance, "NEGLIGIBLE", 0.05)
        rows = random_rows(seed)
        counted, found = rows.count([0, 0, 0]), bounds_of(rows, [[0, 0, 0]], THRESHOLDS)
        for i, t in enumerate(THRESHOLDS):
            assert found.chance_low[0, i] <= counted.chance(t) <= found.chance_high[0, i]
            assert found.missed_low[0, i] <= counted.missed(t) <= found.missed_high[0, i]

    def test_the_smallest_tails_keep_their_digits(self) -> None:
        rare = 1e-12
        locus = [log_lr_histogram([[0.5, 0.5]], [rare, 1.0 - rare], 0.001, r) for r in (Rounding.DOWN, Rounding.UP)]
        down, up = (side_by_side([h] * 5) for h in locus)
        found = tail_bounds(down, up, [[0] * 5], [58.0])
        assert found.chance_low[0, 0] == pytest.approx(rare**5, rel=1e-9)
        assert found.chance_high[0, 0] == pytest.approx(rare**5, rel=1e-9)
        assert tails(side_by_side([log_lr_histogram([[0.5, 0.5]], [rare, 1.0 - rare])] * 5), [[0] * 5], [58.0]).chance[
            0, 0
        ] == pytest.approx(rare**5, rel=1e-9)

    def test_a_tie_counts_on_the_wide_side(self) -> None:
        down, up = (log_lr_histogram([[0.9, 0.1]], [0.09, 0.91], 0.25, r) for r in (Rounding.DOWN, Rounding.UP))
        found = tail_bounds(side_by_side([down] * 2), side_by_side([up] * 2), [[0, 0]], [2.0 - 1e-7, 2.0, 2.0 + 1e-7])
        np.testing.assert_allclose(found.chance_low, [[0.0081, 0.0, 0.0]], rtol=1e-9)
        np.testing.assert_allclose(found.chance_high, [[0.0081, 0.0081, 0.0]], rtol=1e-9, atol=1e-15)
        np.testing.assert_allclose(found.missed_low, [[0.19, 0.19, 1.0]], rtol=1e-9)
        np.testing.assert_allclose(found.missed_high, [[0.19, 1.0, 1.0]], rtol=1e-9)

    def test_they_refuse_other_roundings(self) -> None:
        rows = random_rows(0)
        split, down = histograms(rows, Rounding.SPLIT, 0.1), histograms(rows, Rounding.DOWN, 0.1)
        with pytest.raises(ValueError, match="down and up"):
            tail_bounds(down, split, BOTH, THRESHOLDS)
        with pytest.raises(ValueError, match="split"):
            tails(down, BOTH, THRESHOLDS)
        with pytest.raises(ValueError, match="true persons"):
            tails_of_others(split, BOTH, THRESHOLDS)
        with pytest.raises(ValueError, match="loci"):
            tails(split, [[0, 0]], THRESHOLDS)


class TestSplit:
    @staticmethod
    def errors(step: float, seed: int) -> tuple[float, float]:
        """Mean absolute error of log10 of both tails, over thresholds in the bulk."""
        rows = smooth_rows(seed)
        counted = rows.count([0, 0, 0])
        t = np.arange(-0.5, 1.5, 0.1037)
        found = tails(histograms(rows, Rounding.SPLIT, step), [[0, 0, 0]], t)
        expected = np.array([[counted.chance(x) for x in t], [counted.missed(x) for x in t]])
        log_errors = np.abs(np.log10(np.stack([found.chance[0], found.missed[0]]) / expected)).mean(axis=1)
        return float(log_errors[0]), float(log_errors[1])

    @pytest.mark.parametrize("seed", range(2))
    def test_its_error_is_of_second_order(self, seed: int) -> None:
        coarse, fine = self.errors(0.4, seed), self.errors(0.2, seed)
        for large, small in zip(coarse, fine, strict=True):
            assert 2.8 < large / small < 5.7

    def test_its_error_at_the_usual_step_is_small(self) -> None:
        assert max(self.errors(0.05, 0)) < 0.002

    def test_loci_that_say_nothing_are_left_out(self) -> None:
        rows = random_rows(7)
        all_three = histograms(rows, Rounding.SPLIT, 0.05)
        two = side_by_side([log_lr_histogram(rows.true[i], rows.unrelated[i]) for i in (0, 2)])
        without, alone = tails(all_three, [[1, -1, 0]], THRESHOLDS), tails(two, [[1, 0]], THRESHOLDS)
        np.testing.assert_allclose(without.chance, alone.chance, rtol=1e-12)
        np.testing.assert_allclose(without.missed, alone.missed, rtol=1e-12)

    def test_nothing_typed_is_lr_1(self) -> None:
        nothing = tails(histograms(random_rows(0), Rounding.SPLIT, 0.05), [[-1, -1, -1]], [-0.1, 0.1])
        assert nothing.chance.tolist() == [[1.0, 0.0]]
        assert nothing.missed.tolist() == [[0.0, 1.0]]

    def test_thresholds_by_pair_are_those_by_target(self) -> None:
        h = histograms(random_rows(8), Rounding.SPLIT, 0.05, other=True)
        table = tails_of_others(h, BOTH, THRESHOLDS)
        of, which = np.array([2, 0, 2, 2, 0]), np.array([4, 1, 0, 3, 2])
        pairs = tails_of_others(h, BOTH, np.array(THRESHOLDS)[which], of=of)
        assert pairs.tolist() == table[of, which].tolist()
        with pytest.raises(ValueError, match="one target"):
            tails_of_others(h, BOTH, THRESHOLDS, of=[0, 1])


class TestSomebodyElse:
    @pytest.mark.parametrize("seed", range(20))
    def test_bounds_and_estimate(self, seed: int) -> None:
        rows = random_rows(seed, rows=1, outcomes=12)
        counted, step = rows.count([0, 0, 0]), 0.02
        low, split, high = (tails_of_others(histograms(rows, r, step, True), [[0, 0, 0]], THRESHOLDS) for r in Rounding)
        for i, t in enumerate(THRESHOLDS):
            assert low[0, i] <= counted.other_reaches(t) <= high[0, i]
            assert high[0, i] <= counted.other_reaches(t - 3 * step) + 1e-9
            assert low[0, i] >= counted.other_reaches(t + 3 * step) - 1e-9
            assert counted.other_reaches(t + 6 * step) - 1e-12 <= split[0, i]
            assert split[0, i] <= counted.other_reaches(t - 6 * step) + 1e-12

    def test_somebody_who_shares_nothing_reaches_nothing(self) -> None:
        h = log_lr_histogram([[0.0, 1.0]], [0.5, 0.5], masses=[[1.0, 0.0]])
        assert tails_of_others(h, [[0]], [-3.0, 0.0]).tolist() == [[0.0, 0.0]]


SETS = np.array([[1, 1, 1], [1, 1, 0], [0, 1, 1], [0, 1, 0], [0, 0, 0]], np.bool_)
EACH = np.array([40, 25, 10, 25, 3])


def counted_hits(rows: RandomRows, target: list[int], threshold: float) -> float:
    """The sum over the sets by counting every combination."""
    total = 0.0
    for chosen, n in zip(SETS, EACH, strict=True):
        total += n * rows.count([row if here else -1 for row, here in zip(target, chosen, strict=True)]).chance(
            threshold
        )
    return total


class TestChanceHits:
    STEP = 0.004
    THRESHOLDS = (0.11, 0.93, 1.57)

    def sampled(self, rows: RandomRows, targets: list[list[int]], draws: int, seed: int = 0) -> ChanceHits:
        h = histograms(rows, Rounding.SPLIT, self.STEP)
        return sampled_tails(h, targets, SETS, EACH, self.THRESHOLDS, draws=draws, seed=seed)

    @pytest.mark.parametrize("excluding", [False, True])
    def test_exact_sets_are_the_sum_of_their_tails(self, excluding: bool) -> None:
        rows = random_rows(11, excluding=excluding)
        h = histograms(rows, Rounding.SPLIT, 0.05)
        found = expected_chance_hits(h, BOTH, [*SETS, *SETS[:2]], [*EACH, 7, 9], THRESHOLDS)
        masked = [
            tails(h, np.where(chosen, BOTH, -1), THRESHOLDS).chance * n
            for chosen, n in zip(SETS, EACH + np.array([7, 9, 0, 0, 0]), strict=True)
        ]
        np.testing.assert_allclose(found.value, sum(masked), rtol=1e-12)
        assert not found.error.any()
        assert found.upper.tolist() == found.value.tolist()

    def test_sampling_agrees_with_the_count_as_often_as_its_error_says(self) -> None:
        scores, below = [], 0
        for seed in range(25):
            rows = random_rows(seed, outcomes=5, excluding=seed % 5 == 4)
            found = self.sampled(rows, [[0, 1, 0]], draws=200, seed=seed)
            for i, t in enumerate(self.THRESHOLDS):
                expected = counted_hits(rows, [0, 1, 0], t)
                below += expected > found.upper[0, i] * (1 + 1e-9)
                if expected > 0.5:
                    scores.append((found.value[0, i] - expected) / found.error[0, i])
        assert len(scores) > 30
        assert np.abs(scores).max() < 4.5
        assert 0.5 < np.std(scores) < 1.3
        assert abs(np.mean(scores)) < 3.0 / np.sqrt(len(scores))
        assert below <= 2

    def test_common_sets_exactly_and_the_rest_by_sampling(self) -> None:
        rows = random_rows(12)
        h = histograms(rows, Rounding.SPLIT, self.STEP)
        joined = expected_chance_hits(h, BOTH, SETS, EACH, self.THRESHOLDS, draws=400, most_exact=2)
        exact = expected_chance_hits(h, BOTH, SETS, EACH, self.THRESHOLDS)
        common = expected_chance_hits(h, BOTH, SETS[[0, 1]], EACH[[0, 1]], self.THRESHOLDS)
        rest = sampled_tails(h, BOTH, SETS[2:], EACH[2:], self.THRESHOLDS, draws=400)
        np.testing.assert_allclose(joined.value, common.value + rest.value, rtol=1e-12)
        assert joined.error.tolist() == rest.error.tolist()
        hit = joined.error > 0.0
        assert hit.any()
        assert np.all(np.abs(joined.value - exact.value)[hit] <= 4 * joined.error[hit])
        assert np.all(joined.upper >= exact.value)

    def test_rare_sets_are_never_taken_as_common(self) -> None:
        h = histograms(random_rows(13), Rounding.SPLIT, 0.05)
        sets, each = np.concatenate([SETS, SETS[:1]]), np.array([1000, 1, 1, 1, 1, 1])
        found = expected_chance_hits(h, BOTH, sets, each, [0.0], most_exact=4)
        rest = sampled_tails(h, BOTH, sets[1:], each[1:], [0.0])
        assert found.error.tolist() == rest.error.tolist()

    def test_a_target_is_the_same_in_any_company(self) -> None:
        rows = random_rows(14)
        h = histograms(rows, Rounding.SPLIT, 0.05)
        targets = np.array([[0, 1, 0], [1, 1, 1], [0, 0, 0], [0, 1, 0]])

        def ask(chosen: NDArray[np.int_]) -> ChanceHits:
            return sampled_tails(h, targets[chosen], SETS, EACH, [0.2, 0.9], draws=40, keys=chosen + 5)

        together, alone, turned = ask(np.arange(4)), ask(np.array([2])), ask(np.array([3, 1]))
        for name in ("value", "error", "upper"):
            whole = getattr(together, name)
            assert getattr(alone, name).tolist() == whole[[2]].tolist()
            assert getattr(turned, name).tolist() == whole[[3, 1]].tolist()
        assert together.value[0].tolist() != together.value[3].tolist()

    def test_the_number_of_processors_changes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("antigone.core.chance_hits.TARGETS_PER_CHUNK", 1)
        monkeypatch.setattr(chance, "TARGETS_PER_CHUNK", 1)
        h = histograms(random_rows(15), Rounding.SPLIT, 0.05)
        threads = numba.get_num_threads()
        found = []
        for n in {1, threads}:
            numba.set_num_threads(n)
            hits = expected_chance_hits(h, BOTH * 3, SETS, EACH, THRESHOLDS, draws=20, most_exact=2)
            found.append(np.stack([hits.value, hits.error, hits.upper]).tolist())
        numba.set_num_threads(threads)
        assert all(answer == found[0] for answer in found)

    def test_where_no_draw_reaches_the_bound_is_the_rule_of_three(self) -> None:
        rare = np.array([[1e-7, 1.0 - 1e-7]])
        h = log_lr_histogram(rare * [1e4, (1 - 1e-3) / (1 - 1e-7)], rare[0], 0.01)
        found = sampled_tails(h, [[0]], [[True]], [1000], [3.9], draws=300)
        assert found.value[0, 0] == found.error[0, 0] == 0.0
        assert 1000 * 1e-7 < found.upper[0, 0] < 3.01 * 1000 * 10**-3.9 / 0.4 / 300

    def test_nobody_asked_and_nothing_typed(self) -> None:
        h = histograms(random_rows(16), Rounding.SPLIT, 0.05)
        assert sampled_tails(h, np.zeros((0, 3)), SETS, EACH, THRESHOLDS).value.shape == (0, 5)
        assert expected_chance_hits(h, BOTH, SETS[:0], EACH[:0], [0.0]).value.tolist() == [[0.0]] * 3
        assert expected_chance_hits(h, BOTH, SETS[4:], EACH[4:], [-0.1, 0.1]).value.tolist() == [[3.0, 0.0]] * 3

    def test_what_cannot_be_reached_has_no_chance(self) -> None:
        h = histograms(random_rows(16), Rounding.SPLIT, 0.05)
        found = sampled_tails(h, BOTH, SETS, EACH, [50.0])
        assert not found.upper.any()

    def test_shapes_and_kinds_that_do_not_fit_are_refused(self) -> None:
        h = histograms(random_rows(17), Rounding.SPLIT, 0.05)
        with pytest.raises(ValueError, match="do not fit"):
            sampled_tails(h, BOTH, SETS[:, :2], EACH, [0.0])
        with pytest.raises(ValueError, match="split"):
            expected_chance_hits(histograms(random_rows(17), Rounding.UP, 0.05), BOTH, SETS, EACH, [0.0])


class TestUpperLimits:
    @pytest.mark.parametrize("n", [20, 300])
    def test_they_solve_their_equation(self, n: int) -> None:
        mean = np.array([0.0, 1e-9, 0.003, 0.2, 0.9, 1.0])
        u = upper_limits(mean, n)
        inside = (mean > 0.0) & (mean < 1.0)
        m, v = mean[inside], u[inside]
        distance = m * np.log(m / v) + (1 - m) * np.log((1 - m) / (1 - v))
        np.testing.assert_allclose(distance, np.log(20.0) / n, rtol=1e-6)
        assert u[0] == pytest.approx(1.0 - 0.05 ** (1.0 / n), rel=1e-9)
        assert u[-1] == pytest.approx(1.0)

    def test_they_cover(self) -> None:
        rng = np.random.default_rng(1)
        for p in (0.01, 0.1):
            means = rng.binomial(100, p, size=4000) / 100
            assert (upper_limits(means, 100) < p).mean() < 0.05


class TestGenerator:
    def test_states_differ_by_key_and_by_seed(self) -> None:
        states = np.concatenate([generator_states(seed, np.arange(500)) for seed in (0, 1, 2**63)])
        assert len(np.unique(states, axis=0)) == 1500
        assert states.min() >= 128
        assert states.max() < 2**32

    def test_first_numbers_of_neighbouring_keys_are_uniform_and_independent(self) -> None:
        from antigone.core.kernels.chance_draws import uniform

        drawn = np.array([[uniform(state) for _ in range(4)] for state in generator_states(8, np.arange(3000))])
        counts = np.stack([np.histogram(column, bins=20, range=(0.0, 1.0))[0] for column in drawn.T])
        chi_square = ((counts - 150.0) ** 2 / 150.0).sum(axis=1)
        assert np.all((chi_square > 5.0) & (chi_square < 45.0))
        beside = np.corrcoef(np.hstack([drawn, np.roll(drawn, 1, axis=0)]).T)
        assert np.abs(beside - np.eye(8)).max() < 0.08


def test_thresholds_without_end() -> None:
    """Where every pair is a candidate the floor is minus infinity: nobody is missed; at infinity everybody is."""
    locus = log_lr_histogram([[0.5, 0.5]], [0.05, 0.95], step=0.01)
    found = tails(side_by_side([locus, locus]), [[0, 0]], [-np.inf, np.inf])
    np.testing.assert_allclose(found.missed, [[0.0, 1.0]], atol=1e-12)
    np.testing.assert_allclose(found.chance, [[1.0, 0.0]], atol=1e-12)
