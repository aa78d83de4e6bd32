"""Lists the members of archives (zip, rar, 7z): names and sizes. Unpacks none, and follows none into another."""

from __future__ import annotations

from crawler.clean.documents.document_text import DocumentBroken, DocumentEncrypted, Read
from crawler.clean.documents.rar_headers import RarMember, rar_members
from crawler.clean.documents.zip_directory import ZipBroken
from crawler.clean.documents.zip_parts import MOST_MEMBERS, zip_shape

_PLAIN_7Z_HEADER = b"\x01"


def list_zip(body: bytes) -> Read:
    """One line for each member: its name with its folders, and its size as the zip claims it.

    Raises:
        DocumentBroken: its directory is missing: cut off.
    """
    try:
        shape = zip_shape(body)
    except ZipBroken as broken:
        if body.startswith(b"PK\5\6"):
            return Read(())
        raise DocumentBroken(str(broken)) from broken
    missing = [] if shape.has_directory else ["the directory at its end, so perhaps members too: the file was cut off"]
    if shape.is_cut:
        missing.append(f"the members after {MOST_MEMBERS:,}")
    files = (member for member in shape.members if not member.name.endswith("/"))
    return Read(tuple(_line(member.name, member.size) for member in files), tuple(missing))


def list_rar(body: bytes) -> Read:
    """One line for each member, for RAR 4 and RAR 5.

    Raises:
        DocumentBroken: not one member's header can be read.
        DocumentEncrypted: the names too are encrypted.
    """
    listing = rar_members(body, MOST_MEMBERS)
    if listing.is_encrypted:
        raise DocumentEncrypted("an archive that hides its names too")
    if not listing.members and not listing.is_whole:
        raise DocumentBroken("no member's header can be read")
    missing = () if listing.is_whole else ("the end of the archive, so perhaps members too",)
    return Read(tuple(_rar_line(member) for member in listing.members), missing)


def list_7z(body: bytes) -> Read:
    """Nothing: the names in a 7z archive are nearly always packed themselves, and nothing is unpacked here.

    Raises:
        DocumentBroken: always, saying so.
    """
    offset = int.from_bytes(body[12:20], "little")
    size = int.from_bytes(body[20:28], "little")
    if len(body) < 32 or 32 + offset + size > len(body):
        raise DocumentBroken("the end of the 7z archive is missing: the file was cut off")
    plain = body[32 + offset : 33 + offset] == _PLAIN_7Z_HEADER
    raise DocumentBroken(f"a 7z archive is not listed, its names are {'not read' if plain else 'packed'}")


def _rar_line(member: RarMember) -> str:
    return _line(member.name, member.size)


def _line(name: str, size: int) -> str:
    shown = "".join(character if character.isprintable() else "\ufffd" for character in name)
    return f"{shown} | {size} bytes"
