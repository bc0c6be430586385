"""Pure functions of the deposits: plain values in, plain values out. Amounts are yuan."""

from decimal import Decimal

#: What a movement does to the balance.
SIGNS = {"collect": 1, "top_up": 1, "deduct": -1, "set_off": -1, "refund": -1}


def split_deduction(amount: Decimal, balance: Decimal) -> tuple[Decimal, Decimal]:
    """Return what a deduction takes from the balance, and what becomes a receivable (DP-02).

    >>> split_deduction(Decimal("300.00"), Decimal("500.00"))
    (Decimal('300.00'), Decimal('0.00'))
    >>> split_deduction(Decimal("620.50"), Decimal("500.00"))
    (Decimal('500.00'), Decimal('120.50'))
    >>> split_deduction(Decimal("80.00"), Decimal("0.00"))
    (Decimal('0.00'), Decimal('80.00'))
    """
    taken = min(amount, max(balance, Decimal(0)))
    return taken, amount - taken


def shortfall(due: Decimal, balance: Decimal) -> Decimal:
    """Return what is to be paid or topped up (SC-07).

    >>> shortfall(Decimal("20000"), Decimal("19400")), shortfall(Decimal("20000"), Decimal("25000"))
    (Decimal('600'), Decimal('0'))
    """
    return max(due - balance, Decimal(0))
