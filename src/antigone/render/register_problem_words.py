"""What each problem code of a register and its ledger means and what to do; the facts of the case stand beside it."""

from __future__ import annotations

from collections.abc import Mapping

from antigone.render.language import _

Words = tuple[str, str]
"""(what is wrong, what to correct)."""


def fields() -> Mapping[str, Words]:
    """What somebody typed into a form, or after a command."""
    return {
        "identifier-form": (_("this is not an identifier"), _("Copy it whole, with all its zeros.")),
        "identifier-kind": (_("no kind of record begins with these letters"), _("Correct the first two letters.")),
        "identifier-check": (
            _("the identifier was copied with an error: its check sign does not fit"),
            _("Read it again from the paper; nothing is guessed."),
        ),
        "identifier-other-kind": (
            _("the identifier names something else"),
            _("Use the identifier of the right record."),
        ),
        "field-value": (_("this is not a field and its value"), _("Write the name, an equals sign, and the value.")),
        "calls-line": (_("this line is not a locus and its alleles"), _("Write one locus a line.")),
        "members-line": (_("this line is not a member of a family"), _("Write one person a line, in four words.")),
        "rows-line": (
            _("this line has not the cells it needs"),
            _("Write one row a line, with a semicolon between cells."),
        ),
        "unknown-user": (_("there is no such user"), _("Correct the log-in name.")),
        "one-of-two": (_("one of these is needed, and not both"), _("Give one of them.")),
    }


def handovers() -> Mapping[str, Words]:
    """Lists of a handover, remains and samples, as they are entered."""
    return {
        "tag-twice": (_("the tag is there twice"), _("Write each tag once.")),
        "tag-on-list": (_("the tag is on the list"), _('Leave "extra" for those that are not.')),
        "tag-not-on-list": (_("the tag is not on the list"), _('Write "extra", or correct the tag.')),
        "container-not-said": (_("nothing is said of a container of the list"), _("Say of each whether it came.")),
        "seal-of-missing": (_("what did not come has no seal"), _('Write "none", or correct the line.')),
        "too-long": (_("this is too long"), _("Shorten it.")),
        "too-few": (_("these are too few"), _("Name two or more.")),
        "no-markers": (_("no marker was typed"), _("Enter at least one locus.")),
        "base": (_("this is not a base"), _("Write one letter of the IUPAC code, or DEL.")),
        "coordinates": (_("these are not coordinates"), _("Write latitude and longitude in degrees.")),
        "date-ahead": (_("this day has not come yet"), _("Correct the date.")),
        "one-donor": (_("a sample is of one person"), _("Name the relative or the missing person, not both.")),
    }


def persons() -> Mapping[str, Words]:
    """Missing persons, families and pedigrees, as they are entered."""
    return {
        "nothing-to-correct": (_("nothing was changed"), _("Fill in what is to be corrected.")),
        "number-twice": (_("the service number is there twice"), _("Keep one of the rows, or correct it.")),
        "same-record": (_("this is the same record"), _("Name two different ones.")),
        "both-settled": (_("the fate of both is settled"), _("Do not merge them: ask the board.")),
        "merge-other-way": (_("the one to be merged is settled already"), _("Merge the two the other way round.")),
        "pedigree-word": (_("this cannot name a person of a pedigree"), _("Use an identifier, or a word of letters.")),
        "not-of-family": (_("this person is of another family"), _("Name members of this family.")),
        "pedigree-lacks-person": (_("the pedigree leaves somebody out"), _("Add every relative and missing person.")),
        "sex-differs": (_("the sex differs from the one registered"), _("Correct the pedigree, or the record.")),
        "digest-form": (_("this is no SHA-256"), _("Copy its 64 hexadecimal digits.")),
        "no-pedigree": (_("the family has no pedigree"), _("Declare one first.")),
    }


def access() -> Mapping[str, Words]:
    """Passwords, second factors, and the server of the pages."""
    return {
        "password-too-short": (_("the password is too short"), _("Choose a longer one.")),
        "password-too-common": (_("the password is in lists of common ones"), _("Choose another.")),
        "password-only-digits": (_("the password has nothing but digits"), _("Choose another.")),
        "password-like-name": (_("the password is too much like your name"), _("Choose another.")),
        "password-differs": (_("the two passwords differ"), _("Type the new password twice.")),
        "password-same": (_("this is the password of before"), _("Choose another.")),
        "password-wrong": (_("the password is wrong"), _("Type your present password.")),
        "second-factor-code": (_("the code does not fit"), _("Check the clock of the phone and type the next code.")),
        "second-factor-secret": (_("the secret is not one that was offered"), _("Begin again.")),
        "host-form": (_("this is not a name or address of a machine"), _("Correct --host.")),
        "host-unnamed": (_("the register does not know this name"), _("Add it to hosts in register.toml.")),
        "register-older": (_("the register is of an earlier version"), _("Run antigone register upgrade.")),
        "no-policy": (_("the policy of the register is not there"), _("Put the folder policy back.")),
    }


def registers() -> Mapping[str, Words]:
    """The folder of a register, its keys and its backups."""
    return {
        "no-register": (_("there is no register in this folder"), _("Name the folder of a register.")),
        "register-name": (_("this cannot name a register or a witness"), _("Choose another name.")),
        "keys-missing": (
            _("the keys of the register are not there"),
            _("Put the copy of the keys back; without them sealed records cannot be opened. Do not make new ones."),
        ),
        "keys-unreadable": (
            _("the keys of the register cannot be opened"),
            _("Check the owner and the rights of the file."),
        ),
        "keys-open": (
            _("users other than the owner may open the keys"),
            _("Close them with chmod, and find out who could have read them."),
        ),
        "keys-format": (_("this is not a file of keys"), _("Put the copy of the keys back.")),
        "keys-exist": (_("there are keys here"), _("Keys are never overwritten: name a new folder.")),
        "not-a-backup": (_("this is not a backup of a register"), _("Name a file that `register backup` wrote.")),
        "backup-damaged": (
            _("a part of the backup is not as it was written"),
            _("Use another copy; nothing was restored."),
        ),
        "backup-without-keys": (
            _("the keys are not in this backup"),
            _("Name the folder of keys that was kept apart from it with --keys."),
        ),
        "backup-of-postgresql": (
            _("this is the backup of a PostgreSQL database"),
            _("Make an empty database and give its address with --database."),
        ),
        "missing-program": (_("a program of the database is not installed"), _("Install it.")),
        "database-program": (_("the program of the database refused"), _("Do what its last line asks for.")),
    }


def agreement() -> Mapping[str, Words]:
    """Where the rows of a register and its ledger do not fit."""
    beyond = _("Somebody wrote past the actions, or a copy is damaged: compare with a backup and with a witness.")
    return {
        "ledger-size": (_("the ledger has not as many entries as its head says"), beyond),
        "ledger-gap": (_("an entry of the ledger is missing"), beyond),
        "ledger-leaf": (_("an entry is not as it was written"), beyond),
        "ledger-changes": (_("the changes of an entry are not those it was made of"), beyond),
        "change-without-entry": (_("there are changes that belong to no entry"), beyond),
        "row-version": (_("a row and its history disagree about its version"), beyond),
        "row-differs": (_("a row is not what its last change says"), beyond),
        "row-missing": (_("a record that has a history is gone"), beyond),
    }


def ledgers() -> Mapping[str, Words]:
    """Notes, keys and proofs that outsiders exchange."""
    again = _("Ask for the file again.")
    return {
        "no-checkpoint": (_("no state of the ledger was signed yet"), _("Take a checkpoint first.")),
        "no-entry": (_("there is no such entry under the latest checkpoint"), _("Take a checkpoint, or correct it.")),
        "no-such-size": (_("the ledger never had this size"), _("Correct the size.")),
        "checkpoint-not-ours": (_("this is no checkpoint of this register"), _("Take in what was cosigned for it.")),
        "no-cosignature": (_("the witness has not signed this"), _("Check which witness, and which file, is meant.")),
        "ledger-key": (_("this is not a key"), _("Copy the whole line.")),
        "ledger-note": (_("this is not a signed note"), again),
        "ledger-signature": (_("a signature is not good"), again),
        "ledger-checkpoint": (_("this note is no checkpoint"), again),
        "ledger-proof": (_("this is not a proof"), again),
        "ledger-proof-fails": (
            _("the proof does not lead to the signed state"),
            _("Do not rely on it; ask the other party for an explanation."),
        ),
        "ledger-entry": (_("this is not an entry"), again),
        "ledger-change": (_("this is not a change"), again),
        "ledger-memory": (
            _("what this witness remembers is damaged"),
            _("Put the latest copy back: with an older one this witness could be shown another past."),
        ),
    }


def exports() -> Mapping[str, Words]:
    """Exports, and what is needed to check them."""
    return {
        "export-unreadable": (_("this is no export that can be read"), _("Get the file again, whole.")),
        "export-part": (_("a part of the export is missing, or there twice"), _("Get the file again, whole.")),
        "witness-key": (_("this is not the key of a witness"), _("Give the public key that `new-witness` wrote.")),
    }


def witnesses() -> Mapping[str, Words]:
    """Why a witness does not cosign."""
    keep = _("Keep both files: together they are evidence. Do not cosign.")
    return {
        "log-unknown": (_("this ledger is not one that is witnessed here"), _("Give its public key with --log.")),
        "log-bad-signature": (_("the ledger's own signature is not good"), _("Ask for the file again.")),
        "log-rolled-back": (_("the ledger has become shorter than what was cosigned before"), keep),
        "log-forked": (_("the ledger shows another past than what was cosigned before"), keep),
        "log-other-size": (
            _("the proof does not begin where this witness left off"),
            _("Ask for a proof since the size named here."),
        ),
        "log-bad-proof": (_("the proof does not show that the ledger only grew"), keep),
    }
