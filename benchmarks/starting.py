"""From `klankbord serve` to the first page, and what a first visit weighs."""

from __future__ import annotations

import gzip
import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import brotli

from benchmarks.installation import environment

PATIENCE = 120.0
SIGN_IN = "/aanmelden/"
# What a browser fetches by itself when it reads a page: style sheets, scripts, pictures, and fonts named beforehand.
_FETCHED = re.compile(
    r"""<link\b[^>]*\brel="?(?:stylesheet|preload|icon)\b[^>]*>|<(?:script|img)\b[^>]*\bsrc=[^>]*>""", re.IGNORECASE
)
_ADDRESS = re.compile(r"""\b(?:href|src)="([^"]+)\"""")
_IN_STYLE = re.compile(r"""url\(["']?(?!data:)([^"')]+)""")


@dataclass(frozen=True)
class Fetched:
    """One file of a first visit, as it went over the line, in bytes."""

    path: str
    sent: int


@contextmanager
def serving(data: Path) -> Iterator[tuple[int, float]]:
    """`klankbord serve` on this folder: its port, and the seconds from pressing Enter to the first page in hand."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "klankbord.cli", "serve"],
        env=environment(data, PORT=str(port)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(process, port)
        yield port, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(60)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            status, _, _ = _get(port, SIGN_IN)
        except OSError:
            time.sleep(0.02)
        else:
            if status == 200:
                return
            raise SystemExit(f"the first page answered {status}")
    raise SystemExit("klankbord serve did not answer")


def _get(port: int, path: str) -> tuple[int, bytes, str]:
    """Status, body as it was sent, and how that was packed."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "br, gzip"})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("Content-Encoding", "")
    finally:
        connection.close()


def _unpacked(body: bytes, packing: str) -> str:
    if packing == "gzip":
        body = gzip.decompress(body)
    elif packing == "br":
        body = brotli.decompress(body)
    return body.decode(errors="replace")


def first_visit(port: int) -> list[Fetched]:
    """Everything that somebody's browser fetches for the page to sign in on, when it was never here before."""
    status, body, packing = _get(port, SIGN_IN)
    if status != 200:
        raise SystemExit(f"{SIGN_IN} answered {status}")
    found = [Fetched(SIGN_IN, len(body))]
    page = _unpacked(body, packing)
    tags = (match.group() for match in _FETCHED.finditer(page))
    waiting = [match.group(1) for tag in tags if (match := _ADDRESS.search(tag))]
    seen = {SIGN_IN}
    for address in waiting:
        path = urlsplit(address).path
        if address.startswith("data:") or path in seen:
            continue
        seen.add(path)
        _, body, packing = _get(port, path)
        found.append(Fetched(path, len(body)))
        if path.endswith(".css"):
            waiting += [urljoin(path, inner) for inner in _IN_STYLE.findall(_unpacked(body, packing))]
    return found
