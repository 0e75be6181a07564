"""What the server log holds, and what it never holds."""

import json
import logging

import pytest
from django.test import Client

from tests.story import SLUG, WORDS


def test_an_error_in_a_page_logs_neither_words_nor_who_wrote_them(cast, monkeypatch, caplog):
    from klankbord.config.logs import formatter
    from klankbord.web import views

    def broken(*args, **kwargs):
        words = WORDS  # a local variable, as a view would have
        raise RuntimeError(f"broken after {len(words)} characters")

    monkeypatch.setattr(views, "keep_draft", broken)
    client = Client(raise_request_exception=False)
    client.force_login(cast.johan.account)
    with caplog.at_level(logging.ERROR):
        answer = client.post(f"/{SLUG}/concept/?place=/{SLUG}/vraag/", {"words": WORDS})
    assert answer.status_code == 500
    lines = [formatter().format(record) for record in caplog.records]
    assert any("broken after" in line for line in lines)
    for line in lines:
        json.loads(line)
        assert WORDS not in line
        assert str(cast.johan.account.pk) not in line


@pytest.mark.parametrize(("address", "status"), [("mensen/", 403), ("nergens/", 404), ("", 200), ("", 500)])
def test_what_somebody_looked_for_is_in_no_line_of_the_log(cast, monkeypatch, caplog, address, status):
    from klankbord.config.logs import formatter
    from klankbord.web import views

    if status == 500:
        monkeypatch.setattr(views, "moments_for", None)
    client = Client(raise_request_exception=False)
    client.force_login(cast.johan.account)
    with caplog.at_level(logging.INFO):
        assert client.get(f"/{SLUG}/{address}?q=Willemijn").status_code == status
    lines = [formatter().format(record) for record in caplog.records]
    assert any(f"/{SLUG}/{address}" in line for line in lines)
    assert not any("Willemijn" in line for line in lines)


def test_a_job_that_fails_is_logged_without_its_arguments():
    from klankbord.config.logs import formatter

    words = "Job people.tell_old_address[12](person='1', address='johan@waterland.example') ended with status: Error"
    record = logging.LogRecord("procrastinate.worker", logging.ERROR, "", 0, words, None, None)
    told = json.loads(formatter().format(record))["event"]
    assert told == "Job people.tell_old_address[12] ended with status: Error"


def test_a_personal_link_of_the_questionnaire_is_in_no_line_of_the_log(caplog):
    import structlog

    from klankbord.config.logs import formatter

    token = "Zq8xW2aYt0uC1kq9LmN4vB7sD3fG6hJ5"
    logger = structlog.get_logger("django_structlog.middlewares.request")
    with caplog.at_level(logging.INFO):
        logger.info("request_finished", code=200, request=f"POST /waterland/scan/{token}/")
        logger.warning("request_finished", code=404, request=f"GET /waterland/scan/{token}/")
        assert caplog.records == []
        logger.error("request_failed", code=500, request=f"POST /waterland/scan/{token}/")
        logging.getLogger("django.request").warning("Not Found: %s", f"/waterland/scan/{token}/")
    lines = [formatter().format(record) for record in caplog.records]
    assert len(lines) == 2
    assert not any(token in line for line in lines)
    assert all("/scan/" in line for line in lines)
