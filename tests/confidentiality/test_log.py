"""What the server log holds, and what it never holds."""

import json
import logging

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
