"""Reads plain text. Guesses nothing about its structure."""

from __future__ import annotations

from crawler.clean.documents.document_text import Capped, Read
from spiders.page import decode


def read_plain(body: bytes) -> Read:
    """The lines of a text file.

    Args:
        body: the file, in UTF-8, UTF-16 with its mark, or GB18030.
    """
    kept = Capped()
    kept.extend(decode(body).splitlines())
    return Read(tuple(kept.lines), kept.missing)
