"""The words of the pages for verbs, kinds, states, fields and choices, in the language of the request."""

from antigone.web.words.choices import choice_words, role_words
from antigone.web.words.fields import field_help, field_label
from antigone.web.words.kinds import KINDS, KindWords, state_words
from antigone.web.words.notices import notice_words
from antigone.web.words.verbs import VERBS_IN_WORDS, VerbWords

__all__ = [
    "KINDS",
    "VERBS_IN_WORDS",
    "KindWords",
    "VerbWords",
    "choice_words",
    "field_help",
    "field_label",
    "notice_words",
    "role_words",
    "state_words",
]
