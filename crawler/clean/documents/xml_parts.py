"""Parses the XML parts of documents, and refuses what no honest one has: a document type. Fetches no entity."""

from __future__ import annotations

from lxml import etree

from crawler.clean.documents.document_text import DocumentBroken

_MOST_BYTES = 64 * 1024 * 1024  # of one part; its tree takes about ten times as much


def parse_part(name: str, content: bytes) -> etree._Element:
    """The root of a part.

    libxml2's own limits stay on (depth 256, 10 million characters in one text): over them it raises, so nothing is lost in
    silence.

    Args:
        name: the part's name, for the error.
        content: its bytes.

    Raises:
        DocumentBroken: no well-formed XML, too big, or with a document type: entities are how XML files attack their
            readers, and neither OOXML nor OFD nor OpenDocument allows one.
    """
    refuse_document_type(name, content)
    if len(content) > _MOST_BYTES:
        raise DocumentBroken(f"{name} has {len(content):,} bytes, more than the {_MOST_BYTES:,} that are read")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentBroken(f"{name} is no well-formed XML ({str(error)[:120]})") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentBroken(f"{name} has a document type, which is refused")
    return root


def refuse_document_type(name: str, content: bytes) -> None:
    """Refuse a document type before any parser sees it, in UTF-16 too.

    Raises:
        DocumentBroken: there is one.
    """
    if b"<!DOCTYPE" in content or b"<\0!\0D\0O\0C\0T\0Y\0P\0E" in content:
        raise DocumentBroken(f"{name} has a document type, which is refused")


def local_name(element: etree._Element) -> str:
    """The tag without its namespace; "" for a comment. Files of one format come with several namespaces."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace."""
    plain = element.get(name)
    if plain is not None:
        return plain
    ending = "}" + name
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith(ending)), None)
