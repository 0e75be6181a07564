"""The demo organisation, built once for all tests that look around in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest

from klankbord.demo.build import build_demo


@pytest.fixture(scope="package")
def built(
    django_db_setup: None, django_db_blocker: Any, around_tests: Callable[..., AbstractContextManager[bool]]
) -> Iterator[None]:
    """Whatever a test changes is undone with it."""
    with around_tests(build_demo, django_db_blocker) as new:
        assert new
        yield
