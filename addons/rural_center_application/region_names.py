"""How people write the names of regions: in full, short, and with the regions above them or without."""

import re
import unicodedata
from functools import cache

#: What a name may leave out at its end.
SUFFIXES = (
    *("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "矿区", "特区", "新区"),
    *("省", "市", "盟", "县", "区", "旗"),
)
#: What stays of an autonomous region when the peoples are left out: 恩施土家族苗族自治州 is 恩施州.
SHORT_SUFFIXES = {"自治州": "州", "自治县": "县", "自治旗": "旗", "自治区": ""}
PEOPLES = re.compile(
    r"(?:(?:蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|达斡尔|鄂温克|鄂伦春)族?"
    r"|(?:朝鲜|土家|布依|哈尼|傈僳|拉祜|景颇|布朗|阿昌|普米|德昂|仡佬|东乡|撒拉|保安|裕固|仫佬|毛南|独龙|纳西|各)族"
    r"|[藏回苗彝壮侗瑶白傣黎畲水土羌怒满佤京]族)+$"
)
#: A name of one letter stands for nothing.
SHORTEST = 2
AUTONOMOUS_REGIONS = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
NOISE = re.compile(r"[\s\-—_·,，、/／>》。.;；:：+＋\"“”'‘’「」『』《<【】\[\]()]+")


@cache
def spellings(name: str) -> frozenset[str]:
    """Return the ways to write a region's name, the full one among them.

    >>> sorted(spellings("利川市")), sorted(spellings("湖北省"))
    (['利川', '利川市'], ['湖北', '湖北省'])
    >>> sorted(spellings("恩施土家族苗族自治州"), key=len)
    ['恩施', '恩施州', '恩施土家族苗族', '恩施土家族苗族自治州']
    >>> sorted(spellings("广西壮族自治区"), key=len)
    ['广西', '广西壮族自治区']

    A name of one letter is never left alone:

    >>> [*spellings("和县"), *spellings("东区")]
    ['和县', '东区']
    """
    if name in AUTONOMOUS_REGIONS:
        return frozenset({name, AUTONOMOUS_REGIONS[name]})
    ways = {name}
    for suffix in SUFFIXES:
        if not name.endswith(suffix):
            continue
        stem = name.removesuffix(suffix)
        ways.add(stem)
        place = PEOPLES.sub("", stem)
        if suffix in SHORT_SUFFIXES and place != stem:
            ways |= {place, place + SHORT_SUFFIXES[suffix]}
        break
    return frozenset(spelling for spelling in ways if len(spelling) >= SHORTEST or spelling == name)


def cleaned(text: str) -> str:
    """Return what a person wrote without spaces and signs, full-width letters as usual ones.

    >>> cleaned(" 湖北省 / 恩施州 · 利川市 "), cleaned("湖北省（利川市）")
    ('湖北省恩施州利川市', '湖北省利川市')
    """
    return NOISE.sub("", unicodedata.normalize("NFKC", text or ""))


def is_written(text: str, chain: list[frozenset[str]]) -> bool:
    """Tell whether a text names the last region of a chain, with any of those above it before its own name.

    >>> chain = [spellings(name) for name in ("湖北省", "恩施土家族苗族自治州", "利川市")]
    >>> [is_written(text, chain) for text in ("利川", "湖北利川市", "湖北省恩施州利川", "恩施利川市")]
    [True, True, True, True]
    >>> [is_written(text, chain) for text in ("恩施州", "利川市湖北", "湖南利川市", "利川镇")]
    [False, False, False, False]
    """
    *above, own = chain
    return any(text.endswith(spelling) and _is_prefix(text.removesuffix(spelling), above) for spelling in own)


def _is_prefix(text: str, above: list[frozenset[str]]) -> bool:
    if not text:
        return True
    return any(
        text.startswith(spelling) and _is_prefix(text.removeprefix(spelling), above[position + 1 :])
        for position, spellings_here in enumerate(above)
        for spelling in spellings_here
    )
