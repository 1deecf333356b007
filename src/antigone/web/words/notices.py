"""What a notice tells its addressee."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOTICES: dict[str, str | Promise] = {
    "one-signature-missing": _("A proposal has one signature and needs another."),
    "proposal-to-sign": _("A proposal waits for signatures."),
    "proposal-refused": _("A proposal was refused by two dissents."),
    "dissent-entered": _("Somebody dissents from a proposal."),
    "dissent-withdrawn": _("A dissent from a proposal was withdrawn."),
    "decision-made": _("A decision was made."),
    "decision-reversed": _("A decision was reversed."),
    "family-to-be-told-again": _("A decision was reversed of which the family had been told. Tell the family."),
    "release-recalled": _("A decision was reversed after the remains were released. Find out where the remains are."),
    "grave-in-question": _("A decision was reversed after the burial. The name on the grave is in question."),
    "rests-on-reversed": _("This rests on an identification that was reversed. Look at it again."),
    "identified-person-alive": _(
        "A person identified by this decision is recorded as alive. Act at once: the remains may be "
        "with the wrong family."
    ),
    "proposed-person-alive": _("The person of this proposal is recorded as alive."),
    "finding-made": _("A comparison reached the bound of a match."),
    "pedigree-declared": _("A pedigree was declared, or declared anew."),
    "persons-merged": _("Two records of one missing person were merged. Look at the findings."),
    "profile-entered": _("A profile was entered and can be compared."),
    "profile-corrected": _("A profile was corrected. Compare again what rests on it."),
    "profile-withdrawn": _("A profile was withdrawn. Look again at what rests on it."),
    "consent-withdrawn": _("A consent was withdrawn. Look at what rests on it."),
    "sample-without-profile": _("A sample has no profile any more. Type it again if there is material left."),
    "sample-failed": _("A sample gave no profile. Take another one if it is possible."),
    "sample-blocked": _("A consent was withdrawn: the sample is used no more."),
    "sample-to-destroy": _("The donor's particulars were erased: the sample is to be destroyed."),
    "inputs-erased": _("Particulars were erased on which this rests. The figures stay; nobody can compute them again."),
    "remains-joined": _("Remains were joined as one person. Compare them together."),
    "remains-separated": _("Remains that were joined were separated. Compare them again."),
    "remains-split": _("Remains were split into parts. Compare the parts."),
    "remains-released": _("Remains were released."),
    "remains-handed-back": _("Remains were handed back to the other party."),
    "remains-buried": _("Remains were buried. Tell the family where."),
    "buried-under-number": _("Remains were buried under their number."),
    "grave-exhumed": _("Remains were released from a grave; it is recorded as exhumed."),
    "container-opened": _("A container was opened."),
    "container-extra": _("A container came that was not on the list."),
    "container-missing": _("A container of the list did not come."),
    "container-received": _("A container that was recorded otherwise is recorded as received."),
    "container-other-tag": _("A container came under another tag than that of the list."),
    "container-number-differs": _("The number of containers that came is not the number announced."),
    "seal-broken": _("A container came with a broken seal."),
    "seal-other": _("A container came with another seal than that of the list."),
    "seal-none": _("A container came without its seal."),
}
"""Code of a notice -> its sentence."""


def notice_words(code: str) -> str:
    """The sentence of a notice; its code where nobody gave it one."""
    return str(NOTICES.get(code, code))
