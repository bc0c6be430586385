"""Codes as people and platforms write them, brought to one form (shared rule of all loads)."""

import unicodedata


def clean_code(text: str) -> str:
    """Return a code without spaces, in half-width and upper case; empty for an empty one.

    Surrounding and inner spaces go, those of Chinese typesetting (U+3000) too:

    >>> clean_code(" fw 420000p "), clean_code("FW\\u3000420000P\\u00a0")
    ('FW420000P', 'FW420000P')

    Full-width letters, digits and signs become half-width ones:

    >>> clean_code("ＦＷ４２００００－Ｐ")
    'FW420000-P'

    >>> clean_code("　"), clean_code("")
    ('', '')
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
