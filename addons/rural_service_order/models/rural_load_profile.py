from contextlib import contextmanager

from odoo import models


class RuralLoadProfile(models.AbstractModel):
    _inherit = "rural.load.profile"

    @contextmanager
    def _merging(self, run):
        """Judge the orders once for all that a file of centers, reports or the pool has changed."""
        with super()._merging(run), self.env["rural.order.facts.mixin"]._judge_orders_once():
            yield
