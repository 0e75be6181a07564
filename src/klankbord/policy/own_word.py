"""The organisation's own word for somebody who is coached, from the policy in force."""

from contextvars import ContextVar

from klankbord.core.own_words import OwnWord
from klankbord.core.tenant import NoScope, Scope, current_scope
from klankbord.policy.queries import policy_in_force
from klankbord.policy.rules.content import ClientWord

_found: ContextVar[tuple[Scope, OwnWord] | None] = ContextVar("klankbord_own_word", default=None)


def own_word() -> OwnWord:
    """The word where somebody acts, asked once for each scope; the usual one outside of any organisation."""
    try:
        scope = current_scope()
    except NoScope:
        return OwnWord()
    kept = _found.get()
    # The very scope and not an equal one: each is a transaction of its own, and the word may have changed in between.
    if kept is not None and kept[0] is scope:
        return kept[1]
    word = _word_of(policy_in_force().content.word)
    _found.set((scope, word))
    return word


def _word_of(chosen: ClientWord) -> OwnWord:
    try:
        return OwnWord(chosen.one, chosen.many, chosen.article, chosen.one_en, chosen.many_en)
    except ValueError:
        return OwnWord()
