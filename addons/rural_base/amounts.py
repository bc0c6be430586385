"""Amounts as Chinese documents write them."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")


def cents(amount: float | Decimal) -> Decimal:
    """Return an amount in yuan with exactly two decimals, rounded half up; the database gives it as a float.

    >>> cents(0.1 + 0.2), cents(1428), cents(2.675)
    (Decimal('0.30'), Decimal('1428.00'), Decimal('2.68'))
    """
    return Decimal(str(amount)).quantize(CENT, ROUND_HALF_UP)


def capital_amount(amount: Decimal) -> str:
    """Return an amount in yuan in the capital numerals of Chinese documents (人民币大写).

    >>> capital_amount(Decimal("6007.14")), capital_amount(Decimal("325.04"))
    ('陆仟零柒元壹角肆分', '叁佰贰拾伍元零肆分')
    >>> capital_amount(Decimal("107000.53")), capital_amount(Decimal("1409.50"))
    ('壹拾万柒仟元伍角叁分', '壹仟肆佰零玖元伍角整')
    >>> capital_amount(Decimal("100000010")), capital_amount(Decimal("0.08"))
    ('壹亿零壹拾元整', '捌分')
    >>> capital_amount(Decimal("-10")), capital_amount(Decimal(0))
    ('负壹拾元整', '零元整')

    :raises ValueError: from a thousand billion yuan on, for which there is no group
    """
    cents = int((abs(amount) * 100).to_integral_value())
    yuan, rest = divmod(cents, 100)
    if yuan >= 10**12:
        raise ValueError(f"{amount} is too large to be written in capital numerals")
    jiao, fen = divmod(rest, 10)
    text = f"{_capital_integer(yuan)}元" if yuan or not rest else ""
    if jiao:
        text += f"{DIGITS[jiao]}角"
    elif fen and yuan:
        text += DIGITS[0]
    text += f"{DIGITS[fen]}分" if fen else "整"
    return f"负{text}" if amount < 0 else text


def _capital_integer(number: int) -> str:
    # Groups of four digits; a gap of any length is spoken as one zero.
    text = ""
    for name in GROUPS:
        number, group = divmod(number, 10_000)
        if group:
            text = f"{_capital_group(group, bool(number))}{name}{text}"
        elif text and number and not text.startswith(DIGITS[0]):
            text = DIGITS[0] + text
    return text or DIGITS[0]


def _capital_group(group: int, more_above: bool) -> str:
    text, zero = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += (DIGITS[0] if zero and (text or more_above) else "") + DIGITS[digit] + PLACES[place]
            zero = False
        else:
            zero = True
    return text
