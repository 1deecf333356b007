"""What has to be the same wherever a part of one result is computed, and what differs."""

from __future__ import annotations

import hashlib
import importlib.metadata
import math
import platform
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from antigone.domain import Place, Problem
from antigone.identify.provenance import software_version


@cache
def software() -> dict[str, str]:
    """Versions and digests by name, of the process that asks.

    >>> list(software())
    ['antigone', 'python', 'numpy', 'numba', 'llvmlite', 'arithmetic']
    """
    versions = {name: importlib.metadata.version(name) for name in ("numpy", "numba", "llvmlite")}
    return {"antigone": sources(), "python": platform.python_version(), **versions, "arithmetic": _arithmetic()}


def differences(found: Mapping[str, Mapping[str, str] | Exception]) -> list[Problem]:
    """`cluster-version` for everything that is not as in this process; place: the worker, found and needed: both sides.

    `found`: worker -> its `software()`, or why it has none.

    >>> [problem.found for problem in differences({"A": software(), "B": {**software(), "numpy": "1.0"}})]
    ['numpy 1.0']
    """
    problems = []
    for worker, theirs in found.items():
        if isinstance(theirs, Exception):
            problems.append(Problem("cluster-version", Place(item=worker), str(theirs), software_version()))
            continue
        for name, own in software().items():
            other = theirs.get(name, "")
            if other != own:
                problems.append(Problem("cluster-version", Place(item=worker), f"{name} {other}", f"{name} {own}"))
    return problems


def sources() -> str:
    """Version, and a digest of our own sources: a version alone does not tell two clones apart."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{software_version().removeprefix('antigone ')} {digest.hexdigest()[:12]}"


def _arithmetic() -> str:
    """Digest of logarithms, powers and sums of fixed numbers, whose last digit differs between kinds of processors."""
    x = np.linspace(1e-6, 40.0, 4096)
    square = x.reshape(64, 64)
    values = (np.log10(x), np.exp(-x), np.log1p(x), np.log10(x.astype(np.float32)), square @ square.T, np.sum(x))
    one_by_one = np.array([(math.log10(v), math.exp(-v), math.pow(v, 0.3)) for v in x])
    return hashlib.sha256(b"".join(v.tobytes() for v in (*values, one_by_one))).hexdigest()[:12]
