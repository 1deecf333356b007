"""`antigone serve FOLDER`: the pages of a register."""

from __future__ import annotations

import ipaddress
import sys
from pathlib import Path

import click

from antigone.domain import InputRefused, Place, Problem

__all__ = ["command"]

_FOLDER = click.Path(file_okay=False, path_type=Path)
_MOST_THREADS = 64


@click.command("serve")
@click.argument("folder", type=_FOLDER)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", help="Address to listen on instead of 127.0.0.1; other machines can then reach the pages.")
@click.option(
    "--threads", type=click.IntRange(1, _MOST_THREADS), default=8, show_default=True, help="Requests at once."
)
def command(folder: Path, port: int, host: str | None, threads: int) -> None:
    """Serve the pages of a register to browsers on this machine, until it is stopped."""
    from antigone.register import find_folder, open_register

    address = _address(host)
    _refuse_unknown_host(find_folder(folder).hosts, address)
    open_register(folder)
    _refuse_old_tables(folder)
    if not address.is_loopback:
        click.echo(
            "Other machines can reach these pages. Passwords and names travel as they are: put a proxy that speaks "
            "TLS before them. Browsers keep a log-in over https only.",
            err=True,
        )
    click.echo(f"Pages of the register in {folder}: http://{_written(address)}:{port}/")
    click.echo("To stop: Ctrl-C.")
    sys.stdout.flush()
    _serve(str(address), port, threads)


def _serve(address: str, port: int, threads: int) -> None:
    """One process of pages; it ends on SIGINT or SIGTERM, once what was asked is answered."""
    import multiprocessing

    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    multiprocessing.set_start_method("spawn")  # nothing of this process's database is inherited
    Granian(
        "antigone.web.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=threads,
        log_level=LogLevels.error,
        websockets=False,
    ).serve()


def _address(host: str | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        return ipaddress.ip_address(host or "127.0.0.1")
    except ValueError:
        place = Place(item="--host")
        raise InputRefused([Problem("host-form", place, str(host), "an address as 127.0.0.1 or 192.0.2.7")]) from None


def _written(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    return f"[{address}]" if address.version == 6 else str(address)


def _refuse_unknown_host(hosts: tuple[str, ...], address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Listening for others is of no use while the register answers under names of this machine alone."""
    if not address.is_loopback and {"127.0.0.1", "localhost"}.issuperset(hosts):
        needed = "the name under which browsers will reach the pages, in hosts = [...] of register.toml"
        raise InputRefused([Problem("host-unnamed", Place(item="--host"), str(address), needed)])


def _refuse_old_tables(folder: Path) -> None:
    """The tables must be those of this version; sessions that ended are taken out on the way."""
    from antigone.register.schema import forget_ended_sessions, waiting_migrations

    waiting = waiting_migrations()
    if waiting:
        needed = f"antigone register upgrade {folder}"
        raise InputRefused([Problem("register-older", Place(file=str(folder)), ", ".join(waiting), needed)])
    forget_ended_sessions()
