"""Fields that people fill in as they read them."""

from odoo import fields
from odoo.exceptions import ValidationError

from .percent import percent


class Share(fields.Float):
    """A share of an amount, 0.05 for 5%, that people enter in percent: one outside its bounds is refused in percent.

    It is refused before the database is asked, whose own constraint stays for what is written past Odoo.

    :param bounds: whether 0 and 1 themselves are shares, as PostgreSQL writes ranges: "[]", "[)" or "()"
    """

    bounds = "[]"

    def convert_to_column_insert(self, value, record, values=None, validate=True):
        """Return what the database keeps.

        :raises ValidationError: for what is no such share, in percent as it was entered
        """
        share = self.convert_to_cache(value, record)
        above, below = self.bounds
        if not (0 <= share <= 1) or (share == 0 and above == "(") or (share == 1 and below == ")"):
            raise ValidationError(
                record.env._(
                    "“%(field)s” is entered in percent: 5 means 5%%. %(share)s is not possible, it lies between 0%% "
                    "and 100%%.",
                    field=self._description_string(record.env),
                    share=percent(share),
                )
            )
        return super().convert_to_column_insert(value, record, values, validate)
