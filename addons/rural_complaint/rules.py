"""Who pays for a founded complaint (MA-41): plain values in, plain values out."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Round:
    """A founded round of a complaint: who was responsible, the head who answered, and whether the merchant was content.

    A plan that is refused goes back to the head until one is accepted, so that it is the merchant's satisfaction in
    the end that counts.
    """

    person: int | None
    head: int | None
    dissatisfied: bool = False

    @property
    def is_accepted(self) -> bool:
        """Tell whether the merchant was content with what was done."""
        return not self.dissatisfied


def penalties_due(rounds: Iterable[Round]) -> dict[int, tuple[str, bool]]:
    """Return who pays, as what (person or head), and whether what they did was accepted (MA-41).

    Nobody pays for a complaint that was not founded:

    >>> penalties_due([])
    {}

    Founded, a plan accepted, at first or in the end, and the merchant content: the lower amounts.

    >>> penalties_due([Round(person=7, head=8)])
    {7: ('person', True), 8: ('head', True)}

    A merchant who was not satisfied: the higher ones. A later round that ends unfounded is not among the rounds.

    >>> penalties_due([Round(7, 8, dissatisfied=True)])
    {7: ('person', False), 8: ('head', False)}

    A complaint is paid for once. Who had a round that was not accepted pays the higher amount, who took over in the
    next one and contented the merchant the lower:

    >>> penalties_due([Round(7, 8, dissatisfied=True), Round(9, 8)])
    {7: ('person', False), 8: ('head', False), 9: ('person', True)}

    Who is both pays as the person:

    >>> penalties_due([Round(person=8, head=8)])
    {8: ('person', True)}
    """
    due: dict[int, tuple[str, bool]] = {}
    for round_ in rounds:
        for kind, employee in (("head", round_.head), ("person", round_.person)):
            if employee is None:
                continue
            before_kind, before = due.get(employee, (kind, True))
            due[employee] = ("person" if "person" in (kind, before_kind) else "head", before and round_.is_accepted)
    return dict(sorted(due.items()))
