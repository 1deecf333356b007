"""Why the register does not do what was asked, and what to do about it, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antigone.render.language import _


def refusal_sentence(refused: Any) -> str:
    """A refusal of the register in words.

    `refused`: one of its four refusals (register/refusals.py). They are known by name here: the register stands
    above this room, which must not import it.
    """
    return _SENTENCES[type(refused).__name__](refused)


def known_refusals() -> tuple[str, ...]:
    """Every code of `NotNow` that has a sentence."""
    return tuple(_not_now())


def _not_here(refused: Any) -> str:
    return _("There is no {record}, or none that you may see. Check the identifier.").format(
        record=refused.identifier or refused.kind
    )


def _not_allowed(refused: Any) -> str:
    return _("Your offices do not include this ({verb}). The administrator gives offices.").format(verb=refused.verb)


def _overtaken(refused: Any) -> str:
    if not refused.by:
        return _("{record} was changed since you opened it; nothing was done. Look at it again.").format(
            record=refused.identifier
        )
    return _("{who} changed {record} at {when}, after you had opened it; nothing was done. Look at it again.").format(
        who=refused.by, record=refused.identifier, when=refused.at
    )


def _why_not_now(refused: Any) -> str:
    sentence = _not_now().get(refused.code)
    if sentence is None:
        facts = ", ".join(f"{name} {value}" for name, value in refused.facts.items())
        return _("This cannot be done now ({code}: {facts}).").format(code=refused.code, facts=facts)
    return sentence.format(**refused.facts)


_SENTENCES = {
    "NotHere": _not_here,
    "NotAllowed": _not_allowed,
    "Overtaken": _overtaken,
    "NotNow": _why_not_now,
}


def _not_now() -> Mapping[str, str]:
    return {**_of_users(), **_of_persons(), **_of_handovers(), **_of_samples(), **_of_findings(), **_of_decisions()}


def _of_users() -> Mapping[str, str]:
    """Parties, users, exports, the ledger."""
    return {
        "access-already": _("{user} is {state} already."),
        "administrator-of-other-party": _(
            "Administrators belong to the party that keeps this register: they can renew everybody's access. "
            "Give this person other offices."
        ),
        "contact-without-relative": _(
            "{user} is tied to no relative, so there is no family to be the contact of. Add a user with the relative."
        ),
        "export-for-whom": _("A minimal export is made for one party. Name the recipient."),
        "export-minimal-closed": _(
            "A minimal export shows no sealed values. Choose the whole export, or leave them sealed."
        ),
        "last-administrator": _("{user} is the last administrator. Give the office to somebody else first."),
        "ledger-gap": _(
            "The ledger has {found} entries where {entries} should be. Nothing is signed; check the register by "
            "command: antigone register check."
        ),
        "ledger-shrunk": _(
            "The ledger has {entries} entries, fewer than the {signed} that were signed. Nothing is signed; tell the "
            "witnesses, and compare with a backup."
        ),
        "notice-read": _("{notice} was read already."),
        "own-access": _(
            "Your own access is not renewed here. Change your password, or set up the second factor, on your own "
            "page; if you cannot log in, another administrator renews your access."
        ),
        "party-code-taken": _("There is a party with the code {code}. Choose another code."),
        "register-founded": _("The register was founded already."),
        "username-taken": _("There is a user with the name {username}. Choose another one."),
    }


def _of_persons() -> Mapping[str, str]:
    """Missing persons, families, relatives, consents."""
    return {
        "alive-already": _("{missing_person} is recorded as alive already."),
        "both-settled": _(
            "Of both {first} and {second} something is decided or known. They cannot be merged as they are: reverse "
            "or correct what is wrong first."
        ),
        "consent-not-standing": _("{consent} is {state}: there is nothing to withdraw."),
        "decision-standing": _(
            "{decision} about {missing_person} stands. The board reverses it first, if it is wrong."
        ),
        "families-differ": _(
            "The two records belong to {first_family} and {second_family}, and {second_family} has relatives: "
            "{relatives}. Move them to {first_family} first."
        ),
        "family-of-several-institutions": _(
            "{family} has members entered by another institution. A registrar of your party does this."
        ),
        "merge-other-way": _(
            "{second} is {state}, so it is the record that goes on. Merge {first} into {second} instead."
        ),
        "no-consent": _("{relative} has given no consent that stands. Record the consent first, then take the sample."),
        "no-pedigree": _("{family} has declared no pedigree. Have it declared first."),
        "pedigree-lacks": _("The pedigree of {family} has no place for {persons}. Have it declared anew with them."),
        "pedigree-lines-differ": _(
            "In the pedigree of {family} the lines of {first} and {second} name different parents. Declare the "
            "pedigree anew first."
        ),
        "person-in-family": _("{missing_person} belongs to {family} already. Use that family."),
        "person-not-alive": _("{missing_person} is {state}, not recorded as alive. Leave this field as it is."),
        "person-not-missing": _("{missing_person} is {state}, no longer missing. Look at the record."),
        "proposal-open": _("{proposal} about {missing_person} is under way. It is decided or refused first."),
        "record-closed": _("{record} is {state} and is changed no more."),
        "relative-of-other-family": _(
            "{relative} does not belong to the family of {missing_person}. Check the identifier."
        ),
        "told-already": _("{relative} was told on {on}; this is on record."),
    }


def _of_handovers() -> Mapping[str, str]:
    """Handovers, containers, remains."""
    return {
        "container-not-here": _("{container} is {state}: it cannot be opened. Receive the handover first."),
        "container-opened": _("{container} was opened already."),
        "container-state-fixed": _("{container} is {state}; whether it came is not corrected any more."),
        "handover-not-received": _(
            "{handover} was not received yet. Register its containers on the list, or receive it first."
        ),
        "handover-of-other-party": _("{handover} is kept by the other party. Only its own office enters it."),
        "handover-of-others": _(
            "Neither {from_party} nor {to_party} is your party. A handover is registered by one of the two."
        ),
        "handover-received": _("{handover} was received already. Correct its containers one by one."),
        "handover-to-itself": _("{party} cannot hand over to itself. Correct one of the two parties."),
        "joined-already": _("{remains} are joined as one person already."),
        "not-one-group": _("{remains} are not joined as one person. Name remains of one person only."),
        "remains-buried": _("{remains} are buried. They are exhumed before they are split."),
        "remains-not-here": _("{remains} are {state}: no sample can be taken from them here."),
        "remains-not-open": _("{remains} are {state}. Only remains without a name can be changed in this way."),
        "remains-proposed": _("{proposal} about {remains} is under way. It is decided or refused first."),
        "remains-split": _("{remains} were split. Use the part that is meant: {parts}."),
        "tag-taken": _("{handover} has a container with the tag {tag}: {container}. Check the tag."),
        "whole-group": _("{remains} are all remains of the person. Leave out those that are somebody else's."),
    }


def _of_samples() -> Mapping[str, str]:
    """Samples and profiles."""
    return {
        "laboratory-of-other-party": _("{laboratory} belongs to another party. Name a laboratory of your own."),
        "not-sampled": _("No sample of {remains} was taken. Take one before the burial, or nobody can be named later."),
        "profile-not-current": _("{profile} is {state} and is changed no more."),
        "sample-blocked": _("{sample} is blocked, because the consent was withdrawn. It is not used."),
        "sample-elsewhere": _("{sample} was sent to {laboratory}. Only that laboratory says what became of it."),
        "sample-move": _("{sample} is {state}; it cannot become {to} from there."),
        "sample-not-received": _("{sample} is {state}. Record that it was received before you enter a profile."),
    }


def _of_findings() -> Mapping[str, str]:
    """Comparisons and the proposals that rest on them."""
    return {
        "changed-meanwhile": _("{record} was changed while the comparison was computed. Compare again."),
        "compared-already": _("{family} was compared already, and nothing has changed since."),
        "family-inconsistent": _(
            "The profiles of {family} do not fit its pedigree. Check the family, and state which pedigree to compute "
            "with."
        ),
        "family-to-check": _("The pedigree of {family} was declared anew. Check the family again first."),
        "finding-not-usable": _("{finding} is {state}. Compare again, and propose from the new finding."),
        "finding-of-others": _("{finding} is not about {remains} and {missing_person}. Name their own findings."),
        "impossible-either-way": _(
            "The profiles of {remains} and of the family of {missing_person} fit neither hypothesis. Check whether "
            "samples were mixed up."
        ),
        "nobody-missing": _("Nobody of {family} is missing, or none has a place in its pedigree."),
        "nothing-to-compare": _("{family}, or the remains, have no profile that may be compared."),
        "person-identified": _(
            "{missing_person} is {state} already. If these are further remains of the person, say so."
        ),
        "person-not-identified": _(
            "{missing_person} is {state}: there are no remains yet to which these would be further."
        ),
        "person-proposed": _("{proposal} about {missing_person} is under way. It is decided or refused first."),
        "profile-not-usable": _("{finding} rests on {profile}, which may be used no more. Compare again."),
        "remains-not-typed": _("{remains} have no profile that may be compared."),
        "second-evidence-needed": _(
            "Behind this are {relatives} relatives and the methods {methods}: too little alone. Name the other "
            "evidence."
        ),
        "too-many-to-compare": _(
            "These are {pairs} pairs; at most {most} are compared at once. Name the remains, or use `antigone screen`."
        ),
    }


def _of_decisions() -> Mapping[str, str]:
    """Proposals, decisions, releases, burials."""
    return {
        "decision-in-question": _(
            "{finding}, on which {decision} rests, is {state}. The board looks at it before anything is released."
        ),
        "decision-not-standing": _("{decision} is {state}: it does not stand."),
        "dissent-open": _("There is a dissent from {proposal}. It is withdrawn or confirmed before anybody signs."),
        "dissented-already": _("You have dissented from {proposal} already."),
        "no-dissent": _("You have not dissented from {proposal}: there is nothing to withdraw."),
        "own-proposal": _("You proposed {proposal} yourself. Two others sign it."),
        "proposal-closed": _("{proposal} is {state}: nobody signs it any more."),
        "release-not-to-family": _("{release} is {state}, or was not to a family. Name the release that was."),
        "release-to-own-party": _("{party} is your own party. Remains are handed back to the other one."),
        "remains-not-examined": _("{remains} are {state}. Only examined remains without a name are buried so."),
        "remains-not-identified": _("{remains} are {state}. Only identified remains are released to a family."),
        "remains-not-released": _("{remains} are {state}. They are released before they are buried under a name."),
        "signed-already": _("You have signed {proposal} already. Somebody else gives the other signature."),
    }
