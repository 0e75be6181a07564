"""The whole of Klankbord killed in the middle of its work: what was confirmed is there, and nothing is half there."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.operations.conftest import SOURCES, clean_environment

ROOT = Path(__file__).parents[2]
TOKEN = "a" * 32


@dataclass
class Site:
    """A real installation on a folder of its own: `klankbord serve`, and the cookies of two people."""

    data: Path
    port: int
    cookies: dict[str, str]
    engagement: str
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Serve, and return when it says where."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "klankbord.cli", "serve"],
            env=environment(self.data) | {"PORT": str(self.port), "KLANKBORD_LOG": "CRITICAL"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "Stop with Ctrl-C" in line:
                return
        pytest.fail("it did not start:\n" + "".join(said))

    def kill(self) -> None:
        """`kill -9` of everything at once: web server, worker, database, and the parent of them all."""
        if self.process is None:
            return
        for process in family(self.process.pid):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.communicate()
        self.process = None

    def ask(self, method: str, path: str, name: str, **fields: Any) -> tuple[int, str]:
        """Ask for a page, or send a form, as somebody. Raises ``OSError`` or ``HTTPException`` without an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {
            "Cookie": f"klankbord={self.cookies[name]}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            connection.request(method, path, body=urlencode(fields) if fields else None, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def talk(self, number: int) -> str:
        """The address of one talk."""
        return f"/waterland/coaching/{self.engagement}/gesprek/{number}/"


def environment(data: Path) -> dict[str, str]:
    return clean_environment(data) | {"PYTHONPATH": f"{SOURCES}{os.pathsep}{ROOT}"}


def family(pid: int) -> list[int]:
    """A process and everything it started, directly or not."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def run_on(data: Path, script: str) -> dict[str, Any]:
    """What one of the scripts beside this file prints about a data folder."""
    command = [sys.executable, str(Path(__file__).with_name(script))]
    result = subprocess.run(command, env=environment(data), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A data folder with Johan's story in it, which the tests of this file share."""
    data = tmp_path_factory.mktemp("faults") / "data"
    return data, run_on(data, "build_site.py")


@pytest.fixture
def site(told: tuple[Path, dict[str, Any]], free_port: int) -> Iterator[Site]:
    """It serves; whatever is left of it at the end is killed."""
    data, known = told
    site = Site(data, free_port, known["cookies"], known["engagement"])
    site.start()
    yield site
    site.kill()


@dataclass
class Writer:
    """Somebody who keeps writing, and knows what was confirmed: the last text, and the one without an answer yet."""

    site: Site
    name: str
    confirmed: dict[str, str] = field(default_factory=dict)
    on_its_way: dict[str, str] = field(default_factory=dict)
    refused: list[int] = field(default_factory=list)

    def send(self, what: str, text: str, path: str, **fields: Any) -> bool:
        """Send one text; False when the site is gone."""
        self.on_its_way[what] = text
        try:
            status, _ = self.site.ask("POST", path, self.name, text=text, **fields)
        except (OSError, http.client.HTTPException):
            return False
        if status < 400:
            self.confirmed[what] = text
        else:
            self.refused.append(status)
        return True

    def drafts(self) -> None:
        """A new draft in a new place, over and over."""
        count = 0
        while self.send(
            f"/waterland/vraag/{count}/", f"concept {count}", f"/waterland/concept/?place=/waterland/vraag/{count}/"
        ):
            count += 1

    def revisions(self, kind: str, number: int, revision: int) -> None:
        """The same text, revised over and over."""
        while self.send(kind, f"{kind} {revision}", f"{self.site.talk(number)}tekst/{kind}/", based_on=revision):
            revision += 1


def test_a_kill_at_any_moment_loses_nothing_that_was_confirmed(site: Site):
    johan, marieke, own = Writer(site, "johan"), Writer(site, "marieke"), Writer(site, "johan")
    work = [
        threading.Thread(target=johan.drafts),
        threading.Thread(target=marieke.revisions, args=["notes", 3, 0]),
        threading.Thread(target=own.revisions, args=["reflection", 3, 0]),
    ]
    for thread in work:
        thread.start()
    writers = (johan, marieke, own)
    deadline = time.monotonic() + 120
    while not all(writer.confirmed for writer in writers) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(random.uniform(0.5, 2.0))
    site.kill()
    for thread in work:
        thread.join(30)
    assert johan.confirmed, "nothing was confirmed before the kill"
    assert marieke.confirmed
    assert own.confirmed
    assert [*johan.refused, *marieke.refused, *own.refused] == []

    site.start()
    status, page = site.ask("GET", site.talk(3), "marieke")
    assert status == 200
    assert any(text in page for text in (marieke.confirmed["notes"], marieke.on_its_way["notes"]))
    site.kill()

    found = run_on(site.data, "read_site.py")
    for place, text in johan.confirmed.items():
        assert found["drafts"][place] == {"text": text}
    assert set(found["drafts"]) <= {*johan.on_its_way}, "a draft that nobody sent"
    of_the_talk = {one["kind"]: one["body"] for one in found["texts"].values() if one["session"] == 3}
    for writer, kind in ((marieke, "notes"), (own, "reflection")):
        assert of_the_talk[kind] in (writer.confirmed[kind], writer.on_its_way[kind])
    for key, text in found["texts"].items():
        assert found["saves"][key] == text["revision"], "a text without its trail, or the other way round"


def test_two_people_who_save_the_same_notes_at_once_lose_neither_text(site: Site):
    path = f"{site.talk(5)}tekst/notes/"
    assert site.ask("POST", path, "johan", text="Zo begonnen we.", based_on=0)[0] == 302
    mine = {"johan": "Johan schrijft over rust.", "marieke": "Marieke schrijft over moed."}
    start = threading.Barrier(2)
    answers: dict[str, tuple[int, str]] = {}

    def save(name: str) -> None:
        start.wait(10)
        answers[name] = site.ask("POST", path, name, text=mine[name], based_on=1)

    threads = [threading.Thread(target=save, args=[name]) for name in mine]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(status for status, _ in answers.values()) == [302, 409]
    second = next(name for name, (status, _) in answers.items() if status == 409)
    page = answers[second][1]
    assert mine["johan"] in page
    assert mine["marieke"] in page
    assert 'name="based_on" value="2"' in page
    both = f"{mine['johan']} {mine['marieke']}"
    assert site.ask("POST", path, second, text=both, based_on=2)[0] == 302
    assert both in site.ask("GET", site.talk(5), "johan")[1]
