"""Sum-product elimination over the alleles of a pedigree at one locus.

A plan (see `core.plans`) is one int64 array: a header of HEADER fields (below), then its sections.
Variables: (kind, first row, rows). Factors: (kind, a, a part, b, b part, child, child part, sex of the
parent, first row, rows, written out or not). Bounds: for every factor, initial or made by a step, its
stretch of the scope list. Steps: (variable summed out or -1, start of its inputs, inputs, transmission
factor through which it is carried up or -1).

Cases of one plan run side by side in lanes, the last axis of every array. A variable has as many
states as the lane with the most; the others' spare states are filled with an allele that does not
exist (index k, frequency and transmissions 0), so they weigh nothing.
"""

from __future__ import annotations

import math

import numba as nb
import numpy as np

SLOT, EXACT_CHILD, EXACT_FOUNDER, SOFT_CHILD, FOUNDER_PAIRS, HEMIZYGOUS, HEMIZYGOUS_FOUNDER = range(7)
WEIGHT, TRANSMISSION, DRAWN, BASE, SEEN = range(5)
VARIABLE_FIELDS, FACTOR_FIELDS, STEP_FIELDS, HEADER = 3, 11, 4, 18
(
    N_VARIABLES, N_QUERIED, N_FACTORS, N_STEPS, VARIABLES, FACTORS, STEPS, ROWS, SCOPES, BOUNDS,
    INPUTS, QUERY, WIDEST_SCOPE, MOST_INPUTS, LAST_START, LAST_INPUTS, FOUNDERS, N_FOUNDERS,
) = range(HEADER)  # fmt: skip
TINY = 1e-150
LN10 = math.log(10.0)


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
def list_states(plan, v, k, k_lane, p, seen, dropout, dropin, silent, urn, first, second, weights, at, lane):
    """Write one lane's states of variable v from position `at` on; return how many there are."""
    record = plan[VARIABLES] + v * VARIABLE_FIELDS
    kind, start, count = plan[record], plan[record + 1], plan[record + 2]
    n = 0
    if kind == SLOT:
        for a in range(k):
            first[at + a, lane] = a
            second[at + a, lane] = a
            weights[at + a, lane] = 1.0
        return k
    if kind == EXACT_CHILD or kind == EXACT_FOUNDER:
        r = plan[plan[ROWS] + start]
        a, b = seen[r, 0], seen[r, 1]
        first[at, lane], second[at, lane], weights[at, lane] = a, b, 1.0
        if kind == EXACT_FOUNDER:
            if a != b:
                weights[at, lane] = 2.0
            if not urn:
                weights[at, lane] *= p[a] * p[b]
            return 1
        if a == b:
            return 1
        first[at + 1, lane], second[at + 1, lane], weights[at + 1, lane] = b, a, 1.0
        return 2
    haploid = kind == HEMIZYGOUS or kind == HEMIZYGOUS_FOUNDER
    for a in range(k_lane):
        b_first, b_end = 0, k_lane
        if haploid or kind == FOUNDER_PAIRS:
            b_first = a
        if haploid:
            b_end = a + 1
        for b in range(b_first, b_end):
            w = 1.0
            if count:
                w = rows_weight(plan, start, count, a, b, haploid, seen, dropout, dropin, silent, p)
            if kind == FOUNDER_PAIRS:
                w *= p[a] * p[b] * (1.0 if a == b else 2.0)
            elif kind == HEMIZYGOUS_FOUNDER and not urn:
                w *= p[a]
            if w > 0.0:
                first[at + n, lane], second[at + n, lane], weights[at + n, lane] = a, b, w
                n += 1
    return n


@nb.njit(cache=True)
def list_all_states(
    plan, k, k_lanes, p, seen, dropout, dropin, silent, urn, first, second, weights, offsets, counts, lanes, own,
):  # fmt: skip
    """States of all variables in all lanes, the spare ones filled with the allele that does not exist."""
    at = 0
    for v in range(plan[N_VARIABLES]):
        offsets[v] = at
        most = 0
        for lane in range(lanes):
            own[lane] = list_states(
                plan, v, k, k_lanes[lane], p[lane], seen[lane], dropout[lane], dropin[lane], silent[lane],
                urn, first, second, weights, at, lane,
            )  # fmt: skip
            most = max(most, own[lane])
        for lane in range(lanes):
            for spare in range(at + own[lane], at + most):
                first[spare, lane], second[spare, lane], weights[spare, lane] = k, k, 0.0
        counts[v] = most
        at += most


@nb.njit(cache=True)
def advance(index, counts, plan, start, width):
    """The next combination of states, the last variable fastest; returns the position that moved."""
    j = width - 1
    while j >= 0:
        index[j] += 1
        if index[j] < counts[plan[start + j]]:
            return j
        index[j] = 0
        j -= 1
    return -1


@nb.njit(cache=True)
def transmitted(single, a_alleles, b_alleles, c_alleles, matrix, mutates, out, lanes):
    """P(child's allele | parent's one or two alleles), lane by lane."""
    if not mutates:
        for lane in range(lanes):
            c = c_alleles[lane]
            same = 1.0 if a_alleles[lane] == c else 0.0
            if not single:
                same = 0.5 * (same + (1.0 if b_alleles[lane] == c else 0.0))
            out[lane] = same
        return
    for lane in range(lanes):
        c = c_alleles[lane]
        value = matrix[a_alleles[lane], c, lane]
        if not single:
            value = 0.5 * (value + matrix[b_alleles[lane], c, lane])
        out[lane] = value


@nb.njit(cache=True)
def fill_factor(
    plan, f, base, female, male, drawn_female, drawn_male, mutates, p, seen, dropout, dropin, silent,
    first, second, weights, offsets, counts, table, at, index, lanes,
):  # fmt: skip
    """Write the table of initial factor f from position `at` on; return its size."""
    record = plan[FACTORS] + f * FACTOR_FIELDS
    kind = plan[record]
    start = plan[SCOPES] + plan[plan[BOUNDS] + f]
    width = plan[plan[BOUNDS] + f + 1] - plan[plan[BOUNDS] + f]
    n = 1
    for j in range(width):
        n *= counts[plan[start + j]]
        index[j] = 0
    matrix = male if plan[record + 7] == 1 else female
    drawn = drawn_male if plan[record + 7] == 1 else drawn_female
    a_var, b_var, c_var = plan[record + 1], plan[record + 3], plan[record + 5]
    a_alleles = first if plan[record + 2] == 0 else second
    b_alleles = first if plan[record + 4] == 0 else second
    c_alleles = first if plan[record + 6] == 0 else second
    for entry in range(at, at + n):
        a = b = c = 0
        for j in range(width):
            v = plan[start + j]
            state = offsets[v] + index[j]
            if v == a_var:
                a = state
            if v == b_var:
                b = state
            if v == c_var:
                c = state
        if kind == TRANSMISSION:
            transmitted(b_var < 0, a_alleles[a], b_alleles[b], c_alleles[c], matrix, mutates, table[entry], lanes)
        elif kind == WEIGHT:
            for lane in range(lanes):
                table[entry, lane] = weights[a, lane]
        elif kind == DRAWN:
            for lane in range(lanes):
                table[entry, lane] = drawn[lane, c_alleles[c, lane]]
        elif kind == BASE:
            for lane in range(lanes):
                table[entry, lane] = base[lane, a_alleles[a, lane]]
        else:
            for lane in range(lanes):
                x = a_alleles[a, lane]
                y = x if b_var < 0 else b_alleles[b, lane]
                table[entry, lane] = rows_weight(
                    plan, plan[record + 8], plan[record + 9], x, y, b_var < 0, seen[lane], dropout[lane],
                    dropin[lane], silent[lane], p[lane],
                )  # fmt: skip
        advance(index, counts, plan, start, width)
    return n


@nb.njit(cache=True)
def set_strides(plan, v, inputs, n_in, start, width, counts, places, cursor, strides):
    """Where each input factor starts, and how far it moves with each variable of the output and with v."""
    for i in range(n_in):
        f = plan[inputs + i]
        cursor[i] = places[f]
        for j in range(width + 1):
            strides[i, j] = 0
        stride = 1
        for q in range(plan[plan[BOUNDS] + f + 1] - 1, plan[plan[BOUNDS] + f] - 1, -1):
            u = plan[plan[SCOPES] + q]
            if u == v:
                strides[i, width] = stride
            for j in range(width):
                if plan[start + j] == u:
                    strides[i, j] = stride
            stride *= counts[u]


@nb.njit(cache=True)
def sum_products(table, cursor, strides, width, n_in, states, total, product, lanes):
    """total = sum over the states of v of the product of all inputs, lane by lane."""
    total[:lanes] = 0.0
    if n_in == 1:
        for s in range(states):
            x = table[cursor[0] + s * strides[0, width]]
            for lane in range(lanes):
                total[lane] += x[lane]
    elif n_in == 2:
        for s in range(states):
            x = table[cursor[0] + s * strides[0, width]]
            y = table[cursor[1] + s * strides[1, width]]
            for lane in range(lanes):
                total[lane] += x[lane] * y[lane]
    elif n_in == 3:
        for s in range(states):
            x = table[cursor[0] + s * strides[0, width]]
            y = table[cursor[1] + s * strides[1, width]]
            z = table[cursor[2] + s * strides[2, width]]
            for lane in range(lanes):
                total[lane] += x[lane] * y[lane] * z[lane]
    else:
        for s in range(states):
            x = table[cursor[0] + s * strides[0, width]]
            y = table[cursor[1] + s * strides[1, width]]
            for lane in range(lanes):
                product[lane] = x[lane] * y[lane]
            for i in range(2, n_in):
                x = table[cursor[i] + s * strides[i, width]]
                for lane in range(lanes):
                    product[lane] *= x[lane]
            for lane in range(lanes):
                total[lane] += product[lane]


@nb.njit(cache=True)
def sum_out(
    plan, v, inputs, n_in, out, counts, table, at, index, cursor, strides, places, total, product, largest, lanes
):
    """Multiply the input factors and sum over variable v (v < 0: multiply only); return the size."""
    start = plan[SCOPES] + plan[plan[BOUNDS] + out]
    width = plan[plan[BOUNDS] + out + 1] - plan[plan[BOUNDS] + out]
    set_strides(plan, v, inputs, n_in, start, width, counts, places, cursor, strides)
    states = counts[v] if v >= 0 else 1
    n = 1
    for j in range(width):
        n *= counts[plan[start + j]]
        index[j] = 0
    largest[:lanes] = 0.0
    for entry in range(at, at + n):
        sum_products(table, cursor, strides, width, n_in, states, total, product, lanes)
        row = table[entry]
        for lane in range(lanes):
            row[lane] = total[lane]
            largest[lane] = max(largest[lane], total[lane])
        moved = advance(index, counts, plan, start, width)
        for i in range(n_in):
            for j in range(moved + 1, width):
                cursor[i] -= strides[i, j] * (counts[plan[start + j]] - 1)
            if moved >= 0:
                cursor[i] += strides[i, moved]
    return n


@nb.njit(cache=True)
def allele_above(below, step, matrix, mutates, k, table, above, lanes):
    """above[x] = sum over the child's allele c of P(c passed on | x) below[c]; 0 for the allele that is none."""
    for x in range(k):
        if not mutates:
            source = table[below + x * step]
            for lane in range(lanes):
                above[x, lane] = source[lane]
            continue
        for lane in range(lanes):
            above[x, lane] = 0.0
        for c in range(k):
            source = table[below + c * step]
            for lane in range(lanes):
                above[x, lane] += matrix[x, c, lane] * source[lane]
    for lane in range(lanes):
        above[k, lane] = 0.0


@nb.njit(cache=True)
def carry_up(
    plan, v, carried, inputs, out, k, female, male, mutates, first, second, offsets, counts, table, at, index,
    cursor, strides, places, above, largest, lanes,
):  # fmt: skip
    """Sum out a child's allele v without writing out its transmission; the parents' states are last in scope."""
    record = plan[FACTORS] + carried * FACTOR_FIELDS
    a_var, b_var = plan[record + 1], plan[record + 3]
    a_alleles = first if plan[record + 2] == 0 else second
    b_alleles = first if plan[record + 4] == 0 else second
    matrix = male if plan[record + 7] == 1 else female
    apart = b_var >= 0 and b_var != a_var
    start = plan[SCOPES] + plan[plan[BOUNDS] + out]
    width = plan[plan[BOUNDS] + out + 1] - plan[plan[BOUNDS] + out] - (2 if apart else 1)
    set_strides(plan, v, inputs, 1, start, width, counts, places, cursor, strides)
    n = 1
    for j in range(width):
        n *= counts[plan[start + j]]
        index[j] = 0
    b_states = counts[b_var] if apart else 1
    largest[:lanes] = 0.0
    entry = at
    for _ in range(n):
        allele_above(cursor[0], strides[0, width], matrix, mutates, k, table, above, lanes)
        for s in range(counts[a_var]):
            a = a_alleles[offsets[a_var] + s]
            for other in range(b_states):
                row = table[entry]
                if b_var < 0:
                    for lane in range(lanes):
                        row[lane] = above[a[lane], lane]
                else:
                    b = b_alleles[offsets[b_var] + (other if apart else s)]
                    for lane in range(lanes):
                        row[lane] = 0.5 * (above[a[lane], lane] + above[b[lane], lane])
                for lane in range(lanes):
                    largest[lane] = max(largest[lane], row[lane])
                entry += 1
        moved = advance(index, counts, plan, start, width)
        for j in range(moved + 1, width):
            cursor[0] -= strides[0, j] * (counts[plan[start + j]] - 1)
        if moved >= 0:
            cursor[0] += strides[0, moved]
    return entry - at


@nb.njit(cache=True)
def rescale(table, at, n, largest, log_scale, lanes):
    """Lift lanes whose numbers run out of range; False when no lane has anything left."""
    alive = False
    for lane in range(lanes):
        if largest[lane] > 0.0:
            alive = True
            if largest[lane] < TINY:
                for entry in range(at, at + n):
                    table[entry, lane] /= largest[lane]
                log_scale[lane] += math.log(largest[lane])
    return alive


@nb.njit(cache=True)
def run_plan(
    plan, k, k_lanes, p, base, female, male, drawn_female, drawn_male, mutates, seen, dropout, dropin,
    silent, urn, first, second, weights, table, value, log_scale, genotypes, share, lanes,
):  # fmt: skip
    """Likelihoods of one plan: value (mantissa) and log_scale by lane; the query's table times `share`."""
    n_factors, n_steps = plan[N_FACTORS], plan[N_STEPS]
    offsets, counts = np.empty(plan[N_VARIABLES], np.int64), np.empty(plan[N_VARIABLES], np.int64)
    places = np.empty(n_factors + n_steps + 1, np.int64)
    width, most_inputs = max(plan[WIDEST_SCOPE], 1), max(plan[MOST_INPUTS], 1)
    index, cursor = np.empty(width, np.int64), np.empty(most_inputs, np.int64)
    strides = np.empty((most_inputs, width + 1), np.int64)
    total, product, largest = np.empty(lanes), np.empty(lanes), np.empty(lanes)
    above = np.empty((k + 1, lanes))
    list_all_states(
        plan, k, k_lanes, p, seen, dropout, dropin, silent, urn, first, second, weights, offsets, counts,
        lanes, np.empty(lanes, np.int64),
    )  # fmt: skip
    value[:lanes] = 0.0
    log_scale[:lanes] = 0.0
    at = 0
    for f in range(n_factors):
        places[f] = at
        if plan[plan[FACTORS] + f * FACTOR_FIELDS + 10] == 0:
            continue
        at += fill_factor(
            plan, f, base, female, male, drawn_female, drawn_male, mutates, p, seen, dropout, dropin,
            silent, first, second, weights, offsets, counts, table, at, index, lanes,
        )  # fmt: skip
    for t in range(n_steps):
        record = plan[STEPS] + t * STEP_FIELDS
        v, inputs, n_in = plan[record], plan[INPUTS] + plan[record + 1], plan[record + 2]
        places[n_factors + t] = at
        carried = plan[record + 3]
        if carried >= 0:
            n = carry_up(
                plan, v, carried, inputs, n_factors + t, k, female, male, mutates, first, second, offsets,
                counts, table, at, index, cursor, strides, places, above, largest, lanes,
            )  # fmt: skip
        else:
            n = sum_out(
                plan, v, inputs, n_in, n_factors + t, counts, table, at, index, cursor, strides, places, total,
                product, largest, lanes,
            )  # fmt: skip
        if not rescale(table, at, n, largest, log_scale, lanes):
            return
        at += n
    last, inputs = n_factors + n_steps, plan[INPUTS] + plan[LAST_START]
    n = sum_out(
        plan, -1, inputs, plan[LAST_INPUTS], last, counts, table, at, index, cursor, strides, places, total,
        product, largest, lanes,
    )  # fmt: skip
    for entry in range(at, at + n):
        for lane in range(lanes):
            value[lane] += table[entry, lane]
    if plan[N_QUERIED] > 0:
        for lane in range(lanes):
            total[lane] = share[lane] * math.exp(log_scale[lane])
        add_query(plan, last, first, second, offsets, counts, table, at, k, total, genotypes, index, lanes)


@nb.njit(cache=True)
def add_query(plan, last, first, second, offsets, counts, table, at, k, share, genotypes, index, lanes):
    """Fold the last table into unordered genotypes of the queried person (a hemizygote on the diagonal).

    genotypes: (k (k + 1) / 2, lanes), row by row of the upper triangle.
    """
    start = plan[SCOPES] + plan[plan[BOUNDS] + last]
    width = plan[plan[BOUNDS] + last + 1] - plan[plan[BOUNDS] + last]
    query = plan[QUERY]
    n = 1
    for j in range(width):
        n *= counts[plan[start + j]]
        index[j] = 0
    for entry in range(at, at + n):
        a_state = b_state = -1
        for j in range(width):
            v = plan[start + j]
            if v == plan[query]:
                a_state = offsets[v] + index[j]
            if v == plan[query + 2]:
                b_state = offsets[v] + index[j]
        for lane in range(lanes):
            a = first[a_state, lane] if plan[query + 1] == 0 else second[a_state, lane]
            b = a
            if b_state >= 0:
                b = first[b_state, lane] if plan[query + 3] == 0 else second[b_state, lane]
            if a < k and b < k:
                genotypes[genotype_number(a, b, k), lane] += share[lane] * table[entry, lane]
        advance(index, counts, plan, start, width)


@nb.njit(cache=True)
def genotype_number(a, b, k):
    """Place of the unordered genotype a, b among the k (k + 1) / 2, (0, 0), (0, 1), ... (1, 1), ..."""
    low, high = min(a, b), max(a, b)
    return low * k - low * (low - 1) // 2 + high - low


@nb.njit(cache=True)
def alleles_shown(codes, k, silent, keep):
    """How many alleles occur in the codes (the silent one always counts); keep[a] = 1 for these, else -1."""
    for a in range(k):
        keep[a] = -1
    shown = 0
    if silent >= 0:
        keep[silent] = 1
        shown = 1
    for r in range(codes.shape[0]):
        for w in range(codes.shape[1]):
            a = codes[r, w]
            if a >= 0 and keep[a] < 0:
                keep[a] = 1
                shown += 1
    return shown


@nb.njit(cache=True)
def lump(codes, k, p, female, male, mutates, silent, lumpable, keep, p_out, f_out, m_out):
    """Let all alleles nobody shows stand as one, where that is exact.

    codes: (rows, width) allele codes, rewritten in place to states. Returns (states, silent state).
    """
    p_out[:] = 0.0
    if mutates:
        f_out[:, :] = 0.0
        m_out[:, :] = 0.0
    shown = alleles_shown(codes, k, silent, keep)
    if not lumpable or shown >= k - 1:
        p_out[:k] = p[:k]
        if mutates:
            f_out[:k, :k] = female[:k, :k]
            m_out[:k, :k] = male[:k, :k]
        return k, silent
    n = 0
    unseen = -1
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
    for a in range(len(base)):
        base[a] = (1.0 - theta) * p[a]
    log_p = 0.0
    drawn = 0
    for i in range(plan[N_FOUNDERS]):
        code = plan[plan[FOUNDERS] + i]
        r, alleles = code // 2, 1 + code % 2
        for w in range(alleles):
            a = seen[r, w]
            if base[a] <= 0.0:
                return -math.inf, drawn
            log_p += math.log(base[a] / (1.0 + (drawn - 1) * theta))
            base[a] += theta
            drawn += 1
    return log_p, drawn


@nb.njit(cache=True)
def draw_once(p, matrix, mutates, out):
    """Distribution of an allele drawn from the population and passed on once."""
    for c in range(len(p)):
        if not mutates:
            out[c] = p[c]
            continue
        out[c] = 0.0
        for x in range(len(p)):
            out[c] += p[x] * matrix[x, c]


@nb.njit(cache=True)
def lanes_of_likelihoods(
    plans, starts, shares, draws, mutates, theta, urn, k_lanes, p, female, male, silent, codes, dropout,
    dropin, first, second, weights, table, genotypes, lanes, out,
):  # fmt: skip
    """out[lane] = natural log likelihood: the sum over the plans (seatings of the urn), each times its share."""
    width = p.shape[1]
    base, drawn_female, drawn_male = np.empty((lanes, width)), np.empty((lanes, width)), np.empty((lanes, width))
    constant, drawn = np.zeros(lanes), np.zeros(lanes, np.int64)
    total, scale = np.zeros(lanes), np.zeros(lanes)
    value, log_scale, share = np.empty(lanes), np.empty(lanes), np.empty(lanes)
    k = 0
    for lane in range(lanes):
        k = max(k, k_lanes[lane])
        if urn:
            constant[lane], drawn[lane] = urn_of_exact_founders(
                plans[starts[0] : starts[1]], k_lanes[lane], p[lane], theta, codes[lane], base[lane]
            )
        else:
            draw_once(p[lane], female[:, :, lane], mutates, drawn_female[lane])
            draw_once(p[lane], male[:, :, lane], mutates, drawn_male[lane])
    for q in range(len(shares)):
        for lane in range(lanes):
            share[lane] = shares[q]
            for t in range(draws[q]):
                share[lane] /= 1.0 + (drawn[lane] + t - 1) * theta
        run_plan(
            plans[starts[q] : starts[q + 1]], k, k_lanes, p, base, female, male, drawn_female, drawn_male,
            mutates, codes, dropout, dropin, silent, urn, first, second, weights, table, value, log_scale,
            genotypes, share, lanes,
        )  # fmt: skip
        for lane in range(lanes):
            if value[lane] <= 0.0:
                continue
            part = share[lane] * value[lane]
            if total[lane] == 0.0:
                total[lane], scale[lane] = part, log_scale[lane]
            elif log_scale[lane] <= scale[lane]:
                total[lane] += part * math.exp(log_scale[lane] - scale[lane])
            else:
                total[lane] = total[lane] * math.exp(scale[lane] - log_scale[lane]) + part
                scale[lane] = log_scale[lane]
    for lane in range(lanes):
        out[lane] = -math.inf
        if total[lane] > 0.0:
            out[lane] = math.log(total[lane]) + scale[lane] + constant[lane]


@nb.njit(cache=True)
def some_likelihoods(
    plans, starts, shares, draws, mutates, theta, urn, sizes, frequencies, female, male, silent, lumpable,
    observed, dropout, dropin, cases, states, states_bound, table_bound, most_lanes, begin, end, out,
):  # fmt: skip
    """log10 likelihoods of the cases begin..end, all of one pattern of typing.

    observed: (typings, loci, rows, width) int16; cases: (cases, 2) typing and locus; states: most alleles
    told apart in any case; out: (typings, loci).
    """
    rows, width, n = observed.shape[2], observed.shape[3], frequencies.shape[1]
    lanes_here = min(most_lanes, end - begin)
    keep = np.empty(n, np.int64)
    p = np.empty((lanes_here, min(n, states) + 1))
    own = p.shape[1] if mutates else 1
    f_l, m_l = np.empty((own, own, lanes_here)), np.empty((own, own, lanes_here))
    k_lanes, silent_lanes = np.empty(lanes_here, np.int64), np.empty(lanes_here, np.int64)
    codes = np.empty((lanes_here, rows, width), np.int64)
    lost, foreign = np.empty((lanes_here, rows)), np.empty((lanes_here, rows))
    first, second = np.empty((states_bound, lanes_here), np.int32), np.empty((states_bound, lanes_here), np.int32)
    weights, table = np.empty((states_bound, lanes_here)), np.empty((table_bound, lanes_here))
    genotypes, logs = np.empty((1, 1)), np.empty(lanes_here)
    order = by_alleles_shown(cases[begin:end], observed, sizes, silent, lumpable, keep)
    for start in range(0, end - begin, lanes_here):
        lanes = min(lanes_here, end - begin - start)
        for lane in range(lanes):
            case = begin + order[start + lane]
            i, locus = cases[case, 0], cases[case, 1]
            codes[lane] = observed[i, locus]
            lost[lane], foreign[lane] = dropout[i], dropin[i]
            k_lanes[lane], silent_lanes[lane] = lump(
                codes[lane], sizes[locus], frequencies[locus], female[locus], male[locus], mutates,
                silent[locus], lumpable[locus], keep, p[lane], f_l[:, :, lane], m_l[:, :, lane],
            )  # fmt: skip
        lanes_of_likelihoods(
            plans, starts, shares, draws, mutates, theta, urn, k_lanes, p, f_l, m_l, silent_lanes, codes,
            lost, foreign, first, second, weights, table, genotypes, lanes, logs,
        )  # fmt: skip
        for lane in range(lanes):
            case = begin + order[start + lane]
            out[cases[case, 0], cases[case, 1]] = logs[lane] / LN10


@nb.njit(cache=True)
def by_alleles_shown(cases, observed, sizes, silent, lumpable, keep):
    """Order in which cases with equally many states are neighbours, so that lanes waste little."""
    n = len(cases)
    states = np.empty(n, np.int64)
    most = 0
    for case in range(n):
        i, locus = cases[case, 0], cases[case, 1]
        states[case] = sizes[locus]
        if lumpable[locus]:
            shown = alleles_shown(observed[i, locus], sizes[locus], silent[locus], keep)
            states[case] = min(shown + 1, sizes[locus])
        most = max(most, states[case])
    starts = np.zeros(most + 2, np.int64)
    for case in range(n):
        starts[states[case] + 1] += 1
    for size in range(most + 1):
        starts[size + 1] += starts[size]
    order = np.empty(n, np.int64)
    for case in range(n):
        order[starts[states[case]]] = case
        starts[states[case]] += 1
    return order


@nb.njit(cache=True, parallel=True, nogil=True)
def many_likelihoods(
    plans, starts, shares, draws, mutates, theta, urn, sizes, frequencies, female, male, silent, lumpable,
    observed, dropout, dropin, cases, states, states_bound, table_bound, most_lanes, chunks, out,
):  # fmt: skip
    """`some_likelihoods` for all cases, in chunks over the processors."""
    n = len(cases)
    for chunk in nb.prange(chunks):
        some_likelihoods(
            plans, starts, shares, draws, mutates, theta, urn, sizes, frequencies, female, male, silent,
            lumpable, observed, dropout, dropin, cases, states, states_bound, table_bound, most_lanes,
            chunk * n // chunks, (chunk + 1) * n // chunks, out,
        )  # fmt: skip


@nb.njit(cache=True)
def with_probes(codes, k, p, arrivals, mutates, silent, keep, p_out, f_out, m_out):
    """Stand in for all alleles nobody shows with three probes, of frequency 0, 1/2 and 1/4 of theirs, and a rest.

    arrivals: (2, 2) by sex alpha, beta: any other allele becomes allele c with probability alpha + beta p_c.
    codes: (rows, width), rewritten in place to states. Returns (states, alleles shown); all alleles as they
    are, and -1, where there are too few for it to pay.
    """
    shown = alleles_shown(codes, k, silent, keep)
    if shown + 4 > k:
        p_out[:k] = p[:k]
        return k, -1
    n = 0
    rest = 1.0
    for a in range(k):
        if keep[a] > 0:
            keep[a] = n
            p_out[n] = p[a]
            rest -= p[a]
            n += 1
    p_out[n], p_out[n + 1], p_out[n + 2], p_out[n + 3] = 0.0, 0.5 * rest, 0.25 * rest, 0.25 * rest
    if mutates:
        for sex in range(2):
            out = f_out if sex == 0 else m_out
            alpha, beta = arrivals[sex, 0], arrivals[sex, 1]
            for i in range(n + 4):
                left = 1.0
                for c in range(n + 3):
                    arrives = alpha + beta * p_out[c]
                    out[i, c] = 1.0 - (k * alpha + beta - arrives) if i == c else arrives
                    left -= out[i, c]
                out[i, n + 3] = left
    for r in range(codes.shape[0]):
        for w in range(codes.shape[1]):
            if codes[r, w] >= 0:
                codes[r, w] = keep[codes[r, w]]
    return n + 4, n


@nb.njit(cache=True)
def spread(table, states, shown, keep, k, p, p_states, lane, out):
    """Every genotype from those with probes, each a polynomial in the frequencies of its alleles not shown."""
    q = p_states[lane]
    h2, h3 = q[shown + 1], q[shown + 2]
    u1, u2, u3 = shown, shown + 1, shown + 2
    t12 = table[genotype_number(u1, u2, states), lane]
    t13 = table[genotype_number(u1, u3, states), lane]
    t23 = table[genotype_number(u2, u3, states), lane]
    slope = (t13 - t12) / (h3 - h2)
    base = t12 - slope * h2
    product = (t23 - base - slope * (h2 + h3)) / (h2 * h3)
    d1 = table[genotype_number(u1, u1, states), lane]
    d2 = (table[genotype_number(u2, u2, states), lane] - d1) / h2
    d3 = (table[genotype_number(u3, u3, states), lane] - d1) / h3
    square = (d2 - d3) / (h2 - h3)
    linear = d2 - square * h2
    for a in range(k):
        for b in range(a, k):
            g = genotype_number(a, b, k)
            if keep[a] >= 0 and keep[b] >= 0:
                out[g] = table[genotype_number(keep[a], keep[b], states), lane]
            elif keep[a] >= 0 or keep[b] >= 0:
                known, x = (keep[a], p[b]) if keep[a] >= 0 else (keep[b], p[a])
                at_0 = table[genotype_number(known, u1, states), lane]
                out[g] = at_0 + (table[genotype_number(known, u2, states), lane] - at_0) * x / h2
            elif a == b:
                out[g] = d1 + p[a] * (linear + square * p[a])
            else:
                out[g] = base + slope * (p[a] + p[b]) + product * p[a] * p[b]


@nb.njit(cache=True)
def some_genotypes(
    plans, starts, shares, draws, mutates, theta, urn, k, p, female, male, arrivals, probes, silent, observed,
    dropout, dropin, cases, states_bound, table_bound, most_states, most_lanes, begin, end, out,
):  # fmt: skip
    """out[case] = distribution of the queried person's unordered genotypes, for cases begin..end of one locus.

    observed: (typings, rows, width) int16; cases: typings of one pattern; probes: whether `with_probes` is
    exact, with `arrivals`; out: (typings, k (k + 1) / 2), left 0 where what was seen is impossible.
    """
    rows, width = observed.shape[1], observed.shape[2]
    lanes_here = min(most_lanes, end - begin)
    keep = np.empty((lanes_here, k), np.int64)
    p_l = np.zeros((lanes_here, most_states + 1))
    own = most_states + 1 if mutates else 1
    f_l, m_l = np.zeros((own, own, lanes_here)), np.zeros((own, own, lanes_here))
    codes = np.empty((lanes_here, rows, width), np.int64)
    lost, foreign = np.empty((lanes_here, rows)), np.empty((lanes_here, rows))
    first, second = np.empty((states_bound, lanes_here), np.int32), np.empty((states_bound, lanes_here), np.int32)
    weights, table = np.empty((states_bound, lanes_here)), np.empty((table_bound, lanes_here))
    genotypes, logs = np.empty((most_states * (most_states + 1) // 2, lanes_here)), np.empty(lanes_here)
    k_lanes, shown = np.full(lanes_here, k), np.full(lanes_here, -1)
    silent_lanes = np.full(lanes_here, silent)
    for start in range(begin, end, lanes_here):
        lanes = min(lanes_here, end - start)
        most = 0
        for lane in range(lanes):
            case = cases[start + lane]
            codes[lane] = observed[case]
            lost[lane], foreign[lane] = dropout[case], dropin[case]
            p_l[lane] = 0.0
            f_l[:, :, lane] = 0.0
            m_l[:, :, lane] = 0.0
            if probes:
                k_lanes[lane], shown[lane] = with_probes(
                    codes[lane], k, p, arrivals, mutates, silent, keep[lane], p_l[lane], f_l[:, :, lane],
                    m_l[:, :, lane],
                )  # fmt: skip
            if shown[lane] < 0:
                p_l[lane, :k] = p
                if mutates:
                    f_l[:k, :k, lane], m_l[:k, :k, lane] = female, male
            elif silent >= 0:
                silent_lanes[lane] = keep[lane, silent]
            most = max(most, k_lanes[lane])
        genotypes[:, :] = 0.0
        lanes_of_likelihoods(
            plans, starts, shares, draws, mutates, theta, urn, k_lanes, p_l, f_l, m_l, silent_lanes, codes,
            lost, foreign, first, second, weights, table, genotypes, lanes, logs,
        )  # fmt: skip
        for lane in range(lanes):
            case = cases[start + lane]
            if shown[lane] >= 0:
                spread(genotypes, most, shown[lane], keep[lane], k, p, p_l, lane, out[case])
            else:
                for a in range(k):
                    for b in range(a, k):
                        out[case, genotype_number(a, b, k)] = genotypes[genotype_number(a, b, most), lane]
            total = out[case].sum()
            if total > 0.0:
                out[case] /= total


@nb.njit(cache=True, parallel=True, nogil=True)
def many_genotypes(
    plans, starts, shares, draws, mutates, theta, urn, k, p, female, male, arrivals, probes, silent, observed,
    dropout, dropin, cases, states_bound, table_bound, most_states, most_lanes, chunks, out,
):  # fmt: skip
    """`some_genotypes` for all cases, in chunks over the processors."""
    n = len(cases)
    for chunk in nb.prange(chunks):
        some_genotypes(
            plans, starts, shares, draws, mutates, theta, urn, k, p, female, male, arrivals, probes, silent,
            observed, dropout, dropin, cases, states_bound, table_bound, most_states, most_lanes,
            chunk * n // chunks, (chunk + 1) * n // chunks, out,
        )  # fmt: skip


@nb.njit(cache=True)
def outcome_weights(seen, dropout, dropin, silent, p, haploid, out):
    """out[outcome, genotype] = P(outcome | genotype), for outcomes each seen on a sample of its own.

    seen: (outcomes, width); dropout, dropin: (outcomes,). haploid: genotypes on the diagonal alone occur.
    """
    k = len(p)
    for o in range(len(seen)):
        for a in range(k):
            for b in range(a, k):
                weight = 0.0
                if not haploid:
                    weight = diploid_weight(a, b, seen[o], dropout[o], dropin[o], silent, p)
                elif a == b:
                    weight = haploid_weight(a, seen[o], dropout[o], dropin[o], silent, p)
                out[o, genotype_number(a, b, k)] = weight
