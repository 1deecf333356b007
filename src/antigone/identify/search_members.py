"""Who is compared, by name and digest: a digest changes with anything that can change a person's numbers."""

from __future__ import annotations

import hashlib

import numpy as np
import polars as pl
from numpy.typing import NDArray

from antigone.domain import Comparison, Members, Role
from antigone.identify.search import Search, remains_rows

Ints = NDArray[np.int64]
DIGEST_BYTES = 16
_STRUCTURE = ("person", "father", "mother", "sex", "role", "twin", "inbreeding")
_SAMPLE = ("kit", "dropout", "dropin", "scope", "homozygous", "allele1", "allele2", "allele3", "allele4")


def members_of(
    search: Search, persons: pl.DataFrame, profiles: pl.DataFrame
) -> dict[str, tuple[Members, Members | None]]:
    """By comparison its targets and queries, in the order of the search's numbers; None: a set with itself."""
    samples = sample_digests(persons, profiles)
    own = np.full(len(persons), "", object)
    own[search.samples.person] = samples
    families = family_digests(persons, own)
    rows = remains_rows(persons)
    names = person_names(persons)
    sexes = persons["sex"].cast(pl.String).fill_null("").to_list()
    remains = Members(tuple(names[row] for row in rows), tuple(_short(f"{own[row]} {sexes[row]}") for row in rows))
    missing = search.targets[Comparison.KINSHIP]
    direct = search.samples.person[search.targets[Comparison.DIRECT].person]
    everybody = search.samples.person
    twin, role = (persons[column].cast(pl.String).fill_null("").to_list() for column in ("twin", "role"))
    alike = tuple(_short(f"{own[row]} {role[row]} {twin[row]}") for row in everybody)
    return {
        Comparison.KINSHIP: (
            Members(
                tuple(names[row] for row in missing.person),
                tuple(_short(families[f] + names[row]) for f, row in zip(missing.family, missing.person, strict=True)),
            ),
            remains,
        ),
        Comparison.DIRECT: (Members(tuple(names[r] for r in direct), tuple(own[r] for r in direct)), remains),
        Comparison.BROTHERS: (remains, None),
        Comparison.ALIKE: (Members(tuple(names[r] for r in everybody), alike), None),
    }


def models_digest(search: Search) -> str:
    """Over the loci used and their models: an allele that no table has changes them for everybody, and a family
    member of unknown sex takes the X-linked loci away.
    """
    digest = hashlib.sha256(repr(search.samples.loci).encode())
    for calls in search.calls:
        digest.update(repr((calls.table, calls.loci)).encode())
        models = calls.models
        for array in (models.sizes, models.frequencies, models.female, models.male, models.silent, models.x_linked):
            digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[: 2 * DIGEST_BYTES]


def person_names(persons: pl.DataFrame) -> list[str]:
    """FAMILY / PERSON, the remains alone, `/ PERSON` for staff; each once, for a stroke in a name is doubled."""
    family, person = (persons[c].cast(pl.String).str.replace_all("/", "//").to_list() for c in ("family", "person"))
    role = persons["role"].cast(pl.String).to_list()
    return [
        p if r == Role.REMAINS.value else f"{f or ''} / {p}".strip()
        for f, p, r in zip(family, person, role, strict=True)
    ]


def sample_digests(persons: pl.DataFrame, profiles: pl.DataFrame) -> list[str]:
    """By sample, in the order of their persons' rows: over everything its rows of the profiles say."""
    said = profiles.select(
        "person_row", pl.col("locus").cast(pl.String), *(pl.col(c).cast(pl.String).fill_null("") for c in _SAMPLE)
    )
    text = pl.concat_str([pl.col("locus"), *(pl.col(c) for c in _SAMPLE)], separator="|")
    kinds = said.select("person_row", kind=text)
    names = kinds["kind"].unique(maintain_order=True).to_list()
    order = np.argsort(np.argsort(np.array(names, object)))
    tokens = [hashlib.sha256(name.encode()).digest()[:8] for name in names]
    packed = np.frombuffer(b"".join(tokens) or b"", np.uint64)
    kind, row = kinds["kind"].cast(pl.Enum(names)).to_physical().to_numpy(), kinds["person_row"].to_numpy()
    sort = np.lexsort((order[kind], row))
    row, tokens_of = row[sort], packed[kind[sort]]
    starts = np.flatnonzero(np.append(True, row[1:] != row[:-1])[: len(row)])
    ends = np.append(starts[1:], len(row))
    return [
        hashlib.sha256(tokens_of[a:b].tobytes()).hexdigest()[: 2 * DIGEST_BYTES]
        for a, b in zip(starts, ends, strict=True)
    ]


def family_digests(persons: pl.DataFrame, samples: NDArray[np.object_]) -> list[str]:
    """By family number: over its pedigree and all its samples."""
    family = persons["family_id"].to_numpy()
    columns = [pl.col(c).cast(pl.String).fill_null("") for c in _STRUCTURE]
    text = persons.select(text=pl.concat_str(columns, separator="|"))["text"].to_list()
    order = np.argsort(family, kind="stable")
    parts: list[list[str]] = [[] for _ in range(int(family.max(initial=-1)) + 1)]
    for row in order[family[order] >= 0]:
        parts[family[row]].append(f"{text[row]}|{samples[row]}")
    return [_short("\n".join(part)) for part in parts]


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[: 2 * DIGEST_BYTES]
