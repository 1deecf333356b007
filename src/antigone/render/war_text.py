"""What was simulated, in a few lines; and which scenarios there are."""

from __future__ import annotations

from collections.abc import Mapping

from antigone.render.language import _
from antigone.render.numbers import count


def war_text(name: str, seed: int, counts: Mapping[str, int]) -> str:
    """The size of a synthetic war; counts: handovers, containers, remains, families, missing, samples, rows."""
    shown = {name: count(value) for name, value in counts.items()}
    lines = [
        _("{name}, seed {seed}: a synthetic war. Nobody in it ever lived.").format(name=name, seed=seed),
        _("{handovers} handovers, {containers} bags both ways").format(**shown),
        _("{remains} remains came to the side whose families search").format(**shown),
        _("{families} families of that side miss {missing} persons; {samples} samples, {rows} loci typed").format(
            **shown
        ),
    ]
    return "\n".join(lines) + "\n"


def scenarios_text(scenarios: Mapping[str, str]) -> str:
    """One line for each shipped scenario.

    >>> print(scenarios_text({"demo": "some 60 remains", "whole-war": "10,000"}), end="")
    demo       some 60 remains
    whole-war  10,000
    """
    width = max(map(len, scenarios), default=0)
    return "".join(f"{name:<{width}}  {about}\n" for name, about in scenarios.items())
