"""The transportation problem: what flows from supplies to demands so that the total gain is the largest.

SciPy solves it in floating point; whole supplies and gains have a whole optimum and whole prices (the
constraints are totally unimodular), so its answer is rounded and then proved in whole numbers by duality: a
plan that respects every limit and earns as much as some prices that no plan can beat is the largest there is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Plan = dict[tuple[int, int], int]
Gains = Mapping[tuple[int, int], int]


def largest_total(supply: Sequence[int], demand: Sequence[int], gains: Gains) -> tuple[Plan, bool]:
    """A plan of the largest total gain, only pairs in ``gains`` allowed, and whether that is proved.

    Where SciPy's answer cannot be proved, as with amounts beyond what a float holds, the plan is found by
    augmenting paths in whole numbers, which is slower and exact by itself.
    """
    if not gains:
        return {}, True
    plan, prices = _solved(supply, demand, gains)
    if _is_optimal(plan, prices, supply, demand, gains):
        return plan, True
    return _augmented(supply, demand, gains), True


def _solved(
    supply: Sequence[int], demand: Sequence[int], gains: Gains
) -> tuple[Plan, tuple[list[int], list[int]]]:
    """SciPy's plan and prices, rounded. A basis of ones keeps whole numbers whole up to what a float holds."""
    import numpy as np  # with SciPy slow to import, and only checks of trades need them
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    pairs = list(gains)
    count, rows = len(pairs), len(supply) + len(demand)
    ends = [i for i, _ in pairs] + [len(supply) + j for _, j in pairs]
    limits = coo_array((np.ones(2 * count), (ends, [*range(count), *range(count)])), shape=(rows, count))
    result = linprog(
        [-float(gains[pair]) for pair in pairs],
        A_ub=limits.tocsr(),
        b_ub=[float(amount) for amount in (*supply, *demand)],
        method="highs-ds",
    )
    if result.x is None:
        return {}, ([], [])
    plan = {pair: amount for pair, x in zip(pairs, result.x, strict=True) if (amount := round(float(x)))}
    prices = [round(-float(price)) for price in result.ineqlin.marginals]
    return plan, (prices[: len(supply)], prices[len(supply) :])


def _is_optimal(
    plan: Plan,
    prices: tuple[list[int], list[int]],
    supply: Sequence[int],
    demand: Sequence[int],
    gains: Gains,
) -> bool:
    """Whether plan and prices prove each other: both feasible, and of one total."""
    u, v = prices
    if len(u) != len(supply) or len(v) != len(demand) or min(*u, *v, *plan.values(), 0) < 0:
        return False
    if any(u[i] + v[j] < gain for (i, j), gain in gains.items()):
        return False
    sent, received = [0] * len(supply), [0] * len(demand)
    for (i, j), amount in plan.items():
        sent[i] += amount
        received[j] += amount
    if any(s > most for s, most in zip((*sent, *received), (*supply, *demand), strict=True)):
        return False
    total = sum(gains[pair] * amount for pair, amount in plan.items())
    bound = sum(p * amount for p, amount in zip((*u, *v), (*supply, *demand), strict=True))
    return total == bound


def _augmented(supply: Sequence[int], demand: Sequence[int], gains: Gains) -> Plan:
    """The largest total by augmenting along the path of the largest gain until none gains (Bellman–Ford)."""
    left, wanted = list(supply), list(demand)
    plan: Plan = {}
    while True:
        path = _best_path(left, wanted, plan, gains)
        if not path:
            return {pair: amount for pair, amount in plan.items() if amount}
        forward, back = path[0::2], path[1::2]
        first, last = forward[0][0], forward[-1][1]
        amount = min(left[first], wanted[last], *(plan[pair] for pair in back))
        for pair in forward:
            plan[pair] = plan.get(pair, 0) + amount
        for pair in back:
            plan[pair] -= amount
        left[first] -= amount
        wanted[last] -= amount


def _best_path(left: list[int], wanted: list[int], plan: Plan, gains: Gains) -> list[tuple[int, int]]:
    """The pairs to raise and lower in turn for the largest gain a unit; empty where no gain is left."""
    to_supply: dict[int, tuple[int, list[tuple[int, int]]]] = {i: (0, []) for i, n in enumerate(left) if n}
    to_demand: dict[int, tuple[int, list[tuple[int, int]]]] = {}
    changed = True
    while changed:
        changed = False
        for (i, j), gain in gains.items():
            if i in to_supply and (j not in to_demand or to_demand[j][0] < to_supply[i][0] + gain):
                to_demand[j] = to_supply[i][0] + gain, [*to_supply[i][1], (i, j)]
                changed = True
            if plan.get((i, j)) and j in to_demand:
                value = to_demand[j][0] - gain
                if i not in to_supply or to_supply[i][0] < value:
                    to_supply[i] = value, [*to_demand[j][1], (i, j)]
                    changed = True
    ends = [(gain, path) for j, (gain, path) in to_demand.items() if wanted[j] and gain > 0]
    return max(ends, key=lambda end: end[0])[1] if ends else []
