"""How a finding was made: versions and digests."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from antigone.domain import Case, Provenance
from antigone.identify.samples import named_profiles


def provenance(case: Case) -> Provenance:
    """Software, and the digests of policy, tables, files and profiles of a case."""
    profiles = {name: digest_of(profile) for name, profile in named_profiles(case)}
    tables = {t.name: digest_of(t) for t in case.tables}
    return Provenance(software_version(), digest_of(case.policy), tables, dict(case.digests), profiles)


def digest_of(value: Any) -> str:
    """sha256 of a frozen value, written as JSON with sorted keys."""
    text = json.dumps(asdict(value), sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def software_version() -> str:
    """Name and version of this software, as findings state it."""
    try:
        return f"antigone {version('antigone')}"
    except PackageNotFoundError:
        return "antigone (not installed)"
