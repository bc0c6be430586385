"""The rules of becoming a station partner that need no database (ST-02, ST-09)."""

import hashlib
import hmac
from datetime import date, datetime

from odoo.addons.rural_base.codes import clean_code

#: GB 11643: weights of the first 17 digits, and the check digit for each remainder of their sum.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
SHOWN_FIRST, SHOWN_LAST, LENGTH = 3, 4, 18


def is_identity_number(number: str, today: date) -> bool:
    """Tell whether a clean text is an identity number: 18 characters, a day of birth, the check digit (GB 11643).

    >>> is_identity_number("11010519491231002X", date(2026, 1, 1))
    True
    >>> is_identity_number("110105194912310021", date(2026, 1, 1)), is_identity_number("123", date(2026, 1, 1))
    (False, False)

    Nobody is born on the 31st of February, or tomorrow:

    >>> is_identity_number("110105194902310029", date(2026, 1, 1))
    False
    >>> is_identity_number("11010519491231002X", date(1949, 12, 30))
    False
    """
    if len(number) != LENGTH or not (number[:-1].isascii() and number[:-1].isdecimal()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    if number[-1] != CHECK_DIGITS[total % len(CHECK_DIGITS)]:
        return False
    try:
        born = datetime.strptime(number[6:14], "%Y%m%d").date()
    except ValueError:
        return False
    return born <= today


def masked(number: str) -> str:
    """Return an identity number as people may see it.

    >>> masked("11010519491231002X")
    '110***********002X'
    """
    number = clean_code(number)
    hidden = len(number) - SHOWN_FIRST - SHOWN_LAST
    return f"{number[:SHOWN_FIRST]}{'*' * hidden}{number[-SHOWN_LAST:]}"


def keyed_hash(key: str, number: str) -> str:
    """Return what an identity number is recognised by; without the key nobody finds the number by trying all.

    Spaces, full-width digits and a small x are the same number:

    >>> keyed_hash("k", "11010519491231002x ") == keyed_hash("k", "１１０１０５19491231002X")
    True
    >>> keyed_hash("k", "11010519491231002X") == keyed_hash("other", "11010519491231002X")
    False
    """
    return hmac.new(key.encode(), clean_code(number).encode(), hashlib.sha256).hexdigest()


def is_computer_test_passed(results: list[tuple[bool, bool]], share: float) -> bool:
    """Tell whether a computer test is passed: all required items, and a share of all, in percent.

    :param results: of each item, whether it is required and whether it was passed

    >>> is_computer_test_passed([(True, True), (False, True), (False, True), (False, True), (False, False)], 80)
    True
    >>> is_computer_test_passed([(True, False), (False, True), (False, True), (False, True), (False, True)], 80)
    False
    >>> is_computer_test_passed([(False, True), (False, False)], 80), is_computer_test_passed([], 80)
    (False, False)
    """
    if not results or any(required and not passed for required, passed in results):
        return False
    return sum(passed for _required, passed in results) * 100 >= share * len(results)
