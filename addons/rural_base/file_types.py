"""What a file really is, by its content: the name and the type that a sender claims are not believed."""

import io
import zipfile
from pathlib import PurePath

#: Endings that each type may have.
ENDINGS = {
    "pdf": (".pdf",),
    "jpeg": (".jpg", ".jpeg"),
    "png": (".png",),
    "doc": (".doc",),
    "docx": (".docx",),
}
#: What a browser's file chooser offers.
ACCEPTED_ENDINGS = tuple(ending for endings in ENDINGS.values() for ending in endings)
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD_STREAM = "WordDocument".encode("utf-16-le")


def file_type(content: bytes) -> str | None:
    """Return the type of a document by its first bytes and its structure, None for any other file.

    >>> file_type(b"%PDF-1.7 ... startxref 9 %%EOF")
    'pdf'
    >>> file_type(bytes.fromhex("ffd8ffe000104a464946"))
    'jpeg'
    >>> file_type(bytes.fromhex("89504e470d0a1a0a0000000d49484452"))
    'png'

    A program, a page and a PDF that broke off on its way are none:

    >>> file_type(b"MZ...") or file_type(b"<html>") or file_type(b"%PDF-1.7 ...")
    """
    if content.startswith(b"%PDF-"):
        return "pdf" if b"%%EOF" in content else None
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return "png"
    if content.startswith(COMPOUND_FILE):
        return "doc" if WORD_STREAM in content else None
    if content.startswith(b"PK\x03\x04"):
        return "docx" if _is_word_package(content) else None
    return None


def is_document(name: str, content: bytes) -> bool:
    """Tell whether a file is a document of the type that its name says.

    >>> is_document("营业执照.PDF", b"%PDF-1.7 ... %%EOF"), is_document("营业执照.jpg", b"%PDF-1.7 ... %%EOF")
    (True, False)
    >>> is_document("申请表.pdf", b"MZ..."), is_document("申请表", b"%PDF-1.7 ... %%EOF")
    (False, False)
    """
    return PurePath(name).suffix.lower() in ENDINGS.get(file_type(content), ())


def _is_word_package(content: bytes) -> bool:
    """Tell whether a ZIP archive is a Word document without macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    return {"[Content_Types].xml", "word/document.xml"} <= names and "word/vbaProject.bin" not in names
