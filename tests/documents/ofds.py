"""OFD files, whole and with what real ones lack."""

from __future__ import annotations

from collections.abc import Sequence

from tests.documents.zips import zip_of

NEW, OLD = "http://www.ofdspec.org/2016", "http://www.ofdspec.org"


def text_object(text: str, x: float, y: float, size: float = 5.0) -> str:
    """A text at its place, in mm; every character is as wide as it is high."""
    advances = f"g {len(text) - 1} {size}" if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y} {len(text) * size} {size}" Font="1" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{advances}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def lines_of(*texts: str) -> str:
    """Lines under each other, indented as Chinese paragraphs are."""
    return "".join(text_object(text, 40, 30 + 10 * number) for number, text in enumerate(texts))


def ofd_parts(pages: Sequence[str], *, space: str = NEW, head: str = "") -> dict[str, str | bytes]:
    """The parts of an OFD whose pages hold these objects."""
    declared = "".join(
        f'<ofd:Page ID="{number + 10}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages))
    )
    parts: dict[str, str | bytes] = {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{space}" Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>'
        "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'{head}<ofd:Document xmlns:ofd="{space}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>'
        f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{declared}</ofd:Pages></ofd:Document>",
    }
    for number, objects in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f'<ofd:Page xmlns:ofd="{space}"><ofd:Content><ofd:Layer ID="2">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    return parts


def ofd_of(*pages: str, space: str = NEW) -> bytes:
    return zip_of(ofd_parts(pages, space=space))
