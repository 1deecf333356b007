"""`antigone ledger ...`: signed states of a register's ledger, cosigned by witnesses, and proofs as files."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from antigone import ledger
from antigone.domain import InputRefused, Place, Problem

__all__ = ["command"]

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("ledger")
def command() -> None:
    """Signed states of a register's ledger, cosigned by witnesses, and proofs as single files."""


@command.command("checkpoint")
@click.argument("folder", type=_FOLDER)
@click.option("--to", type=_FILE, help="Write the signed note to this file; default: print it.")
@click.option("--key-to", type=_FILE, help="Write the public key of the log, for whoever is to check it.")
def checkpoint(folder: Path, to: Path | None, key_to: Path | None) -> None:
    """Sign the present state of the ledger."""
    from antigone.register import open_register

    opened = open_register(folder)
    from antigone.register.checkpoints import take_checkpoint
    from antigone.register.refusals import NotNow
    from antigone.render import refusal_sentence

    try:
        row = take_checkpoint()
    except NotNow as refused:
        click.echo(refusal_sentence(refused), err=True)
        sys.exit(2)
    if to:
        _write_new(to, row.note.encode())
        click.echo(f"Written: {to}, over {row.size} entries.")
    else:
        click.echo(row.note, nl=False)
    if key_to:
        key = ledger.parse_signer_key(opened.log_key_file.read_text("utf-8").strip())
        _write_new(key_to, (key.verifier.encoded() + "\n").encode())


@command.command("prove")
@click.argument("folder", type=_FOLDER)
@click.option("--entry", type=int, help="That this entry is in the ledger.")
@click.option("--since", type=int, help="That the ledger only grew since it had so many entries; for a witness.")
@click.option("--to", type=_FILE, required=True, help="A new file.")
def prove(folder: Path, entry: int | None, since: int | None, to: Path) -> None:
    """Write a proof that an outsider checks without the register, against the latest checkpoint."""
    if (entry is None) == (since is None):
        raise InputRefused([Problem("one-of-two", Place(item="--entry, --since"), "both or none", "one of them")])
    from antigone.register import open_register

    open_register(folder)
    from antigone.register.proving import consistency_file, inclusion_file

    proof = inclusion_file(entry) if entry is not None else consistency_file(since or 0)
    _write_new(to, proof.to_bytes())
    click.echo(f"Written: {to}")


@command.command("new-witness")
@click.argument("name")
@click.option("--to", type=_FILE, required=True, help="A new file for the private key; the public one goes beside it.")
def new_witness(name: str, to: Path) -> None:
    """Make the key of a witness: the other party, or a neutral third. The private key stays with the witness."""
    try:
        key = ledger.generate_key(name, ledger.KeyKind.COSIGNATURE)
    except ValueError as error:
        needed = "a name without spaces and plus signs, as office.example/witness"
        raise InputRefused([Problem("register-name", Place(item="NAME"), str(error), needed)]) from None
    _write_new(to, (key.encoded() + "\n").encode(), private=True)
    public = to.with_name(to.name + ".pub")
    _write_new(public, (key.verifier.encoded() + "\n").encode())
    click.echo(f"Keep {to} secret; give {public} to those whose ledgers you will witness.")


@command.command("cosign")
@click.argument("proof", type=_FILE)
@click.option("--key", "key_file", type=_FILE, required=True, help="The witness's private key.")
@click.option("--log", "logs", type=_FILE, required=True, multiple=True, help="Public key of a log that is witnessed.")
@click.option("--memory", type=_FILE, required=True, help="What this witness cosigned before; made at first use.")
@click.option("--to", type=_FILE, required=True, help="A new file for the cosigned checkpoint.")
def cosign(proof: Path, key_file: Path, logs: tuple[Path, ...], memory: Path, to: Path) -> None:
    """As a witness: check that a ledger only grew since it was cosigned last, remember it, and cosign.

    PROOF is the file that `antigone ledger prove --since` wrote. No register is needed.
    """
    place = Place(file=str(proof))
    key = ledger.parse_signer_key(_read(key_file).decode().strip(), Place(file=str(key_file)))
    known = [ledger.parse_verifier_key(_read(log).decode().strip(), Place(file=str(log))) for log in logs]
    witness = ledger.Witness(key, known, memory)
    file = ledger.parse_consistency(_read(proof), place)
    _refuse_existing(to)
    try:
        cosigned = witness.cosign(file, datetime.now(UTC), place)
    except ledger.CosigningRefused as refused:
        if refused.remembered is not None:
            before = to.with_name(to.name + ".cosigned-before")
            if not before.is_file() or before.read_bytes() != refused.remembered.to_bytes():
                _write_new(before, refused.remembered.to_bytes())
            click.echo(f"What was cosigned before is in {before}; keep it with {proof}.", err=True)
        raise
    _write_new(to, cosigned.note.to_bytes())
    now = ledger.checkpoint_of(cosigned.note)
    if cosigned.before is None:
        click.echo(f"First checkpoint seen of {now.origin}: {now.size} entries, taken as they are.")
    else:
        click.echo(f"{now.origin} grew from {cosigned.before.size} to {now.size} entries, and nothing before changed.")
    click.echo(f"Written: {to}")


@command.command("take-in")
@click.argument("folder", type=_FOLDER)
@click.argument("cosigned", type=_FILE)
@click.option("--witness", type=_FILE, required=True, help="The witness's public key.")
def take_in(folder: Path, cosigned: Path, witness: Path) -> None:
    """Keep a witness's signature beside the checkpoint it stands under."""
    from antigone.register import open_register

    open_register(folder)
    from antigone.register.proving import take_in as take_in_cosignature

    key = ledger.parse_verifier_key(_read(witness).decode().strip(), Place(file=str(witness)))
    row = take_in_cosignature(_read(cosigned), key, Place(file=str(cosigned)))
    click.echo(f"The signature of {key.name} is kept with the checkpoint over {row.size} entries.")


@command.command("check")
@click.argument("proof", type=_FILE)
@click.option("--log", "log", type=_FILE, required=True, help="Public key of the log.")
def check(proof: Path, log: Path) -> None:
    """Check a proof file without any register: that an entry is in a ledger, or that it only grew."""
    key = ledger.parse_verifier_key(_read(log).decode().strip(), Place(file=str(log)))
    content, place = _read(proof), Place(file=str(proof))
    if content.startswith(ledger.CONSISTENCY_FORMAT.encode()):
        grown = ledger.parse_consistency(content, place)
        state = ledger.check_consistency(grown, key, place)
        click.echo(f"{state.origin}: {state.size} entries, beginning with the same first {grown.old_size}.")
        return
    held = ledger.parse_inclusion(content, place)
    state = ledger.check_inclusion(held, ledger.leaf_hash(held.extra), key, place)
    click.echo(f"{state.origin}: entry {held.index} of {state.size} is this:")
    click.echo(held.extra.decode())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputRefused([Problem("missing-file", Place(file=str(path)), "nothing of this name")]) from None


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise InputRefused([Problem("file-exists", Place(file=str(path)), "a file", "a new name")])


def _write_new(path: Path, content: bytes, *, private: bool = False) -> None:
    _refuse_existing(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
