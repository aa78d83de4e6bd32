"""Reads docx files: paragraphs, tables, text boxes, notes. Leaves out headers, footers, comments, deleted text.

What Word numbers by itself has no number in the file's text, so it has none here.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath

from lxml import etree

from crawler.clean.documents.document_text import Capped, DocumentBroken, Read
from crawler.clean.documents.table_rows import row_lines
from crawler.clean.documents.xml_parts import attribute, local_name, parse_part
from crawler.clean.documents.zip_parts import ZipParts

_MAIN_PART = "word/document.xml"
_ROOT_RELATIONS = "_rels/.rels"
_NOTES = ("footnotes.xml", "endnotes.xml")
_LEFT_OUT = frozenset("del moveFrom instrText delText rPr pPr sectPr rt Fallback binData".split())  # noqa: SIM905  reads as a list
_BREAKS = frozenset({"br", "cr"})
_PICTURES = frozenset({"blip", "imagedata"})
_NO = frozenset({"0", "false", "off"})


def read_docx(body: bytes) -> Read:
    """The main text, then its foot- and endnotes.

    Args:
        body: the file.

    Raises:
        DocumentBroken: cut off, damaged, refused, or without its main part.
        DocumentEncrypted: the zip has a password.
    """
    parts = ZipParts(body)
    main = _main_part(parts)
    root = parse_part(main, parts.read(main))
    content = next((child for child in root if local_name(child) == "body"), None)
    if content is None:
        raise DocumentBroken(f"{main} has no body")
    kept = Capped()
    kept.extend(_blocks(content))
    missing: list[str] = []
    for name in (join(dirname(main), notes) for notes in _NOTES):
        if parts.has(name):
            try:
                kept.extend(_notes(parse_part(name, parts.read(name))))
            except DocumentBroken as broken:
                missing.append(f"the notes ({broken})")
    has_pictures = any(local_name(node) in _PICTURES for node in root.iter())
    return Read(tuple(kept.lines), (*missing, *kept.missing), has_pictures)


def _main_part(parts: ZipParts) -> str:
    """The main part's name, by the file's own relations; nearly always word/document.xml."""
    if not parts.has(_ROOT_RELATIONS):
        return _MAIN_PART
    for relation in parse_part(_ROOT_RELATIONS, parts.read(_ROOT_RELATIONS)):
        if local_name(relation) == "Relationship" and (relation.get("Type") or "").endswith("/officeDocument"):
            return normpath((relation.get("Target") or _MAIN_PART).lstrip("/"))
    return _MAIN_PART


def _notes(root: etree._Element) -> Iterator[str]:
    for note in root:
        if local_name(note) in {"footnote", "endnote"} and attribute(note, "type") in {None, "normal"}:
            yield from _blocks(note)


def _blocks(container: etree._Element) -> Iterator[str]:
    """The lines of a container of paragraphs and tables."""
    for child in _alternatives(container):
        name = local_name(child)
        if name == "p":
            yield from _paragraph(child)
        elif name == "tbl":
            yield from _table(child)
        elif name not in _LEFT_OUT:  # w:sdt, w:sdtContent, w:customXml, w:ins …
            yield from _blocks(child)


def _alternatives(element: etree._Element) -> Iterator[etree._Element]:
    """The children; of mc:AlternateContent only its first choice, since the others say the same again."""
    for child in element:
        if local_name(child) == "AlternateContent":
            yield from (child[0] if len(child) else child)
        else:
            yield child


def _table(table: etree._Element) -> Iterator[str]:
    for row in _wrapped(table, "tr"):
        properties = next((child for child in row if local_name(child) == "trPr"), ())
        if not any(local_name(mark) == "del" for mark in properties):
            yield from row_lines([list(_blocks(cell)) for cell in _wrapped(row, "tc")])


def _wrapped(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those inside a content control."""
    for child in _alternatives(element):
        name = local_name(child)
        if name == wanted:
            yield child
        elif name in {"sdt", "sdtContent", "customXml", "ins", "smartTag"}:
            yield from _wrapped(child, wanted)


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    """The lines of a paragraph, then those of the text boxes that are anchored in it."""
    parts: list[str] = []
    boxes: list[etree._Element] = []
    _gather(paragraph, parts, boxes)
    yield from "".join(parts).split("\n")
    for box in boxes:
        yield from _blocks(box)


def _gather(element: etree._Element, parts: list[str], boxes: list[etree._Element]) -> None:
    for child in _alternatives(element):
        name = local_name(child)
        if name in _LEFT_OUT or (name == "r" and _is_hidden(child)):
            continue
        if name == "t":
            parts.append((child.text or "").replace("\n", " "))
        elif name == "tab":
            parts.append("\t")
        elif name in _BREAKS:
            parts.append("\n")
        elif name == "noBreakHyphen":
            parts.append("-")
        elif name == "txbxContent":
            boxes.append(child)
        else:
            _gather(child, parts, boxes)


def _is_hidden(run: etree._Element) -> bool:
    """Whether the run's characters are marked as hidden (w:vanish)."""
    properties = next((child for child in run if local_name(child) == "rPr"), ())
    return any(local_name(mark) == "vanish" and attribute(mark, "val") not in _NO for mark in properties)
