"""Cut words made whole by the phrase they stand in, where the same document says that phrase whole.

"Aesther Healthca Sponsor" is a part of a name that a note spells out; the words beside a cut one say which word it
was, even where several longer words begin like it or more than one letter is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

MIN_WORDS: Final = 3
"""A phrase of fewer words is no ground for completing one of them."""
_SECURITIES: Final = frozenset(
    "stock share shares unit units option options warrant warrants note notes right rights".split()  # noqa: SIM905
)
_COMPANY: Final = frozenset({"LP", "L.P", "LLC", "L.L.C", "LLP", "Inc", "INC", "Ltd", "LTD", "Corp"})
_MAX_LOST: Final = 4
_MIN_LEFT: Final = 3
_SIGNS: Final = ",.;:()\"'“”"


def names_security(text: str) -> bool:
    """Whether a title ends in a word for a security, marks and what it says of its par value aside."""
    return any(bare_word(word) in _SECURITIES for word in text.split())


class Phrases:
    """The texts of a document, searched for whole phrases."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = [text.split() for text in texts]
        self._at: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for n, words in enumerate(self._texts):
            for place, word in enumerate(words):
                self._at[bare_word(word)].append((n, place))

    def whole(self, text: str) -> str:
        """The text with its cut words as the one phrase that begins each of its words so has them."""
        words = self._numbers_whole(text.split())
        if len(words) < MIN_WORDS:
            return text
        # A nature may say more than the document does, such as "By" before a name.
        for first in range(len(words) - MIN_WORDS + 1):
            for last in range(len(words), first + MIN_WORDS - 1, -1):
                found = {" ".join(w) for w in self._windows(words[first:last])}
                if len(found) == 1:
                    return " ".join([*words[:first], *found, *words[last:]])
        return " ".join(words)

    def longer(self, text: str) -> str:
        """The text with its cut words as the one other text that begins each of its words has them."""
        words = text.split()
        if len(words) < MIN_WORDS:
            return text
        ways = [_made(words, said) for said in self._texts if len(said) == len(words)]
        found = {" ".join(way) for way in ways if way} - {text}
        return found.pop() if len(found) == 1 else text

    def security_after(self, text: str) -> str:
        """The word for a security that always follows a title in the document, in capitals as the title's words."""
        keys = [bare_word(word) for word in text.split()]
        after: set[str] = set()
        for n, place in self._at.get(keys[0], ()) if keys else ():
            said = self._texts[n][place : place + len(keys)]
            if [bare_word(word) for word in said] == keys:
                following = self._texts[n][place + len(keys) : place + len(keys) + 1]
                ended = said[-1][-1:] in _SIGNS
                after.add("" if ended or not following else bare_word(following[0]))
        if (
            len(keys) < 2
            or not after
            or not after <= _SECURITIES
            or len({word.rstrip("s") for word in after}) > 1
        ):
            return ""
        word = max(after, key=len)
        return word.capitalize() if text.split()[-1][:1].isupper() else word

    def _numbers_whole(self, words: list[str]) -> list[str]:
        """The words with a year that a border cut joined again, if the document says that year."""
        for n in reversed(range(1, len(words))):
            one, other = words[n - 1], words[n]
            if one.isdigit() and other.isdigit() and one not in self._at and one + other in self._at:
                words[n - 1 : n + 1] = [one + other]
        return words

    def _windows(self, words: Sequence[str]) -> Iterable[list[str]]:
        """What each place of the document makes of the words; nothing where it says other words."""
        keys = [bare_word(word) for word in words]
        anchor = min(range(len(keys)), key=lambda n: len(self._at.get(keys[n], ())) or 1 << 30)
        for n, place in self._at.get(keys[anchor], ()):
            start = place - anchor
            said = self._texts[n][max(start, 0) : start + len(words)]
            whole = _made(words, said) if start >= 0 and len(said) == len(words) else []
            if whole:
                yield whole


def _made(words: Sequence[str], said: Sequence[str]) -> list[str]:
    """The words completed by as many words said elsewhere; empty where those are others or too few are alike."""
    made = [_completed(word, other) for word, other in zip(words, said, strict=True)]
    after = [*said[1:], ""]
    whole = [_joined_to(*x) for x in zip(made, said, after, strict=True) if x[0]]
    alike = sum(a == b for a, b in zip(whole, words, strict=False))
    return whole if len(whole) == len(words) and alike * 2 > len(words) else []


def bare_word(word: str) -> str:
    """A word without the signs about it, in small letters."""
    return word.strip(_SIGNS).lower()


def _joined_to(word: str, said: str, after: str) -> str:
    """The word with the comma that parts it from a company's form, which the end of a line often loses."""
    comma = said.endswith(",") and after.strip(_SIGNS) in _COMPANY and word[-1:] not in _SIGNS
    return f"{word}," if comma else word


def _completed(word: str, said: str) -> str:
    """The word as the document says it: itself, or with the letters it lost; empty if it is another."""
    key, whole = bare_word(word), bare_word(said)
    if key == whole:
        return word
    lost = len(whole) - len(key)
    if not whole.startswith(key) or len(key) < _MIN_LEFT or lost > _MAX_LOST or word[-1:] in _SIGNS:
        return ""
    ending = said.lstrip(_SIGNS)[len(key) :].rstrip(".;:()\"'“”")
    return word + (ending if word != word.upper() else ending.upper())
