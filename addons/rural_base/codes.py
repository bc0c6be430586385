"""Codes as people and platforms write them, brought to one form (shared rule of all loads)."""

import re

#: Characters that nobody sees: zero-width spaces and joiners, direction marks, soft hyphens, variation selectors,
#: fillers of Hangul and Braille, tags.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]"
)
#: Full-width signs, letters and digits; the space and the yuan of Chinese typesetting.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xFFE5: "¥"}


def remove_invisible(text: str) -> str:
    """Return a text without the characters that nobody sees.

    >>> remove_invisible("HX07\\ufeff00001\\u200b")
    'HX0700001'
    """
    return text if text.isascii() else _INVISIBLE.sub("", text)


def half_width(text: str) -> str:
    """Return a text with full-width signs, letters and digits in half-width; nothing else becomes something else.

    >>> half_width("￥１，２００．５０"), half_width("①²")
    ('¥1,200.50', '①²')
    """
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def clean_code(text: str) -> str:
    """Return a code without spaces, in half-width and upper case; empty for an empty one.

    Surrounding and inner spaces go, those of Chinese typesetting (U+3000) and invisible characters too:

    >>> clean_code(" fw 420000p "), clean_code("FW\\u3000420000P\\u00a0"), clean_code("\\u202dFW420000P\\u202c")
    ('FW420000P', 'FW420000P', 'FW420000P')

    Full-width letters, digits and signs become half-width ones:

    >>> clean_code("ＦＷ４２００００－Ｐ")
    'FW420000-P'

    >>> clean_code("①"), clean_code("FW433126A\\u3164")
    ('①', 'FW433126A')

    >>> clean_code("　"), clean_code("")
    ('', '')
    """
    return "".join(half_width(remove_invisible(text)).split()).upper()
