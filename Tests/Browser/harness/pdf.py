"""What a PDF must be to be read aloud: the part of PDF/UA-1 that a program can see."""

from __future__ import annotations

import io

import pikepdf


def faults(data: bytes) -> list[str]:
    """What keeps the document from being PDF/UA."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root
        found = []
        if not bool(root.get("/MarkInfo", {}).get("/Marked", False)) or "/StructTreeRoot" not in root:
            found.append("no tags")
        if not str(root.get("/Lang", "")):
            found.append("no language")
        if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
            found.append("shows the file name instead of the title")
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            if not str(metadata.get("dc:title", "")).strip():
                found.append("no title")
            if "{http://www.aiim.org/pdfua/ns/id/}part" not in metadata:
                found.append("does not say that it is PDF/UA")
        for element in _elements(root.get("/StructTreeRoot")):
            if element.get("/S") == "/Figure" and not str(element.get("/Alt", "")).strip():
                found.append("a picture without a description")
        for font in {name.objgen: name for page in pdf.pages for name in _fonts(page)}.values():
            described = font.get("/DescendantFonts", [font])[0].get("/FontDescriptor")
            if described is None or not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                found.append(f"font {font.get('/BaseFont')} is not embedded")
        return list(dict.fromkeys(found))


def headings(data: bytes) -> list[str]:
    """The levels of the headings, in order: H1, H2, …"""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        kinds = (str(element.get("/S", ""))[1:] for element in _elements(pdf.Root.get("/StructTreeRoot")))
        return [kind for kind in kinds if kind[:1] == "H" and kind[1:].isdigit()]


def _fonts(page: pikepdf.Page):
    yield from page.obj.get("/Resources", {}).get("/Font", {}).values()


def _elements(node):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])
