"""Finding names without keeping them readable: keyed digests of how a name is heard, in either script.

A word of a name is folded onto a coarse *skeleton* that is the same for its Ukrainian and Russian spellings
and for their usual forms in Latin letters: those of Ukrainian and Russian passports (resolution 55 of the
Cabinet of Ministers of Ukraine, 2010; ICAO Doc 9303 part 3), English, German, Polish and older French ones.
Where letters can be read in two ways (ch is ч in English and х in Polish), the word has several readings, and
two spellings agree if they share one. Spellings are folded, names are not: Євген and Евгений stay two.

The skeleton has 19 signs: a e i o u b d f k l m n p r t v, h for г ґ х, s for с з ц, c for ш щ ж ч дж. Soft
signs, doubled letters and the glide before a vowel are dropped. Names that differ in nothing else are found
together; a person looks at the list. A name that is not found is the worse error.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

_DIGEST_BYTES = 16
_AMBIGUOUS = 5  # letters of a word that are read in both ways: at most 2^5 readings

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛`´ʹʺʻʼʽˈ′″\"“”„*"))
_ALIKE = str.maketrans("aceopxyikmtbh", "асеорхуікмтвн")  # Latin letters in a Cyrillic word, by their shape
_MARKED = str.maketrans("čćçšşșžżśźđłğţțıў", "чччшшшжжссдлгцців")

_LETTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # Pattern, and what it can stand for. The first pattern that fits is taken, so longer ones come first.
    ("schtsch|shch|szcz|tsch|shh|tch|sch|sh|sz|zh|[шщжчћђџҗ]", ("c",)),
    ("cz", ("c", "s")),  # ч in Polish, ц in GOST 7.79
    ("ch", ("c", "h")),  # ч in English, х in German and Polish; ш in French
    ("gu(?=[eiy])", ("h", "hu")),  # Serguei
    ("kh|gh|[ghгґхғһ]", ("h",)),
    ("ph|[fфѳ]", ("f",)),
    ("c(?=[eiy])|[szсзцѕ]", ("s",)),
    ("c", ("s", "k")),  # ц in Polish, к in Victor
    ("x", ("ks", "h")),  # Maxim; Mixail
    ("j(?=[aeiouy])", ("i", "c")),  # Julia; Jukov, Jamal
    ("ьо", ("e", "o")),  # Ковальов: Ковалёв, and Kovalov in a Ukrainian passport
    ("[ьъ]", ("",)),
    ("ou", ("u", "ou")),  # Joukov
    ("[iyjиіыј]", ("i",)),
    ("ё|[eеєэѣ]", ("e",)),
    ("ю|[uуүұ]", ("u",)),
    ("я|[aаә]", ("a",)),
    ("[oоө]", ("o",)),
    ("[vwв]", ("v",)),
    ("[kqкқ]", ("k",)),
    ("[lлљ]", ("l",)),
    ("[nнңњ]", ("n",)),
    ("[bб]", ("b",)),
    ("[dд]", ("d",)),
    ("[mм]", ("m",)),
    ("[pп]", ("p",)),
    ("[rр]", ("r",)),
    ("[tт]", ("t",)),
)
_SCAN = re.compile("|".join(f"({pattern})" for pattern, _ in _LETTERS) + "|(.)")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_FOLDS = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        ("i+o", "e"),  # Семьонов, Semyonov: Семёнов
        ("i+([aeu])", r"\1"),
        ("(?<=[oe])ff$", "v"),  # Ivanoff
        ("[dst]+c", "c"),  # tsch, dzh; Песчаный, Пещаный
        ("co", "ce"),  # Хрущов, Хрущёв
        ("t+s", "s"),  # ts, tz: ц
        ("kh", "h"),
        (r"(.)\1+", r"\1"),
        ("(?<=[dt])er$", "r"),  # Alexander: Александр
        ("ine$", "in"),  # Pouchkine
    )
)


def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """For each word of a name the skeletons it can be read as, the likeliest first; a hyphen parts words.

    >>> readings("Шевченко Марія-Анна"), readings("Schewtschenko")
    ((('cevcenko',), ('mara',), ('ana',)), (('cevcenko',),))
    >>> readings("Chmielnicki")
    (('cmelniski', 'cmelniki', 'hmelniski', 'hmelniki'),)
    """
    plain = unicodedata.normalize("NFKC", name.translate(_APOSTROPHES)).casefold()
    letters = "".join(letter if letter.isalpha() or unicodedata.combining(letter) else " " for letter in plain)
    found = (_skeletons(word) for word in letters.split())
    return tuple(skeletons for skeletons in found if skeletons)


def tokens(name: str) -> tuple[str, ...]:
    """All readings of all words of a name, each once, sorted.

    >>> tokens("Шевченко Тарас") == tokens("taras SCHEWTSCHENKO")
    True
    """
    return tuple(sorted({skeleton for word in readings(name) for skeleton in word}))


def index_tokens(key: bytes, name: str) -> tuple[bytes, ...]:
    """What the register keeps of a name, to find it by its words: digests of 16 bytes, each once.

    They are sorted, so that their order does not say which is the surname.
    """
    return tuple(sorted(_digests(key, tokens(name))))


def search_tokens(key: bytes, text: str) -> tuple[frozenset[bytes], ...]:
    """For each word of what is searched its digests; a name fits if its own hold one of every word's.

    >>> kept = set(index_tokens(bytes(32), "Хмельницький Богдан Іванович"))
    >>> all(word & kept for word in search_tokens(bytes(32), "Bogdan Chmielnicki"))
    True
    """
    return tuple(_digests(key, word) for word in readings(text))


def _digests(key: bytes, skeletons: Iterable[str]) -> frozenset[bytes]:
    """HMAC-SHA-256 of each, cut to 16 bytes."""
    return frozenset(
        hmac.digest(key, f"antigone-names/1|word|{skeleton}".encode(), "sha256")[:_DIGEST_BYTES]
        for skeleton in skeletons
    )


@lru_cache(maxsize=65536)
def _skeletons(word: str) -> tuple[str, ...]:
    """The readings of one word in small letters, each once, the likeliest first."""
    if _CYRILLIC.search(word):
        word = word.translate(_ALIKE)
    bare = unicodedata.normalize("NFKD", word.translate(_MARKED))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    parts, ambiguous = [], 0
    for match in _SCAN.finditer(bare):
        place = match.lastindex or 0
        stands_for = _LETTERS[place - 1][1] if place <= len(_LETTERS) else (match[0],)
        ambiguous += len(stands_for) > 1
        parts.append(stands_for if ambiguous <= _AMBIGUOUS else stands_for[:1])
    folded = (_folded("".join(signs)) for signs in product(*parts))
    return tuple(dict.fromkeys(skeleton for skeleton in folded if skeleton))


def _folded(signs: str) -> str:
    for pattern, into in _FOLDS:
        signs = pattern.sub(into, signs)
    return signs
