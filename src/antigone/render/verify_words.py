"""Codes of `antigone verify` -> sentences: what holds, what does not, what was not checked and why."""

from __future__ import annotations

from antigone.domain import Remark
from antigone.render.language import _


def _held() -> dict[str, str]:
    return {
        "tree": _("Entries: {entries}. They are the tree that the log signed; its root is {root}."),
        "signature": _("The log {key} signed this state, of size {size}."),
        "cosigned": _("{witness} cosigned the state of size {size} on {at}. Entries added since: {rest}."),
        "grew": _("The log grew from size {earlier}, of {file}, to {entries}; none of the entries before was changed."),
        "changes": _("Changes: {changes}, of {entries} entries. Each entry was made of these, in this order."),
        "sealed": _("Sealed parts opened: {opened}. Each is what the ledger has the digest of."),
        "versions": _("Records: {records}. Each has all its versions, each once."),
        "actors": _("Actors: {entries} entries, each by a user who was active and held an office that may do this."),
        "decisions": _("Decisions: {decisions}. Each has two signatures of two people, neither of them the proposer."),
        "states": _("No record left a state that is final, and what was decided agrees with the states of today."),
        "references": _("Records that others name: {count}. Each was there when it was named."),
        "rows": _("Rows of the register: {rows}. They are the last versions of its records."),
        "figures": _("Figures derived again: {figures}. They are as the export says."),
        "findings": _("Findings computed again, drawn by the root: {count}, with the same result."),
        "all-findings": _("Findings computed again: {count}, all that can be, with the same result."),
    }


def _faults() -> dict[str, str]:
    return {
        "entry-damaged": _("Entry {entry} cannot be read: {found}."),
        "entries-count": _(
            "Entries in the file: {entries}; the log signed {signed}. Entries were taken away or added."
        ),
        "root-differs": _(
            "An entry is not what the log signed: the {entries} entries give the root {found}, signed was {signed}."
        ),
        "time-backwards": _("Entry {entry} is of {at}, before the entry that precedes it."),
        "log-key-other": _("The file names the log's key {found}; you gave {needed}."),
        "origin-differs": _("The file is of the log {found}, not of {needed}."),
        "signature-wrong": _("The log {key} did not sign the state of {size} entries that stands in the file."),
        "cosigned-larger": _(
            "A witness cosigned {size} entries and the file has {entries}: the log was cut back since, or the file was."
        ),
        "cosigned-differs": _(
            "The first {size} entries are not those that a witness cosigned (root {found}, cosigned {signed}): "
            "the past of the log was changed."
        ),
        "cosignature-wrong": _("The cosignature of {witness} under {size} entries does not hold."),
        "witness-absent": _("{witness} cosigned no state of this log that stands in the file."),
        "earlier-other-log": _("The earlier file is of the log {found}, this one of {needed}."),
        "earlier-unsigned": _("The earlier file {file} bears no signature of this log."),
        "rolled-back": _("{file} has {earlier} entries and this file {entries}: the log was cut back."),
        "forked": _(
            "The first {size} entries are not those of {file}: the past of the log was changed, and the log's key "
            "signed both."
        ),
        "forked-at": _(
            "The first {size} entries are not those of {file}; the first that differs is entry {first}. The past of "
            "the log was changed, and the log's key signed both."
        ),
        "changes-differ": _(
            "Entry {entry} was made of {needed} changes, and not of the {found} in the file: one was altered, added or "
            "taken away."
        ),
        "change-damaged": _("Change {position} of entry {entry} cannot be read."),
        "change-without-entry": _("A change of {record} belongs to no entry: it was written past the ledger."),
        "position-differs": _("Among the changes of entry {entry} stands position {found} where {needed} should."),
        "sealed-differs": _(
            "The sealed part of {record}, version {version}, is not what the ledger has the digest of."
        ),
        "sealed-broken": _("The sealed part of {record}, version {version}, does not open: it was changed or moved."),
        "version-chain": _("Entry {entry} makes version {found} of {record}, where {needed} should follow."),
        "record-kind": _("{record} is called a {found}; it is a {needed}."),
        "verb-unknown": _("Entry {entry} is of an action that does not exist: {verb}."),
        "founded-again": _("Entry {entry} founds a register that was founded."),
        "actor-unknown": _("Entry {entry} ({verb}) names {actor}, whom nobody had entered by then."),
        "actor-suspended": _("Entry {entry} ({verb}) is by {actor}, who was suspended then."),
        "actor-not-allowed": _("Entry {entry} ({verb}) is by {actor}, whose offices did not include this then."),
        "actor-other-party": _("Entry {entry} is by {actor} and writes {record}, which belongs to another party."),
        "proposed-by-other": _("Proposal {proposal} names another proposer than {actor}, who made entry {entry}."),
        "signed-by-other": _("In entry {entry}, {actor} wrote a signature of {user} under {proposal}."),
        "signed-by-verb": _("Entry {entry} ({verb}) wrote a signature under {proposal}; only signing does."),
        "decision-without-signing": _("Decision {decision} was made by entry {entry} ({verb}), not by a signature."),
        "too-few-signatures": _("Decision {decision} (entry {entry}) has fewer than two signatures: {found}."),
        "own-proposal-signed": _("Decision {decision} (entry {entry}) was signed by {user}, who had proposed it."),
        "decision-not-proposal": _("Decision {decision} (entry {entry}) is not what was proposed: {column} differs."),
        "decision-altered": _("Entry {entry} changed {column} of decision {decision} after it was signed."),
        "state-left": _("Entry {entry} took {record} from “{before}”, which is final, to “{after}”."),
        "part-without-split": _("Entry {entry} made {part} a part of {remains}, which it did not split."),
        "split-without-parts": _("Entry {entry} split {remains} into nothing."),
        "remains-of-closed": _("Entry {entry} found {remains} in {container}, which was not opened."),
        "tag-twice": _("The tag {tag} stands on {count} containers of {handover}; one of them is {container}."),
        "decision-and-person": _("Decision {decision} stands, and its missing person is “{state}”."),
        "decision-and-remains": _("Decision {decision} stands, and its remains are “{state}”."),
        "identified-undecided": _("{missing_person} is “{state}”, and no decision says so."),
        "sealed-absent": _(
            "Version {version} of {record} (entry {entry}) has nothing sealed: it was written without the register's "
            "keys."
        ),
        "erased-sealed": _("Entry {entry} says that {record} is erased, and something sealed is left of it."),
        "finding-of-others": _("Finding {finding} was computed from profiles of {found}, whom it does not name."),
        "profile-of-other": _(
            "Finding {finding} takes profile {profile} for one of {person}; its sample was taken from somebody else."
        ),
        "finding-of-blocked": _(
            "Finding {finding} is said to be computed still, and profile {profile} behind it is “{state}”."
        ),
        "sample-unblocked": _("Sample {sample} is “{state}”, and the consent of its donor is withdrawn."),
        "profile-unblocked": _("Profile {profile} is “{state}”, and its sample is used no more."),
        "decision-on-others": _("Decision {decision} rests on finding {finding}, which is about others."),
        "named-undecided": _("{remains} is “{state}”, and no decision says so."),
        "reference-to-nothing": _("{record} (entry {entry}) names {target}, which does not exist."),
        "reference-before": _("{record} (entry {entry}) names {target}, which was entered only by entry {first}."),
        "row-without-change": _("The row {record} ({kind}) was never entered: the ledger does not know it."),
        "row-version": _("The row {record} is version {found}; its last change made version {needed}."),
        "row-differs": _("The row {record} is not what its last change, version {version}, says."),
        "row-sealed": _("The sealed part in the row {record} is not that of its last change, version {version}."),
        "row-missing": _("{record} was entered, and the register has no row of it: it was deleted past the ledger."),
        "row-twice": _("{record} stands in more than one row."),
        "figure-differs": _("The export says {claimed} for {figure}; its records give {found}."),
        "finding-differs": _(
            "Finding {finding} says log10 LR {claimed}; computed again it is {found} (made by {made}, here {here})."
        ),
        "export-not-entered": _(
            "The entry of this export itself ({document}) is not in the file: its maker hid it, or somebody on its way."
        ),
        "claim-differs": _("The file says of itself, {part}: {claimed}; by its own entry in the log it is {found}."),
        "closed-in-whole": _(
            "The file says that it shows everything, and {entries} entries and {changes} changes are closed in it."
        ),
        "policy-damaged": _("{part} cannot be read."),
        "policy-differs": _("{part} is not what its name says: its digest is {found}."),
    }


def _unchecked() -> dict[str, str]:
    return {
        "key-own": _(
            "Who signed: the log's key was taken from the file itself ({key}). Ask for it by another way and give "
            "--key."
        ),
        "no-witness": _(
            "Whether the log shows everybody the same: no witness was named. Give --witness with the key of the other "
            "party or of a neutral."
        ),
        "no-earlier": _(
            "Whether the past was changed since you last looked: give --earlier with an export or checkpoint you kept."
        ),
        "entries-closed": _("Entries closed in this file: {count}. Their place in the tree is checked, no more."),
        "changes-closed": _("Changes closed in this file: {count}. Their place in their entry is checked, no more."),
        "sealed-closed": _("Sealed parts not opened in this file: {count}."),
        "actors-closed": _("Entries whose actor is closed in this file: {count}."),
        "decisions-closed": _("Decisions whose proposal is closed in this file: {count}."),
        "references-closed": _("Records that others name and that are closed in this file: {count}."),
        "figures-closed": _(
            "Figures about remains that are closed in this file: {count}. They are the register's own word."
        ),
        "findings-not-drawn": _(
            "Findings that could be computed again and were not drawn: {count}. For all: --findings all."
        ),
        "findings-consent-withdrawn": _("Findings not recomputable, consent withdrawn: {count}."),
        "findings-erased": _("Findings not recomputable, erased what they were made of: {count}."),
        "finding-erased": _("Finding {finding} cannot be computed again: {record} was erased by entry {entry}."),
        "findings-closed": _("Findings not recomputable, profiles not opened in this file: {count}."),
        "findings-policy-absent": _("Findings not recomputable, their policy or tables not in the file: {count}."),
    }


def known_remarks() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The codes that have a sentence: of what holds, of what does not, of what could not be checked."""
    return frozenset(_held()), frozenset(_faults()), frozenset(_unchecked())


def held_sentence(remark: Remark) -> str:
    """What holds."""
    return _held()[remark.code].format_map(_numbered(remark))


def fault_sentence(remark: Remark) -> str:
    """What does not hold."""
    code = "forked-at" if remark.code == "forked" and remark.facts["first"] else remark.code
    return _faults()[code].format_map(_numbered(remark))


def unchecked_sentence(remark: Remark) -> str:
    """What could not be checked."""
    return _unchecked()[remark.code].format_map(_numbered(remark))


def _numbered(remark: Remark) -> dict[str, str]:
    """The facts, long numbers with their thousands apart; the number of an entry is a name and stays as it is."""
    names = ("entry", "first", "version", "position", "tag")
    return {
        name: f"{int(value):,}" if value.isdecimal() and len(value) < 16 and name not in names else value
        for name, value in remark.facts.items()
    }
