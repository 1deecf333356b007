"""Sum-product elimination over the alleles of a pedigree at one locus.

A plan (see `core.plans`) is one int64 array: a header of HEADER fields (below), then its sections.
Variables: (kind, first row, rows). Factors: (kind, a, a part, b, b part, child, child part, sex of the
parent, first row, rows). Bounds: for every factor, initial or made by a step, its stretch of the
scope list. Steps: (variable summed out, start of its inputs, inputs).
"""

from __future__ import annotations

import math

import numba as nb
import numpy as np

SLOT, EXACT_CHILD, EXACT_FOUNDER, SOFT_CHILD, FOUNDER_PAIRS, HEMIZYGOUS, HEMIZYGOUS_FOUNDER = range(7)
WEIGHT, TRANSMISSION, DRAWN, BASE, SEEN = range(5)
VARIABLE_FIELDS, FACTOR_FIELDS, STEP_FIELDS, HEADER = 3, 10, 3, 18
(
    N_VARIABLES, N_QUERIED, N_FACTORS, N_STEPS, VARIABLES, FACTORS, STEPS, ROWS, SCOPES, BOUNDS,
    INPUTS, QUERY, WIDEST_SCOPE, MOST_INPUTS, LAST_START, LAST_INPUTS, FOUNDERS, N_FOUNDERS,
) = range(HEADER)  # fmt: skip
TINY = 1e-150


@nb.njit(cache=True)
def is_vouched(row):
    """The laboratory vouches for a homozygote: the same allele twice and nothing else."""
    if row[0] < 0 or row[1] != row[0]:
        return False
    for k in range(2, row.shape[0]):
        if row[k] >= 0:
            return False
    return True


@nb.njit(cache=True)
def holds(row, allele):
    for k in range(row.shape[0]):
        if row[k] == allele:
            return True
    return False


@nb.njit(cache=True)
def foreign_factor(row, first, second, dropin, frequencies):
    """Drop-in: c p_x for each seen allele that the genotype does not hold, 1 - c where there is none."""
    factor = 1.0
    foreign = 0
    for k in range(row.shape[0]):
        allele = row[k]
        if allele < 0 or allele == first or allele == second:
            continue
        repeated = False
        for earlier in range(k):
            if row[earlier] == allele:
                repeated = True
        if not repeated:
            foreign += 1
            factor *= dropin * frequencies[allele]
    if foreign == 0 and dropin > 0.0:
        factor = 1.0 - dropin
    return factor


@nb.njit(cache=True)
def diploid_weight(first, second, row, dropout, dropin, silent, frequencies):
    """P(row | genotype first/second), per-allele dropout and drop-in."""
    if row[0] == -2:
        return 1.0
    if row[0] == -1 and dropout == 0.0 and silent < 0:
        return 1.0
    if is_vouched(row):
        allele = row[0]
        clean = 1.0 - dropin
        if first == allele and second == allele:
            return clean * (1.0 - dropout * dropout)
        one_silent = silent >= 0 and (first == silent or second == silent)
        if one_silent and (first == allele or second == allele):
            return clean * (1.0 - dropout)
        return 0.0
    if dropout == 0.0 and row[0] >= 0 and row[1] < 0 and (first == row[0] or second == row[0]):
        return 1.0 - dropin
    factor = foreign_factor(row, first, second, dropin, frequencies)
    if factor == 0.0:
        return 0.0
    if first == second:
        if first != silent:
            lost = dropout * dropout
            factor *= 1.0 - lost if holds(row, first) else lost
        return factor
    if first != silent:
        factor *= 1.0 - dropout if holds(row, first) else dropout
    if second != silent:
        factor *= 1.0 - dropout if holds(row, second) else dropout
    return factor


@nb.njit(cache=True)
def haploid_weight(allele, row, dropout, dropin, silent, frequencies):
    """P(row | the one allele a male carries on X)."""
    if row[0] == -2:
        return 1.0
    if row[0] == -1 and dropout == 0.0 and silent < 0:
        return 1.0
    factor = foreign_factor(row, allele, allele, dropin, frequencies)
    if allele != silent:
        factor *= 1.0 - dropout if holds(row, allele) else dropout
    return factor


@nb.njit(cache=True)
def rows_weight(plan, start, count, first, second, haploid, seen, dropout, dropin, silent, p):
    """Product over the observed rows (samples) of one person."""
    rows = plan[ROWS]
    weight = 1.0
    for k in range(start, start + count):
        r = plan[rows + k]
        if haploid:
            weight *= haploid_weight(first, seen[r], dropout[r], dropin[r], silent, p)
        else:
            weight *= diploid_weight(first, second, seen[r], dropout[r], dropin[r], silent, p)
        if weight == 0.0:
            return 0.0
    return weight


@nb.njit(cache=True)
def list_states(plan, v, k, p, seen, dropout, dropin, silent, urn, first, second, weights, at):
    """Write the states of variable v from position `at` on; return how many there are."""
    record = plan[VARIABLES] + v * VARIABLE_FIELDS
    kind, start, count = plan[record], plan[record + 1], plan[record + 2]
    n = 0
    if kind == SLOT:
        for a in range(k):
            first[at + a] = a
            second[at + a] = a
            weights[at + a] = 1.0
        return k
    if kind == EXACT_CHILD or kind == EXACT_FOUNDER:
        r = plan[plan[ROWS] + start]
        a, b = seen[r, 0], seen[r, 1]
        first[at], second[at], weights[at] = a, b, 1.0
        if kind == EXACT_FOUNDER:
            if a != b:
                weights[at] = 2.0
            if not urn:
                weights[at] *= p[a] * p[b]
            return 1
        if a == b:
            return 1
        first[at + 1], second[at + 1], weights[at + 1] = b, a, 1.0
        return 2
    if kind == HEMIZYGOUS or kind == HEMIZYGOUS_FOUNDER:
        for a in range(k):
            w = rows_weight(plan, start, count, a, a, True, seen, dropout, dropin, silent, p)
            if kind == HEMIZYGOUS_FOUNDER and not urn:
                w *= p[a]
            if w > 0.0:
                first[at + n], second[at + n], weights[at + n] = a, a, w
                n += 1
        return n
    for a in range(k):
        for b in range(a if kind == FOUNDER_PAIRS else 0, k):
            w = rows_weight(plan, start, count, a, b, False, seen, dropout, dropin, silent, p)
            if kind == FOUNDER_PAIRS:
                w *= p[a] * p[b] * (1.0 if a == b else 2.0)
            if w > 0.0:
                first[at + n], second[at + n], weights[at + n] = a, b, w
                n += 1
    return n


@nb.njit(cache=True)
def mutated(matrix, mutates, a, c):
    if mutates:
        return matrix[a, c]
    return 1.0 if a == c else 0.0


@nb.njit(cache=True)
def part_of(first, second, offset, part, s):
    return first[offset + s] if part == 0 else second[offset + s]


@nb.njit(cache=True)
def fill_factor(
    plan, f, k, p, base, female, male, mutates, seen, dropout, dropin, silent,
    first, second, weights, offsets, counts, table, at, index,
):  # fmt: skip
    """Write the table of initial factor f from position `at` on, last variable of the scope fastest."""
    record = plan[FACTORS] + f * FACTOR_FIELDS
    kind = plan[record]
    scope = plan[SCOPES]
    start, stop = plan[plan[BOUNDS] + f], plan[plan[BOUNDS] + f + 1]
    n = 1
    for j in range(start, stop):
        n *= counts[plan[scope + j]]
    for j in range(stop - start):
        index[j] = 0
    matrix = male if plan[record + 7] == 1 else female
    a_var, a_part, b_var, b_part = plan[record + 1], plan[record + 2], plan[record + 3], plan[record + 4]
    c_var, c_part = plan[record + 5], plan[record + 6]
    for entry in range(n):
        a = b = c = -1
        a_state = 0
        for j in range(stop - start):
            v = plan[scope + start + j]
            if v == a_var:
                a_state = index[j]
                a = part_of(first, second, offsets[v], a_part, index[j])
            if v == b_var:
                b = part_of(first, second, offsets[v], b_part, index[j])
            if v == c_var:
                c = part_of(first, second, offsets[v], c_part, index[j])
        if kind == WEIGHT:
            value = weights[offsets[a_var] + a_state]
        elif kind == TRANSMISSION:
            value = mutated(matrix, mutates, a, c)
            if b_var >= 0:
                value = 0.5 * (value + mutated(matrix, mutates, b, c))
        elif kind == DRAWN:
            if mutates:
                value = 0.0
                for x in range(k):
                    value += p[x] * matrix[x, c]
            else:
                value = p[c]
        elif kind == BASE:
            value = base[a]
        else:
            haploid = b_var < 0
            value = rows_weight(
                plan, plan[record + 8], plan[record + 9], a, a if haploid else b, haploid,
                seen, dropout, dropin, silent, p,
            )  # fmt: skip
        table[at + entry] = value
        j = stop - start - 1
        while j >= 0:
            index[j] += 1
            if index[j] < counts[plan[scope + start + j]]:
                break
            index[j] = 0
            j -= 1
    return n


@nb.njit(cache=True)
def sum_out(plan, v, inputs, n_in, out, counts, table, places, at, index, cursor, strides):
    """Multiply the input factors and sum over variable v (v < 0: multiply only). Returns (size, max)."""
    scope, bounds = plan[SCOPES], plan[BOUNDS]
    start, stop = plan[bounds + out], plan[bounds + out + 1]
    width = stop - start
    states = counts[v] if v >= 0 else 1
    for i in range(n_in):
        f = plan[inputs + i]
        cursor[i] = places[f]
        for j in range(width + 1):
            strides[i, j] = 0
        stride = 1
        for q in range(plan[bounds + f + 1] - 1, plan[bounds + f] - 1, -1):
            u = plan[scope + q]
            if u == v:
                strides[i, width] = stride
            else:
                for j in range(width):
                    if plan[scope + start + j] == u:
                        strides[i, j] = stride
            stride *= counts[u]
    n = 1
    for j in range(width):
        n *= counts[plan[scope + start + j]]
        index[j] = 0
    largest = 0.0
    for entry in range(n):
        total = 0.0
        if n_in == 1:
            step = strides[0, width]
            for s in range(states):
                total += table[cursor[0] + s * step]
        elif n_in == 2:
            step, step2 = strides[0, width], strides[1, width]
            for s in range(states):
                total += table[cursor[0] + s * step] * table[cursor[1] + s * step2]
        else:
            for s in range(states):
                value = table[cursor[0] + s * strides[0, width]]
                for i in range(1, n_in):
                    if value == 0.0:
                        break
                    value *= table[cursor[i] + s * strides[i, width]]
                total += value
        table[at + entry] = total
        if total > largest:
            largest = total
        j = width - 1
        while j >= 0:
            index[j] += 1
            if index[j] < counts[plan[scope + start + j]]:
                for i in range(n_in):
                    cursor[i] += strides[i, j]
                break
            for i in range(n_in):
                cursor[i] -= strides[i, j] * (index[j] - 1)
            index[j] = 0
            j -= 1
    return n, largest


@nb.njit(cache=True)
def run_plan(
    plan, k, p, base, female, male, mutates, seen, dropout, dropin, silent, urn,
    first, second, weights, table, genotypes, share,
):  # fmt: skip
    """Likelihood of one plan as (mantissa, log of its scale); adds the query's table to `genotypes`."""
    n_variables, n_queried, n_factors, n_steps = (
        plan[N_VARIABLES],
        plan[N_QUERIED],
        plan[N_FACTORS],
        plan[N_STEPS],
    )
    offsets = np.empty(n_variables + 1, np.int64)
    counts = np.empty(n_variables, np.int64)
    total_factors = n_factors + n_steps + 1
    places = np.empty(total_factors, np.int64)
    width = max(plan[WIDEST_SCOPE] + 1, 2)
    index = np.empty(width, np.int64)
    cursor = np.empty(max(plan[MOST_INPUTS], 1), np.int64)
    strides = np.empty((max(plan[MOST_INPUTS], 1), width + 1), np.int64)
    at = 0
    for v in range(n_variables):
        offsets[v] = at
        n = list_states(plan, v, k, p, seen, dropout, dropin, silent, urn, first, second, weights, at)
        if n == 0:
            return 0.0, 0.0
        counts[v] = n
        at += n
    at = 0
    for f in range(n_factors):
        places[f] = at
        at += fill_factor(
            plan, f, k, p, base, female, male, mutates, seen, dropout, dropin, silent,
            first, second, weights, offsets, counts, table, at, index,
        )  # fmt: skip
    log_scale = 0.0
    for t in range(n_steps):
        record = plan[STEPS] + t * STEP_FIELDS
        v, inputs, n_in = plan[record], plan[INPUTS] + plan[record + 1], plan[record + 2]
        out = n_factors + t
        places[out] = at
        n, largest = sum_out(plan, v, inputs, n_in, out, counts, table, places, at, index, cursor, strides)
        if largest == 0.0:
            return 0.0, 0.0
        if largest < TINY:
            for entry in range(at, at + n):
                table[entry] /= largest
            log_scale += math.log(largest)
        at += n
    last = n_factors + n_steps
    places[last] = at
    inputs, n_in = plan[INPUTS] + plan[LAST_START], plan[LAST_INPUTS]
    n, largest = sum_out(plan, -1, inputs, n_in, last, counts, table, places, at, index, cursor, strides)
    value = 0.0
    for entry in range(n):
        value += table[at + entry]
    if n_queried > 0:
        add_query(
            plan,
            last,
            first,
            second,
            offsets,
            counts,
            table,
            at,
            share * math.exp(log_scale),
            genotypes,
            index,
        )
    return value, log_scale


@nb.njit(cache=True)
def add_query(plan, last, first, second, offsets, counts, table, at, share, genotypes, index):
    """Fold the last table into unordered genotypes of the queried person (a hemizygote on the diagonal)."""
    scope, bounds = plan[SCOPES], plan[BOUNDS]
    start, stop = plan[bounds + last], plan[bounds + last + 1]
    query = plan[QUERY]
    n = 1
    for j in range(stop - start):
        n *= counts[plan[scope + start + j]]
        index[j] = 0
    for entry in range(n):
        a = b = -1
        for j in range(stop - start):
            v = plan[scope + start + j]
            if v == plan[query]:
                a = part_of(first, second, offsets[v], plan[query + 1], index[j])
            if v == plan[query + 2]:
                b = part_of(first, second, offsets[v], plan[query + 3], index[j])
        if b < 0:
            b = a
        genotypes[min(a, b), max(a, b)] += share * table[at + entry]
        j = stop - start - 1
        while j >= 0:
            index[j] += 1
            if index[j] < counts[plan[scope + start + j]]:
                break
            index[j] = 0
            j -= 1


@nb.njit(cache=True)
def lump(codes, k, p, female, male, mutates, silent, lumpable, keep, p_out, f_out, m_out):
    """Let all alleles nobody shows stand as one, where that is exact.

    codes: (rows, width) allele codes, rewritten in place to states. Returns (states, silent state).
    """
    for a in range(k):
        keep[a] = -1
    if silent >= 0:
        keep[silent] = 1
    shown = 1 if silent >= 0 else 0
    for r in range(codes.shape[0]):
        for w in range(codes.shape[1]):
            a = codes[r, w]
            if a >= 0 and keep[a] < 0:
                keep[a] = 1
                shown += 1
    if not lumpable or shown >= k - 1:
        p_out[:k] = p[:k]
        if mutates:
            f_out[:k, :k] = female[:k, :k]
            m_out[:k, :k] = male[:k, :k]
        return k, silent
    n = 0
    unseen = -1
    p_out[shown] = 0.0
    for a in range(k):
        if keep[a] > 0:
            keep[a] = n
            p_out[n] = p[a]
            n += 1
        else:
            p_out[shown] += p[a]
            unseen = a
    if mutates:
        for a in range(k):
            if keep[a] < 0 and a != unseen:
                continue
            i = keep[a] if keep[a] >= 0 else n
            f_rest = m_rest = 1.0
            for c in range(k):
                if keep[c] >= 0:
                    f_out[i, keep[c]] = female[a, c]
                    m_out[i, keep[c]] = male[a, c]
                    f_rest -= female[a, c]
                    m_rest -= male[a, c]
            f_out[i, n] = f_rest
            m_out[i, n] = m_rest
    for r in range(codes.shape[0]):
        for w in range(codes.shape[1]):
            if codes[r, w] >= 0:
                codes[r, w] = keep[codes[r, w]]
    return n + 1, (keep[silent] if silent >= 0 else -1)


@nb.njit(cache=True)
def urn_of_exact_founders(plan, k, p, theta, seen, base):
    """Draw the alleles of exactly typed founders from the urn; leave base = n theta + (1 - theta) p.

    Returns (log P, alleles drawn).
    """
    for a in range(k):
        base[a] = (1.0 - theta) * p[a]
    log_p = 0.0
    drawn = 0
    for i in range(plan[N_FOUNDERS]):
        code = plan[plan[FOUNDERS] + i]
        r, alleles = code // 2, 1 + code % 2
        for w in range(alleles):
            a = seen[r, w]
            log_p += math.log(base[a] / (1.0 + (drawn - 1) * theta))
            base[a] += theta
            drawn += 1
    return log_p, drawn


@nb.njit(cache=True)
def one_likelihood(
    plans, starts, shares, draws, k, p, female, male, mutates, silent, theta, urn, lumpable,
    codes, dropout, dropin, keep, p_l, f_l, m_l, base, first, second, weights, table, genotypes,
):  # fmt: skip
    """log10 likelihood at one locus: the sum over the plans (seatings of the urn), each times its share."""
    k, silent = lump(codes, k, p, female, male, mutates, silent, lumpable, keep, p_l, f_l, m_l)
    constant, drawn = 0.0, 0
    if urn:
        constant, drawn = urn_of_exact_founders(plans[starts[0] : starts[1]], k, p_l, theta, codes, base)
    total, scale = 0.0, 0.0
    for q in range(len(shares)):
        share = shares[q]
        for t in range(draws[q]):
            share /= 1.0 + (drawn + t - 1) * theta
        value, log_scale = run_plan(
            plans[starts[q] : starts[q + 1]], k, p_l, base, f_l, m_l, mutates, codes, dropout, dropin,
            silent, urn, first, second, weights, table, genotypes, share,
        )  # fmt: skip
        if value <= 0.0:
            continue
        if total == 0.0:
            total, scale = share * value, log_scale
        elif log_scale <= scale:
            total += share * value * math.exp(log_scale - scale)
        else:
            total = total * math.exp(scale - log_scale) + share * value
            scale = log_scale
    if total <= 0.0:
        return -math.inf
    return (math.log(total) + scale + constant) / math.log(10.0)


@nb.njit(cache=True)
def some_likelihoods(
    plans, starts, shares, draws, sizes, frequencies, female, male, mutates, silent, theta, urn,
    lumpable, observed, dropout, dropin, cases, states_bound, table_bound, begin, end, out,
):  # fmt: skip
    """log10 likelihoods of the cases begin..end, all of one pattern of typing.

    observed: (typings, loci, rows, width) int16; cases: (cases, 2) typing and locus; out: (typings, loci).
    """
    k_max = frequencies.shape[1]
    keep = np.empty(k_max, np.int64)
    p_l, base = np.empty(k_max + 1), np.empty(k_max + 1)
    f_l, m_l = np.empty((k_max + 1, k_max + 1)), np.empty((k_max + 1, k_max + 1))
    first, second = np.empty(states_bound, np.int64), np.empty(states_bound, np.int64)
    weights, table = np.empty(states_bound), np.empty(table_bound)
    genotypes = np.empty((1, 1))
    codes = np.empty(observed.shape[2:], np.int64)
    for case in range(begin, end):
        i, locus = cases[case, 0], cases[case, 1]
        codes[:, :] = observed[i, locus]
        out[i, locus] = one_likelihood(
            plans, starts, shares, draws, sizes[locus], frequencies[locus], female[locus],
            male[locus], mutates[locus], silent[locus], theta, urn, lumpable[locus], codes,
            dropout[i], dropin[i], keep, p_l, f_l, m_l, base, first, second, weights, table, genotypes,
        )  # fmt: skip


@nb.njit(cache=True, parallel=True)
def many_likelihoods(
    plans, starts, shares, draws, sizes, frequencies, female, male, mutates, silent, theta, urn,
    lumpable, observed, dropout, dropin, cases, states_bound, table_bound, chunks, out,
):  # fmt: skip
    """`some_likelihoods` for all cases, in chunks over the processors."""
    n = len(cases)
    for chunk in nb.prange(chunks):
        some_likelihoods(
            plans, starts, shares, draws, sizes, frequencies, female, male, mutates, silent,
            theta, urn, lumpable, observed, dropout, dropin, cases, states_bound, table_bound,
            chunk * n // chunks, (chunk + 1) * n // chunks, out,
        )  # fmt: skip


@nb.njit(cache=True)
def genotype_table(
    plans, starts, shares, draws, k, p, female, male, mutates, silent, theta, urn,
    observed, dropout, dropin, states_bound, table_bound,
):  # fmt: skip
    """(k, k) unnormalised probabilities of the queried person's unordered genotypes, first <= second."""
    keep = np.empty(k, np.int64)
    p_l, base = np.empty(k + 1), np.empty(k + 1)
    f_l, m_l = np.empty((k + 1, k + 1)), np.empty((k + 1, k + 1))
    first, second = np.empty(states_bound, np.int64), np.empty(states_bound, np.int64)
    weights, table = np.empty(states_bound), np.empty(table_bound)
    genotypes = np.zeros((k, k))
    one_likelihood(
        plans, starts, shares, draws, k, p, female, male, mutates, silent, theta, urn, False,
        observed.astype(np.int64), dropout, dropin, keep, p_l, f_l, m_l, base, first, second, weights,
        table, genotypes,
    )  # fmt: skip
    return genotypes
