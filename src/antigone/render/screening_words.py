"""Codes of a screening into words: kin, reasons, comparisons, roles, stages. A code without words is an error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from antigone.domain import NO_RELATIVES, Comparison, Kin, Role, Skip, Stage, Why
from antigone.render.language import _
from antigone.render.words import UnknownCode, words_of


def kin() -> Mapping[str, str]:
    """What somebody is to the missing person."""
    return {
        Kin.TWIN: _("identical twin"),
        Kin.PARENT: _("parent"),
        Kin.CHILD: _("child"),
        Kin.SIBLING: _("full sibling"),
        Kin.HALF_SIBLING: _("half sibling"),
        Kin.GRANDPARENT: _("grandparent"),
        Kin.GRANDCHILD: _("grandchild"),
        Kin.UNCLE: _("uncle or aunt"),
        Kin.NEPHEW: _("nephew or niece"),
        Kin.COUSIN: _("first cousin"),
        Kin.PARTNER: _("partner"),
        Kin.OTHER: _("other person"),
    }


def relatives_words(kind: str) -> str:
    """The typed relatives of a missing person.

    >>> [relatives_words(k) for k in ("none", "parent", "parent+parent", "child+child+child+partner")]
    ['nobody', 'one parent', 'both parents', 'child × 3, partner']
    """
    if kind == NO_RELATIVES:
        return _("nobody")
    whole = {"parent": _("one parent"), "parent+parent": _("both parents")}
    if kind in whole:
        return whole[kind]
    counted = Counter(kind.split("+"))
    parts = ((words_of("kind of relatives", code, kin()), n) for code, n in counted.items())
    return ", ".join(words if n == 1 else f"{words} × {n}" for words, n in parts)


def next_samples() -> Mapping[str, str]:
    """Which sample to ask a family for; keys as `next_sample` gives them."""
    return {
        "close-relative": _("a parent, a child or a full brother or sister"),
        "closer-relative": _("a parent, a child or a full brother or sister; else several more of those they have"),
        "other-parent": _("the other parent; else a child, or full brothers and sisters"),
        "partner": _("the other parent of the child; else a parent or a further child"),
        "further-child": _("a parent, or a further child"),
        "parent": _("a parent; else a further full brother or sister"),
        "more-loci": _("nobody closer: have more loci typed in the samples they gave"),
    }


def next_sample(kind: str) -> str:
    """The code of the sample that helps most beside those a family has given.

    >>> [next_sample(k) for k in ("none", "parent", "parent+parent", "child", "sibling", "uncle+uncle")]
    ['close-relative', 'other-parent', 'more-loci', 'partner', 'parent', 'closer-relative']
    """
    have = Counter(kind.split("+"))
    if have[Kin.TWIN] or have[Kin.PARENT] > 1:
        return "more-loci"
    if have[Kin.PARENT]:
        return "other-parent"
    if have[Kin.CHILD]:
        return "further-child" if have[Kin.PARTNER] else "partner"
    if have[Kin.SIBLING]:
        return "parent"
    return "closer-relative" if set(have) - {NO_RELATIVES, Kin.PARTNER, Kin.OTHER} else "close-relative"


def next_sample_words(kind: str) -> str:
    """
    >>> next_sample_words("sibling")
    'a parent; else a further full brother or sister'
    """
    return words_of("next sample", next_sample(kind), next_samples())


def skips() -> Mapping[str, tuple[str, str]]:
    """Why something was not compared, and what would change it."""
    return {
        Skip.SCOPE_DIRECT: (
            _("given for direct comparison only"),
            _("the donor's consent to a comparison as a relative"),
        ),
        Skip.SCOPE_NONE: (_("not to be used"), _("consent to use it")),
        Skip.NO_LOCI: (_("no result at any locus"), _("repeated laboratory work, or another sample")),
        Skip.NO_RELATIVES: (
            _("no relative typed who bears on the missing person"),
            _("a sample of a relative who does"),
        ),
        Skip.TOO_FEW_LOCI: (_("too few loci to say anything"), _("more loci typed")),
        Skip.TOO_COMPLEX: (
            _("pedigree too complex to be computed exactly"),
            _("leaving out relatives who add little"),
        ),
    }


def reasons_to_run() -> Mapping[str, str]:
    """Why pairs were compared in this run, and not kept from runs before."""
    return {
        Why.NEVER_RUN: _("never compared before"),
        Why.NEW_QUERY: _("new on the side of the remains"),
        Why.NEW_TARGET: _("new on the side of the families"),
        Why.CHANGED: _("a profile or a family tree has changed"),
        Why.GONE: _("compared beside a sample that has been withdrawn"),
        Why.CIRCUMSTANCES: _("settings, frequency tables or program have changed"),
        Why.FILE_DAMAGED: _("the stored result was damaged or lost"),
        Why.OVERLAP: _("stored twice, and so compared anew"),
    }


def comparisons() -> Mapping[str, str]:
    """What was compared with what."""
    return {
        Comparison.KINSHIP: _("remains with missing persons, through their relatives"),
        Comparison.DIRECT: _("remains with missing persons' own samples"),
        Comparison.BROTHERS: _("remains with each other, as full brothers"),
        Comparison.ALIKE: _("every sample with every other, as one person"),
    }


def roles() -> Mapping[str, str]:
    """Whose sample it is."""
    return {
        Role.REMAINS: _("remains"),
        Role.RELATIVE: _("relative"),
        Role.MISSING: _("missing person's own sample"),
        Role.STAFF: _("staff"),
    }


def alike_meanings() -> Mapping[tuple[str, str], str]:
    """What it may mean that two samples look like one person, and what to do; roles in the order of `Role`."""
    return {
        (Role.REMAINS, Role.REMAINS): _("parts of one person, or one sample typed twice: join them or tell them apart"),
        (Role.REMAINS, Role.RELATIVE): _("a relative's cells on the remains, or exchanged samples: repeat both"),
        (Role.REMAINS, Role.MISSING): _("the remains may be this person: confirm where that earlier sample comes from"),
        (Role.REMAINS, Role.STAFF): _("staff cells on the remains: repeat from a new extraction"),
        (Role.RELATIVE, Role.RELATIVE): _("one donor under two names, or exchanged samples; else identical twins: ask"),
        (Role.RELATIVE, Role.MISSING): _("the “own” sample may be the relative's: ask where it comes from"),
        (Role.RELATIVE, Role.STAFF): _("staff cells in a family's sample: repeat it"),
        (Role.MISSING, Role.MISSING): _("one missing person reported twice: join the two reports, or tell them apart"),
        (Role.MISSING, Role.STAFF): _("staff cells in a missing person's own sample: repeat it"),
        (Role.STAFF, Role.STAFF): _("one person twice in the staff list: correct the list"),
    }


def alike_words(first: str, second: str) -> str:
    """What it may mean, whichever of the two comes first.

    >>> alike_words("staff", "remains")
    'staff cells on the remains: repeat from a new extraction'
    """
    meanings = alike_meanings()
    key = (first, second) if (first, second) in meanings else (second, first)
    if key not in meanings:
        raise UnknownCode("pair of roles", f"{first}, {second}")
    return meanings[key]


def stages() -> Mapping[str, str]:
    """The parts of a screening that are timed."""
    return {
        Stage.READ: _("reading the case"),
        Stage.PREPARE: _("preparing samples and families"),
        Stage.TABLES: _("tables of LRs for each family"),
        Stage.COMPARE: _("comparing"),
        Stage.RECOMPUTE: _("computing what remained once more, exactly"),
        Stage.CHANCE: _("chance figures"),
        Stage.ALIKE: _("samples alike"),
        Stage.WRITE: _("writing"),
    }
