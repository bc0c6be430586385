"""Who pays for a founded complaint (MA-41): plain values in, plain values out."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Round:
    """A round of a founded complaint: who was responsible, their head, and what the merchant thought of it."""

    person: int | None
    head: int | None
    refused_answers: int = 0
    dissatisfied: bool = False

    @property
    def is_accepted(self) -> bool:
        """Tell whether the merchant accepted the answer and was content with what was done."""
        return not self.refused_answers and not self.dissatisfied


def blamed(rounds: Iterable[Round]) -> dict[int, tuple[str, bool]]:
    """Return who pays, as what (person or head), and whether what they did was accepted (MA-41).

    Nobody pays for a complaint that was not founded:

    >>> blamed([])
    {}

    Founded, the answer accepted, the merchant content: the lower amounts.

    >>> blamed([Round(person=7, head=8)])
    {7: ('person', True), 8: ('head', True)}

    An answer that was refused, or a merchant who was not satisfied: the higher ones.

    >>> blamed([Round(7, 8, refused_answers=1)])
    {7: ('person', False), 8: ('head', False)}

    A complaint is paid for once. Who had a round that was not accepted pays the higher amount, who took over in the
    next one and contented the merchant the lower:

    >>> blamed([Round(7, 8, dissatisfied=True), Round(9, 8)])
    {7: ('person', False), 8: ('head', False), 9: ('person', True)}

    Who is both pays as the person:

    >>> blamed([Round(person=8, head=8)])
    {8: ('person', True)}
    """
    found: dict[int, tuple[str, bool]] = {}
    for round_ in rounds:
        for kind, employee in (("head", round_.head), ("person", round_.person)):
            if employee is None:
                continue
            before_kind, before = found.get(employee, (kind, True))
            found[employee] = ("person" if "person" in (kind, before_kind) else "head", before and round_.is_accepted)
    return dict(sorted(found.items()))
