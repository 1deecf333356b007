"""On how many independent sources a proposal rests: the donors whose profiles were compared, and the methods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from antigone.register.models import Finding, Remains, Sample


@dataclass(frozen=True, slots=True)
class Donors:
    """`relatives`: typed persons other than the missing one; `methods`: kinship, direct."""

    relatives: int
    methods: tuple[str, ...]

    @property
    def sources(self) -> int:
        return self.relatives + ("direct" in self.methods)


def donors_of(findings: Iterable[Finding], units: Iterable[Remains]) -> Donors:
    """The donors behind these findings about these remains.

    A relative is counted once however often they were typed; so are other remains already identified as a relative.
    The missing person's own earlier sample is a direct reference.
    """
    compared = {entry["profile"] for finding in findings for entry in finding.made["profiles"]}
    samples = Sample.objects.filter(profiles__in=compared).select_related("remains").distinct()
    groups = {unit.group for unit in units}
    persons = {finding.missing_person_id for finding in findings}
    relatives = set()
    direct = False
    for sample in samples:
        if sample.missing_person_id in persons:
            direct = True
        elif sample.remains_id is None or sample.remains.group not in groups:
            relatives.add(sample.relative_id or sample.missing_person_id or sample.remains.group)
    methods = [name for name, used in (("kinship", bool(relatives)), ("direct", direct)) if used]
    return Donors(len(relatives), tuple(methods))
