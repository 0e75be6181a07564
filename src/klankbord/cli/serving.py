"""``klankbord serve``: one parent that starts the database, the web server and the worker, and stops them together."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import typer

from klankbord.cli.installation import OperatorError, port, prepare_data_folder, uses_own_postgresql
from klankbord.core.postgres import EmbeddedServer, PostgresError
from klankbord.core.processes import Child, ends_with_parent, stop_together

STOPPING_PATIENCE = 8.0
ANSWER_PATIENCE = 60.0
# After a kill the previous web server needs a moment to give the port back.
PORT_PATIENCE = 5.0

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked us to stop. Not an Exception, so that no handler on the way swallows it."""


def serve_until_stopped() -> None:
    """Serve until Ctrl-C or SIGTERM; return normally then. A part that dies takes the whole down, with its name."""
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)
    try:
        _serve()
    except Stopped:
        typer.echo("Klankbord has stopped.")
    except PostgresError as error:
        raise OperatorError(str(error)) from error


def _stop(number: int, frame: FrameType | None) -> None:
    # Once is enough: a second Ctrl-C must not interrupt the stopping, which is short.
    for other in STOP_SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    raise Stopped


def _serve() -> None:
    data = prepare_data_folder()
    listen = os.environ.get("KLANKBORD_LISTEN", "127.0.0.1")
    number = port()
    _claim_port(listen, number)
    server = None if uses_own_postgresql() else EmbeddedServer(data)
    with _running(server):
        _run_to_completion("migrate", "--quiet")
        if os.environ.get("KLANKBORD_DEMO") == "1":
            _run_to_completion("build-demo")
        children: list[Child] = []
        try:
            children.append(_start_web(listen, number))
            _wait_for_answer(listen, number, children)
            typer.echo(_welcome(number))
            # After the first page: nothing waits for the worker, and starting it costs as much as the web server.
            children.append(_start_worker())
            while True:
                _complain_about_the_dead(children, server)
                time.sleep(0.25)
        finally:
            stop_together(children, STOPPING_PATIENCE)


@contextmanager
def _running(server: EmbeddedServer | None) -> Iterator[None]:
    if server is None:
        yield
        return
    with server:
        yield


def _claim_port(listen: str, number: int) -> None:
    """Say so when the port is taken. The web server shares a port without a word, and pages would mix."""
    deadline = time.monotonic() + PORT_PATIENCE
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((listen, number))
            except OSError as error:
                if time.monotonic() >= deadline:
                    raise OperatorError(
                        f"Port {number} cannot be used ({error.strerror}). Choose another, such as PORT={number + 1}."
                    ) from error
                time.sleep(0.1)
            else:
                return


def _environment(**changes: str) -> dict[str, str]:
    return os.environ | {"DJANGO_SETTINGS_MODULE": "klankbord.config.settings", "KLANKBORD_ROLE": "app"} | changes


def _klankbord(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "klankbord.cli", *arguments]


def _run_to_completion(*arguments: str) -> None:
    result = subprocess.run(
        _klankbord(*arguments),
        env=_environment(),
        stdin=subprocess.DEVNULL,
        check=False,
        process_group=0,
        preexec_fn=ends_with_parent(signal.SIGTERM),
    )
    if result.returncode != 0:
        raise OperatorError(f"`klankbord {' '.join(arguments)}` did not succeed; its message stands above.")


def _start_web(listen: str, number: int) -> Child:
    threads = os.environ.get("KLANKBORD_THREADS", "8")
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", listen, "--port", str(number)]
    command += ["--workers", "1", "--blocking-threads", threads, "--log-level", "error", "--no-ws"]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "5", "klankbord.config.wsgi:application"]
    return Child.start("web server", command, _environment(KLANKBORD_POOL="1", KLANKBORD_THREADS=threads))


def _start_worker() -> Child:
    # Asked politely, it would wait for a database that died with the same parent. What it was doing is put back.
    return Child.start("worker", _klankbord("worker"), _environment(), orphaned=signal.SIGKILL)


def _complain_about_the_dead(children: list[Child], server: EmbeddedServer | None) -> None:
    for child in children:
        if (code := child.process.poll()) is not None:
            raise OperatorError(f"The {child.name} stopped of itself (exit code {code}); everything is being stopped.")
    if server is not None and server.poll() is not None:
        raise OperatorError(f"The database stopped of itself; see {server.log}. Everything is being stopped.")


def _wait_for_answer(listen: str, number: int, children: list[Child]) -> None:
    """Return when a page comes back, whatever page it is."""
    host = "127.0.0.1" if listen in ("0.0.0.0", "::") else listen  # noqa: S104 - compared, not bound
    deadline = time.monotonic() + ANSWER_PATIENCE
    while time.monotonic() < deadline:
        _complain_about_the_dead(children, None)
        connection = http.client.HTTPConnection(host, number, timeout=10)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise OperatorError(f"The web server did not answer within {ANSWER_PATIENCE:.0f} seconds.")


def _welcome(number: int) -> str:
    address = os.environ.get("KLANKBORD_URL", f"http://127.0.0.1:{number}")
    if os.environ.get("KLANKBORD_DEMO") == "1":
        sign_in = "Choose who you are there: Johan, his coach Marieke, his manager Anton, and others. No password."
    else:
        sign_in = "Sign in there with your e-mail address; a code comes by mail."
    return f"\nKlankbord is ready: {address}\n{sign_in}\nStop with Ctrl-C.\n"
