from odoo import api, fields, models
from odoo.tools import SQL


class RuralLock(models.Model):
    """What only one transaction at a time may do, such as settling the orders of a company.

    Odoo's transactions read the database as it was when they began. Each one that takes a lock counts it up, so
    that one that had to wait is refused by PostgreSQL and, as Odoo does with such a request or job, begins anew: it
    reads what the one before has left. An advisory lock would let it go on with what it read before.
    """

    _name = "rural.lock"
    _description = "Lock"
    _log_access = False

    name = fields.Char(required=True, readonly=True)
    turn = fields.Integer(readonly=True)

    _name_unique = models.Constraint("UNIQUE (name)", "There is a lock of this name already.")

    @api.model
    def _acquire(self, name, company=None):
        """Wait for the lock of that name, for a company or for all, and keep it until the transaction ends."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO rural_lock (name, turn) VALUES (%s, 1)"
                " ON CONFLICT (name) DO UPDATE SET turn = rural_lock.turn + 1",
                f"{name}:{company.id}" if company else name,
            )
        )
