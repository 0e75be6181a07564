"""A real browser on a real server, with a real mail server and a real queue beside it."""

import logging
import os
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from klankbord.people.models import Person
from tests.cast import Cast

# Playwright's synchronous interface keeps an event loop in this thread; Django's connections here are the test's own.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
AXE = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def browser_path() -> str:
    """The system's Chromium. A missing browser is an error with the fix in it, never a skipped test."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise RuntimeError("Chromium is missing. Install it with: sudo apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the run."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=flags)
        yield browser
        browser.close()


@dataclass
class Mailbox:
    """Everything the mail server received, in order."""

    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Called by aiosmtpd for each message."""
        self.letters.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 OK"

    def to(self, person: Person) -> list[EmailMessage]:
        """The letters to one person."""
        return [letter for letter in self.letters if person.email in str(letter["To"])]


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    """A real SMTP server on loopback; the product's mail goes there."""
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    options = {"host": "127.0.0.1", "port": port}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    yield box
    controller.stop()


def run_queue() -> None:
    """Do every job that waits, as the worker would, in a thread of its own (the queue brings its own event loop)."""
    from django.db import connections
    from procrastinate.contrib.django import app

    failures: list[BaseException] = []

    def work() -> None:
        try:
            with app.replace_connector(app.connector.get_worker_connector()) as worker:
                # One at a time: two would stop while one still runs, though another waits for it, or comes of it.
                worker.run_worker(wait=False, concurrency=1, install_signal_handlers=False, listen_notify=False)
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    # A job that fails is tried again later, and says so here only: a test that then misses what it does shows why.
    told = logging.StreamHandler(sys.stderr)
    logging.getLogger("procrastinate").addHandler(told)
    logging.getLogger("procrastinate").setLevel(logging.INFO)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    logging.getLogger("procrastinate").removeHandler(told)
    if failures:
        raise failures[0]


@dataclass
class Site:
    """The running product: pages as somebody, the mail that went out, and what a browser complained about."""

    url: str
    browser: Browser
    cast: Cast
    mailbox: Mailbox
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open_as(self, name: str, *, width: int = 1280, height: int = 900, scheme: str = "light") -> Page:
        """A page in a browser of one's own, signed in as somebody of the cast."""
        return self.open_person(self.cast.named(name), width=width, height=height, scheme=scheme)

    def open_person(self, person: Person, *, width: int = 1280, height: int = 900, scheme: str = "light") -> Page:
        """The same for anybody."""
        client = Client()
        client.force_login(person.account)
        page = self.open(width=width, height=height, scheme=scheme)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.url}])
        page.goto(f"{self.url}/waterland/")
        return page

    def open(self, *, width: int = 1280, height: int = 900, scheme: str = "light") -> Page:
        """A page of nobody yet."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
        )
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda line: self._console(page, line))
        return page

    def _console(self, page: Page, line: Any) -> None:
        # A form that comes back with words answers 422 or 409; the browser notes that as an error of the network.
        if line.type == "error" and "status of 4" not in line.text:
            self.complaints.append(f"{page.url}: {line.text}")


@pytest.fixture
def site(live_server, browser, mailbox, settings) -> Iterator[Site]:
    """The product on a port of its own, with the cast in it. Nothing may be complained about in the browser."""
    from tests.cast import build_cast

    settings.BASE_URL = live_server.url
    site = Site(live_server.url, browser, build_cast(), mailbox)
    yield site
    for context in site.contexts:
        context.close()
    assert site.complaints == []


@pytest.fixture
def no_barriers() -> Callable[[Page], None]:
    """Axe finds nothing to complain about on the page as it stands."""

    def check(page: Page) -> None:
        # A colour that still glides, because the screen became wider or dark, has the contrast of neither end.
        page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")
        page.evaluate(AXE)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found = [
            f"{one['id']}: {one['help']} ({node['html'][:120]})"
            for one in result["violations"]
            for node in one["nodes"][:3]
        ]
        assert found == [], f"{page.url}\n" + "\n".join(found)

    return check


@pytest.fixture
def shots() -> Path | None:
    """Where to keep pictures of the pages, when ``KLANKBORD_SHOTS`` names a folder."""
    folder = os.environ.get("KLANKBORD_SHOTS")
    if not folder:
        return None
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder)


@pytest.fixture
def tell(site, monkeypatch, shots):
    """Who tells a story through the screen: see ``telling``."""
    from tests.browser.telling import Teller

    return Teller(site, monkeypatch, shots)
