"""What each kind of record is called, and the words for its states."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from antigone.domain import Kind


class KindWords(NamedTuple):
    """`one`: a record of the kind. `many`: the heading of its list. `none`: what an empty list says, and what next."""

    one: str | Promise
    many: str | Promise
    none: str | Promise


KINDS: dict[Kind, KindWords] = {
    Kind.PARTY: KindWords(_("party"), _("Parties"), _("No party is registered.")),
    Kind.INSTITUTION: KindWords(_("institution"), _("Institutions"), _("No institution is registered.")),
    Kind.USER: KindWords(_("user"), _("Users"), _("There is no user yet.")),
    Kind.MISSING_PERSON: KindWords(
        _("missing person"),
        _("Missing persons"),
        _("No missing person is registered. A registrar enters one, or imports a table."),
    ),
    Kind.FAMILY: KindWords(
        _("family"),
        _("Families"),
        _("No family is registered. A family is registered from the page of its missing person."),
    ),
    Kind.RELATIVE: KindWords(_("relative"), _("Relatives"), _("No relative is registered.")),
    Kind.CONSENT: KindWords(_("consent"), _("Consents"), _("No consent is recorded.")),
    Kind.GENETIC_FAMILY: KindWords(_("check of a family"), _("Checks of families"), _("No family was checked.")),
    Kind.HANDOVER: KindWords(
        _("handover"), _("Handovers"), _("No handover is registered. A coordinator registers the first one.")
    ),
    Kind.CONTAINER: KindWords(
        _("container"), _("Containers"), _("No container is registered. Containers belong to a handover.")
    ),
    Kind.REMAINS: KindWords(
        _("remains"), _("Remains"), _("No remains are registered. An examiner opens a container and describes them.")
    ),
    Kind.SAMPLE: KindWords(_("sample"), _("Samples"), _("No sample is registered.")),
    Kind.PROFILE: KindWords(_("profile"), _("Profiles"), _("No profile was entered.")),
    Kind.FINDING: KindWords(_("finding"), _("Findings"), _("Nothing was compared yet.")),
    Kind.PROPOSAL: KindWords(
        _("proposal"), _("Proposals"), _("There is no proposal. A geneticist proposes from a finding.")
    ),
    Kind.DECISION: KindWords(_("decision"), _("Decisions"), _("There is no decision. Two signatures make one.")),
    Kind.RELEASE: KindWords(_("release"), _("Releases"), _("Nothing was released yet.")),
    Kind.GRAVE: KindWords(_("grave"), _("Graves"), _("No burial is recorded.")),
    Kind.DOCUMENT: KindWords(_("document"), _("Documents"), _("No document is kept.")),
    Kind.NOTICE: KindWords(_("notice"), _("Notices"), _("There is no notice.")),
}
"""Every kind of record."""

_STATES: dict[Kind, dict[str, str | Promise]] = {
    Kind.PARTY: {"open": _p("party", "registered")},
    Kind.INSTITUTION: {"open": _p("institution", "registered")},
    Kind.USER: {"active": _p("user", "active"), "suspended": _p("user", "suspended")},
    Kind.MISSING_PERSON: {
        "missing": _p("person", "missing"),
        "identified": _p("person", "identified"),
        "released": _p("person", "identified, released"),
        "buried": _p("person", "identified, buried"),
        "alive": _p("person", "alive"),
        "merged": _p("person", "merged with another record"),
        "erased": _p("person", "erased"),
    },
    Kind.FAMILY: {"open": _p("family", "registered"), "closed": _p("family", "closed")},
    Kind.RELATIVE: {"active": _p("relative", "registered"), "erased": _p("relative", "erased")},
    Kind.CONSENT: {
        "given": _p("consent", "given"),
        "superseded": _p("consent", "replaced by a later one"),
        "withdrawn": _p("consent", "withdrawn"),
        "erased": _p("consent", "erased"),
    },
    Kind.GENETIC_FAMILY: {
        "checked": _p("family", "checked"),
        "erased": _p("family", "erased"),
    },
    Kind.HANDOVER: {"announced": _p("handover", "announced"), "received": _p("handover", "received")},
    Kind.CONTAINER: {
        "announced": _p("container", "announced"),
        "received": _p("container", "received"),
        "missing": _p("container", "announced, did not come"),
        "extra": _p("container", "came without being announced"),
        "opened": _p("container", "opened"),
    },
    Kind.REMAINS: {
        "examined": _p("remains", "examined, unnamed"),
        "split": _p("remains", "split into parts"),
        "identified": _p("remains", "identified"),
        "released": _p("remains", "released"),
        "buried": _p("remains", "buried"),
        "handed_back": _p("remains", "handed back"),
        "buried_unnamed": _p("remains", "buried under their number"),
    },
    Kind.SAMPLE: {
        "taken": _p("sample", "taken"),
        "sent": _p("sample", "on its way"),
        "received": _p("sample", "received"),
        "profiled": _p("sample", "typed"),
        "failed": _p("sample", "gave no profile"),
        "used_up": _p("sample", "used up"),
        "blocked": _p("sample", "blocked: consent withdrawn"),
        "erased": _p("sample", "erased"),
    },
    Kind.PROFILE: {
        "current": _p("profile", "in use"),
        "superseded": _p("profile", "replaced"),
        "withdrawn": _p("profile", "withdrawn"),
        "blocked": _p("profile", "blocked: consent withdrawn"),
    },
    Kind.FINDING: {
        "computed": _p("finding", "computed"),
        "consent_withdrawn": _p("finding", "not recomputable: consent withdrawn"),
        "profile_changed": _p("finding", "out of date: a profile was corrected"),
        "profile_withdrawn": _p("finding", "out of date: a profile was withdrawn"),
        "remains_changed": _p("finding", "out of date: the remains were separated"),
        "identity_reversed": _p("finding", "out of date: an identification was reversed"),
        "erased_inputs": _p("finding", "not recomputable: particulars erased"),
    },
    Kind.PROPOSAL: {
        "open": _p("proposal", "waits for signatures"),
        "disputed": _p("proposal", "disputed"),
        "decided": _p("proposal", "decided"),
        "refused": _p("proposal", "refused"),
    },
    Kind.DECISION: {
        "standing": _p("decision", "stands"),
        "contested": _p("decision", "contested: the person is recorded as alive"),
        "reversed": _p("decision", "reversed"),
    },
    Kind.RELEASE: {"released": _p("release", "released"), "recalled": _p("release", "recalled")},
    Kind.GRAVE: {"in_use": _p("grave", "in use"), "exhumed": _p("grave", "exhumed")},
    Kind.DOCUMENT: {
        "kept": _p("document", "kept"),
        "exported_minimal": _p("document", "export for one party"),
        "exported_whole": _p("document", "export of everything its maker may read"),
        "exported_whole_opened": _p("document", "export of everything its maker may read, sealed parts opened"),
    },
    Kind.NOTICE: {"waiting": _p("notice", "waits"), "read": _p("notice", "read")},
}


def state_words(kind: Kind, state: str) -> str:
    """The word for a state of a record; the state itself where nobody gave it one."""
    return str(_STATES[kind].get(state, state))


def known_states(kind: Kind) -> frozenset[str]:
    """The states that have words."""
    return frozenset(_STATES[kind])
