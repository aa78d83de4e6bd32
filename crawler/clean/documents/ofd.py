"""Reads the text of OFD files (GB/T 33190-2016). Reads no seal, annotation or attachment, and checks no signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from lxml import etree

from crawler.clean.documents.document_text import Capped, DocumentBroken, Read
from crawler.clean.documents.layout import LaidOutPage, paragraphs
from crawler.clean.documents.ofd_layout import page_lines, page_width
from crawler.clean.documents.xml_parts import attribute, local_name, parse_part
from crawler.clean.documents.zip_parts import ZipParts

_MOST_PAGES = 2_000
_PICTURES = frozenset({"ImageObject", "PathObject", "CompositeObject"})


@dataclass(frozen=True)
class _Page:
    """A page as the document declares it: its number for a person, and where its content should be."""

    number: int
    location: str


def read_ofd(body: bytes) -> Read:
    """The paragraphs of all pages of all documents in the file.

    A page that the file declares and does not have is reported as missing: other readers take it for an empty page.

    Args:
        body: the file. Its zip directory may be missing, and its paths may have back-slashes: some writers make them so.

    Raises:
        DocumentBroken: no OFD.xml or no document in it can be read, or it is refused.
        DocumentEncrypted: the zip has a password.
    """
    parts = ZipParts(body, may_walk=True)
    missing: list[str] = []
    pages: list[LaidOutPage] = []
    has_pictures = False
    for location in _documents(parts):
        document = parse_part(location, parts.read(location))
        width = page_width(document)
        templates = _templates(document, location)
        declared = list(_pages(document, location))
        if not declared:
            missing.append(f"the pages: {location} declares none")
        for page in declared[:_MOST_PAGES]:
            try:
                roots = _with_templates(parts, page, templates, missing)
            except DocumentBroken as broken:
                missing.append(f"page {page.number} ({broken})")
                continue
            has_pictures = has_pictures or any(local_name(node) in _PICTURES for root in roots for node in root.iter())
            pages.append(LaidOutPage(width, page_lines(roots)))
        if len(declared) > _MOST_PAGES:
            missing.append(f"the pages after {_MOST_PAGES:,}")
    kept = Capped()
    kept.extend(paragraphs(pages))
    return Read(tuple(kept.lines), (*missing, *kept.missing), has_pictures)


def _documents(parts: ZipParts) -> list[str]:
    """Where the documents of the file begin (usually Doc_0/Document.xml)."""
    root = parse_part("OFD.xml", parts.read("OFD.xml"))
    found = [_located("", node.text) for node in root.iter() if local_name(node) == "DocRoot" and node.text]
    if not found:
        raise DocumentBroken("OFD.xml names no document")
    return found


def _pages(document: etree._Element, location: str) -> Iterator[_Page]:
    holders = (node for node in document if local_name(node) == "Pages")
    declared = (node for holder in holders for node in holder if local_name(node) == "Page")
    for number, node in enumerate(declared, start=1):
        yield _Page(number, _located(location, attribute(node, "BaseLoc")))


def _templates(document: etree._Element, location: str) -> dict[str, str]:
    """Where the templates of pages are, by their ids."""
    return {
        attribute(node, "ID") or "": _located(location, attribute(node, "BaseLoc"))
        for node in document.iter()
        if local_name(node) == "TemplatePage"
    }


def _with_templates(parts: ZipParts, page: _Page, templates: dict[str, str], missing: list[str]) -> list[etree._Element]:
    """The content of a page and of the templates that it is printed on: a letterhead stands there."""
    root = parse_part(page.location, parts.read(page.location))
    roots = [root]
    for node in root:
        if local_name(node) != "Template":
            continue
        location = templates.get(attribute(node, "TemplateID") or "", "")
        try:
            roots.append(parse_part(location, parts.read(location)))
        except DocumentBroken as broken:
            missing.append(f"the template of page {page.number} ({broken})")
    return roots


def _located(base: str, location: str | None) -> str:
    """A part's name: relative to the file that names it, or absolute; with either kind of slash. "" where it is none."""
    path = (location or "").strip().replace("\\", "/")
    name = normpath(path.lstrip("/") if path.startswith("/") else join(dirname(base), path))
    return "" if not path or name.startswith("..") else name
