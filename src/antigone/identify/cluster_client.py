"""A client of a dask.distributed scheduler: reached, and its workers fit for the work; or refused, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from antigone.domain import InputRefused, Place, Problem
from antigone.identify.same_software import differences, software

if TYPE_CHECKING:
    from distributed import Client, Security

FIRST_ANSWER = 10.0
"""Seconds in which the scheduler has to answer."""
FIRST_WORKER = 60.0
"""Seconds in which a first worker has to be there, or another one when all have died."""
FORMS = "tcp://HOST:8786, tls://HOST:8786"
CERTIFICATES = "distributed.comm.tls: ca-file, client.key, client.cert"


def cluster_workers(address: str) -> dict[str, int]:
    """Address -> threads of every worker of the scheduler at `address`, all found fit; InputRefused as `connected`.

    For a caller that wants to know before it reads anything, or to fit the size of its blocks.

    ::

        threads = sum(cluster_workers("tcp://10.0.0.1:8786").values())
    """
    with connected(address) as client:
        found = workers_of(client, address)
        refuse_other_software(client, address, list(found))
        return found


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of our own, closed in the end; the cluster goes on. TLS is set up as dask's own settings say.

    InputRefused: `cluster-not-installed`, `cluster-certificates`, `cluster-unreachable`.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise refusal("cluster-not-installed", address, str(error), "pip install 'antigone[cluster]'") from error
    options = {"timeout": FIRST_ANSWER, "set_as_default": False, "direct_to_workers": False}
    security = _security(address)
    try:
        client = Client(address, security=security, **options)
    except (OSError, ImportError) as error:
        raise refusal("cluster-unreachable", address, str(error), FORMS) from error
    with client:
        yield client


@contextmanager
def asking(address: str) -> Iterator[None]:
    """Around questions to the scheduler; InputRefused (`cluster-unreachable`) where it is gone."""
    try:
        yield
    except OSError as error:
        raise refusal("cluster-unreachable", address, str(error)) from error


def workers_of(client: Client, address: str) -> dict[str, int]:
    """Address -> threads; InputRefused (`cluster-no-workers`) where none comes."""
    with asking(address):
        found: dict[str, int] = client.nthreads()
        if not found:
            try:
                client.wait_for_workers(1, timeout=FIRST_WORKER)
            except TimeoutError as error:
                raise refusal("cluster-no-workers", address, "0", "1") from error
            found = client.nthreads()
    return found


def refuse_other_software(client: Client, address: str, workers: list[str]) -> None:
    """InputRefused (`cluster-version`) with everything that differs on any of the workers, all at once."""
    if workers:
        with asking(address):
            answers = client.run(software, workers=workers, on_error="return")
        # A worker that went away in between is no worker.
        there = {worker: found for worker, found in answers.items() if not isinstance(found, OSError)}
        if problems := differences(there):
            raise InputRefused(problems)


def refusal(code: str, address: str, found: str, needed: str = "") -> InputRefused:
    """One problem with the cluster at `address`."""
    return InputRefused([Problem(code, Place(item=address), found, needed)])


def _security(address: str) -> Security:
    """Dask's settings of TLS. What they rule out is refused here: a client that could not begin cannot be closed."""
    from distributed import Security

    try:
        parts = urlsplit(address)
        complete = parts.scheme in ("tcp", "tls") and bool(parts.hostname) and parts.port is not None
    except ValueError:
        complete = False
    if not complete:
        raise refusal("cluster-unreachable", address, address, FORMS)
    try:
        security = Security()
        arguments = security.get_connection_args("client")
    except (OSError, ValueError) as error:
        raise refusal("cluster-certificates", address, str(error), CERTIFICATES) from error
    if parts.scheme == "tls" and arguments["ssl_context"] is None:
        raise refusal("cluster-certificates", address, "", CERTIFICATES)
    if parts.scheme == "tcp" and arguments["require_encryption"]:
        raise refusal("cluster-certificates", address, "tcp", "tls://HOST:8786")
    return security
