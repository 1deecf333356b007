"""`antigone register ...`: make a register, look after it, and do by command what its pages do."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from antigone.domain import InputRefused, Place, Problem

if TYPE_CHECKING:
    from antigone.register.actor import Actor

__all__ = ["command"]

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("register")
def command() -> None:
    """A register of the missing, the remains and the decisions, kept in a folder of its own."""


@command.command("create")
@click.argument("folder", type=_FOLDER)
@click.option("--name", prompt="Name of the register, for its signed checkpoints (as office.example/register)")
@click.option("--database", default="", help="Address of a PostgreSQL database; default: SQLite in the folder.")
@click.option("--party-code", prompt="Short code of your party (as A)")
@click.option("--party-name", prompt="Name of your party")
@click.option("--side", type=click.Choice(["side", "neutral"]), default="side", prompt="A side, or neutral")
@click.option("--institution", prompt="Your institution")
@click.option("--username", prompt="Log-in name of the first administrator")
@click.option("--full-name", prompt="Full name of the first administrator")
def create(folder: Path, name: str, database: str, username: str, full_name: str, **party: str) -> None:
    """Make a register and its first administrator, whose one-time password is printed once."""
    _check_name(name)
    user = _founded(folder, name, database, {**party, "username": username, "name": full_name})
    from antigone.actions import perform, read_command, verb
    from antigone.register.passwords import new_one_time_password

    password = new_one_time_password()
    code = verb("renew_access")
    access = {"user": user, "one_time_password": password}
    perform(user_named(username), code, read_command(code.command, access))
    click.echo(f"The register is in {folder}.")
    click.echo(f"First log-in: {username}, one-time password {password}")
    click.echo("It is shown only now. A second factor is set up at the first log-in: have a phone with an")
    click.echo("authenticator application at hand.")
    click.echo(f"Keep {folder / 'keys'} in a second, safe place: without it nothing sealed can be read again.")
    click.echo(f"To go on:  antigone serve {folder}")


@command.command("example")
@click.argument("folder", type=_FOLDER)
def example(folder: Path) -> None:
    """Make a register with an example in it: invented people, and a log-in for each office."""
    side = {"party_code": "A", "party_name": "Side A (example)", "side": "side"}
    office = {"institution": "Bureau of side A (example)", "username": "administrator"}
    _founded(folder, "example.antigone/register", "", {**side, **office, "name": "Administrator (example)"})
    from antigone.actions import fill_example, give_access

    usernames = fill_example("administrator")
    click.echo(f"The example is in {folder}. Nobody in it ever lived.")
    click.echo("Each log-in: name, one-time password, then codes in place of an authenticator application, once each.")
    for one in (give_access("administrator", username) for username in usernames):
        click.echo(f"  {one.username:18}{one.one_time_password}  {' '.join(one.codes)}  ({one.offices})")
    click.echo(f"To go on:  antigone serve {folder}")


@command.command("upgrade")
@click.argument("folder", type=_FOLDER)
def upgrade(folder: Path) -> None:
    """Bring a register to this version, after a backup beside it; what was there is checked before and after."""
    from antigone.register import open_register

    opened = open_register(folder)
    from antigone.register.backup import back_up
    from antigone.register.schema import migrate, waiting_migrations

    waiting = waiting_migrations()
    if not waiting:
        click.echo("The register is of this version already; nothing was done.")
        return
    backup = folder / f"before-upgrade-to-{waiting[-1]}.zip"
    back_up(opened, backup)
    migrate()
    click.echo(f"Upgraded: {', '.join(waiting)}. The state before is in {backup}.")
    _refuse_disagreements()


@command.command("backup")
@click.argument("folder", type=_FOLDER)
@click.option("--to", type=_FILE, required=True, help="A new file.")
@click.option("--with-keys", is_flag=True, help="Put the keys in as well: whoever has the file can read everything.")
def backup(folder: Path, to: Path, with_keys: bool) -> None:
    """Write a backup of a register, which may be in use meanwhile."""
    from antigone.register import find_folder
    from antigone.register.backup import back_up

    record = back_up(find_folder(folder), to, with_keys=with_keys)
    click.echo(f"Written: {to}, {to.stat().st_size:,} bytes, {len(record['sha256'])} parts, each with its digest.")
    if not with_keys:
        click.echo(f"The keys are not in it. Keep a copy of {folder / 'keys'} apart from it.")


@command.command("restore")
@click.argument("backup_file", type=_FILE)
@click.option("--to", type=_FOLDER, required=True, help="A new folder.")
@click.option("--keys", type=_FOLDER, help="The folder of keys, where the backup has none.")
@click.option("--database", default="", help="Address of an empty PostgreSQL database, for a backup of one.")
def restore(backup_file: Path, to: Path, keys: Path | None, database: str) -> None:
    """Make a register again from a backup, and check that register and ledger agree."""
    from antigone.register import open_register
    from antigone.register.backup import restore as restore_backup

    restore_backup(backup_file, to, keys, database)
    open_register(to)
    _refuse_disagreements()
    from antigone.register.entries import ledger_size

    click.echo(f"Restored to {to}: {ledger_size()} entries; register and ledger agree.")
    click.echo("If a later checkpoint was given to a witness, entries since this backup are lost: say so to them.")


@command.command("check")
@click.argument("folder", type=_FOLDER)
def check(folder: Path) -> None:
    """Whether the rows of a register and its ledger agree. `antigone verify` asks an export the same, and more."""
    from antigone.register import open_register

    open_register(folder)
    _refuse_disagreements()
    click.echo("Register and ledger agree.")


@command.command("do")
@click.argument("folder", type=_FOLDER)
@click.argument("verb_name", metavar="VERB")
@click.option("--by", required=True, metavar="USERNAME", help="Who does it; the ledger names them.")
@click.argument("typed", nargs=-1, metavar="[FIELD=VALUE]...")
def do(folder: Path, verb_name: str, by: str, typed: tuple[str, ...]) -> None:
    """Do one thing in the name of one user, as a page would; @FILE as a value reads it from a file, - from input."""
    from antigone.register import open_register

    open_register(folder)
    from antigone.actions import perform, read_command, verb
    from antigone.render import refusal_sentence

    try:
        code = verb(verb_name)
    except KeyError:
        from antigone.domain import VERBS

        place = Place(item=verb_name)
        raise InputRefused([Problem("unknown-word", place, verb_name, "one of " + ", ".join(VERBS))]) from None
    actor = user_named(by)
    from antigone.register.refusals import NotAllowed, NotHere, NotNow, Overtaken

    try:
        done = perform(actor, code, read_command(code.command, _typed(typed)))
    except (NotAllowed, NotHere, NotNow, Overtaken) as refused:
        click.echo(refusal_sentence(refused), err=True)
        sys.exit(2)
    click.echo(json.dumps({"record": done.record, "entry": done.entry}))


def _founded(folder: Path, name: str, database: str, founding: dict[str, str]) -> str:
    """Make a register, open it and found it; the first administrator."""
    from antigone.register import create_folder, open_register

    create_folder(folder, name, database)
    open_register(folder)
    from antigone.register.schema import migrate

    migrate()
    from antigone.actions import founder, perform, read_command, verb

    code = verb("found_register")
    return perform(founder(), code, read_command(code.command, founding)).record


def user_named(username: str) -> Actor:
    """The actor with this log-in name; InputRefused where there is none, or the user is suspended."""
    from antigone.register.actor import actor_named

    actor = actor_named(username)
    if actor is None:
        needed = "the log-in name of an active user"
        raise InputRefused([Problem("unknown-user", Place(item="--by"), username, needed)])
    return actor


def _typed(pairs: tuple[str, ...]) -> dict[str, str]:
    found = {}
    problems = []
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            problems.append(Problem("field-value", Place(item=pair), pair, "FIELD=VALUE"))
        elif value == "-":
            found[name] = sys.stdin.read()
        elif value.startswith("@"):
            found[name] = Path(value[1:]).read_text("utf-8")
        else:
            found[name] = value
    if problems:
        raise InputRefused(problems)
    return found


def _check_name(name: str) -> None:
    from antigone.ledger import check_key_name

    try:
        check_key_name(name)
    except ValueError:
        needed = "a name without spaces and plus signs, as office.example/register"
        raise InputRefused([Problem("register-name", Place(item="--name"), name, needed)]) from None


def _refuse_disagreements() -> None:
    from antigone.register.agreement import disagreements

    found = disagreements()
    if found:
        raise InputRefused(found)
