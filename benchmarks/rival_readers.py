"""Reads pages with one public extractor, in an environment where only such are installed. Judges nothing.

`python rival_readers.py NAME FOLDER` prints, for every `*.html` of the folder in order, what was read and the processor
time it took, as one JSON list. It imports nothing of ours: it runs in `.venv-rivals`.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Read = tuple[str, str, str]  # title, date, body

URL = "https://sfj.example.gov.cn/a/20190412/1.html"


def _trafilatura() -> Callable[[str], Read]:
    library = importlib.import_module("trafilatura")

    def read(page: str) -> Read:
        found = library.bare_extraction(page, url=URL, include_comments=False, with_metadata=True)
        return (found.title or "", found.date or "", found.text or "") if found else ("", "", "")

    return read


def _readability() -> Callable[[str], Read]:
    library, lxml = importlib.import_module("readability"), importlib.import_module("lxml.html")

    def read(page: str) -> Read:
        document = library.Document(page)
        return document.short_title(), "", _lines(lxml.fromstring(document.summary()))

    return read


def _newspaper() -> Callable[[str], Read]:
    library = importlib.import_module("newspaper")

    def read(page: str) -> Read:
        article = library.Article(URL, language="zh", fetch_images=False)
        article.download(input_html=page)
        article.parse()
        return article.title or "", str(article.publish_date or "")[:10], article.text or ""

    return read


def _gne() -> Callable[[str], Read]:
    extractor = importlib.import_module("gne").GeneralNewsExtractor()

    def read(page: str) -> Read:
        found = extractor.extract(page)
        return found["title"], found["publish_time"][:10], found["content"]

    return read


def _resiliparse() -> Callable[[str], Read]:
    plain = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    tree = importlib.import_module("resiliparse.parse.html").HTMLTree

    def read(page: str) -> Read:
        parsed = tree.parse(page)
        return parsed.title or "", "", plain(parsed, main_content=True, links=False, alt_texts=False)

    return read


READERS: dict[str, tuple[str, Callable[[], Callable[[str], Read]]]] = {
    "trafilatura": ("trafilatura", _trafilatura),
    "readability-lxml": ("readability-lxml", _readability),
    "newspaper4k": ("newspaper4k", _newspaper),
    "gne": ("gne", _gne),
    "resiliparse": ("resiliparse", _resiliparse),
}
"""By name: the distribution, and what makes its reader, each as its documentation proposes."""


def main() -> None:
    """Read the pages of a folder with one of the readers."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    distribution, make = READERS[name]
    read = make()
    pages = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))]
    _timed(read, pages[0])  # dictionaries and tables are loaded at the first page
    done = [_timed(read, page) for page in pages]
    version = importlib.import_module("importlib.metadata").version(distribution)
    print(json.dumps({"version": version, "pages": done}, ensure_ascii=False))


def _timed(read: Callable[[str], Read], page: str) -> dict[str, Any]:
    began = time.process_time()
    try:
        title, day, body = read(page)
    except Exception as error:  # noqa: BLE001  a rival's failure is part of what is measured
        title, day, body = "", "", ""
        failed = f"{type(error).__name__}: {error}"
    else:
        failed = ""
    return {"title": title, "day": day, "body": body, "failed": failed, "cpu_ms": (time.process_time() - began) * 1000}


def _lines(root: Any) -> str:  # noqa: ANN401  lxml is not typed here
    """The text of a cleaned fragment, a line for each block."""
    for node in root.iter("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "section", "dd", "blockquote"):
        node.tail = "\n" + (node.tail or "")
        node.text = "\n" + (node.text or "")
    return str(root.text_content())


if __name__ == "__main__":
    main()
