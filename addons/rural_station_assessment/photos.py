"""Photos that people send from telephones: what is taken as evidence, and what is refused with a sentence."""

import io
from pathlib import PurePath

from PIL import Image

from odoo.addons.rural_base.file_types import ENDINGS, file_type
from odoo.addons.rural_base.models.document_mixin import MEGABYTE

PHOTO_TYPES = ("jpeg", "png")


def is_photo(name: str, content: bytes) -> bool:
    """Tell whether a file is a photo of the type that its name says, and whole.

    >>> stream = io.BytesIO()
    >>> Image.new("RGB", (4, 3)).save(stream, "PNG")
    >>> is_photo("门头.png", stream.getvalue()), is_photo("门头.jpg", stream.getvalue())
    (True, False)
    >>> is_photo("门头.jpg", b"%PDF-1.7 ... %%EOF"), is_photo("门头.png", b"<html>")
    (False, False)
    >>> is_photo("门头.png", stream.getvalue()[:40])
    False
    """
    kind = file_type(content)
    if kind not in PHOTO_TYPES or PurePath(name).suffix.lower() not in ENDINGS[kind]:
        return False
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


def refusal_of_photo(env, name: str, content: bytes) -> str | None:
    """Say why a photo is not taken, naming it; None where it is."""
    megabytes = env["rural.document.mixin"]._max_megabytes()
    if len(content) > megabytes * MEGABYTE:
        return env._(
            "%(file)s was not taken: it is bigger than %(limit)s MB. Take the photo again, smaller.",
            file=name,
            limit=f"{megabytes:g}",
        )
    if not is_photo(name, content):
        return env._("%s was not taken: it is no photo, or not what its name says. Take a JPEG or PNG photo.", name)
    return None


def keep_photos(record, photos) -> list[str]:
    """Add photos to the files of a record, as the system; return a sentence for each that is refused.

    :param photos: pairs of name and content
    """
    refused, taken = [], []
    for name, content in photos:
        refusal = refusal_of_photo(record.env, name, content)
        if refusal:
            refused.append(refusal)
        else:
            taken.append({"name": name, "raw": content, "res_model": record._name, "res_id": record.id})
    if taken:
        files = record.env["ir.attachment"].sudo().create(taken)
        record.sudo().write({"attachment_ids": [(4, file.id) for file in files]})
    return refused
