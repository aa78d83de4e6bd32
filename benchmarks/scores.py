"""Tells how much of a body an extractor brought, and how much that is none. Runs no extractor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.clean.normalise import folded

_GRAM = 4  # characters


@dataclass(frozen=True)
class BodyScore:
    """One body beside the true one."""

    f1: float  # of the multisets of 4-grams, 0 to 1
    recall: float  # share of the true paragraphs that were found whole, as lines of their own
    noise: int  # lines that hold something that is in no true paragraph (count)

    @property
    def exact(self) -> bool:
        """Paragraph for paragraph, and nothing else."""
        return self.recall == 1 and self.noise == 0


def score(found: Sequence[str], true: Sequence[str]) -> BodyScore:
    """Compare two bodies; white space, width of punctuation and shape of quotation marks do not count.

    Args:
        found: the lines an extractor gave.
        true: the paragraphs as they were set.
    """
    lines, paragraphs = [folded(line) for line in found], [folded(line) for line in true]
    whole, left = "".join(paragraphs), Counter(lines)
    left.subtract(paragraphs)
    missing = sum(-count for count in left.values() if count < 0)
    noise = sum(line not in whole or (paragraphs.count(line) == 0 and len(line) > len(whole)) for line in lines)
    doubled = max(0, len(lines) - len(paragraphs)) if sorted(set(lines)) == sorted(set(paragraphs)) else 0
    return BodyScore(gram_f1("".join(lines), whole), 1 - missing / len(paragraphs) if paragraphs else 1.0, noise + doubled)


def gram_f1(found: str, true: str) -> float:
    """Harmonic mean of precision and recall of the multisets of 4-grams; two empty texts agree."""
    ours, theirs = _grams(found), _grams(true)
    if not ours or not theirs:
        return float(not ours and not theirs)
    return 2 * sum((ours & theirs).values()) / (sum(ours.values()) + sum(theirs.values()))


def _grams(text: str) -> Counter[str]:
    return Counter(text[at : at + _GRAM] for at in range(max(1, len(text) - _GRAM + 1)) if text)
