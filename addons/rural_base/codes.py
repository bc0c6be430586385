"""Codes as people and platforms write them, brought to one form (shared rule of all loads)."""

import re
import unicodedata

#: Characters that nobody sees: zero-width spaces and joiners, direction marks, soft hyphens, variation selectors.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


def remove_invisible(text: str) -> str:
    """Return a text without the characters that nobody sees.

    >>> remove_invisible("HX07\\ufeff00001\\u200b")
    'HX0700001'
    """
    return text if text.isascii() else _INVISIBLE.sub("", text)


def clean_code(text: str) -> str:
    """Return a code without spaces, in half-width and upper case; empty for an empty one.

    Surrounding and inner spaces go, those of Chinese typesetting (U+3000) and invisible characters too:

    >>> clean_code(" fw 420000p "), clean_code("FW\\u3000420000P\\u00a0"), clean_code("\\u202dFW420000P\\u202c")
    ('FW420000P', 'FW420000P', 'FW420000P')

    Full-width letters, digits and signs become half-width ones:

    >>> clean_code("ＦＷ４２００００－Ｐ")
    'FW420000-P'

    >>> clean_code("　"), clean_code("")
    ('', '')
    """
    return "".join(unicodedata.normalize("NFKC", remove_invisible(text)).split()).upper()
