from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class RuralOrderReferencedMixin(models.AbstractModel):
    """What order lines point to cannot be deleted, and keeps the code by which files name it.

    Stands in for the foreign keys that the table of order lines does without. With another code, the unchanged
    file would change the lines (SC-15).
    """

    _name = "rural.order.referenced.mixin"
    _description = "Referenced by Order Lines"

    #: field of the order line that points to this model
    _order_reference = None
    #: field of this model by which files name it, if they do
    _order_code = None

    def write(self, vals):
        """Leave the code of what order lines point to.

        :raises UserError: naming a line
        """
        if self._order_code not in vals:
            return super().write(vals)
        before = {record.id: record[self._order_code] for record in self}
        result = super().write(vals)
        changed = self.filtered(lambda record: before[record.id] not in (False, record[self._order_code]))
        if line := changed._first_order_line():
            raise UserError(
                self.env._(
                    "The code %(code)s stays as it is: order line %(line)s refers to it, and files name it so.",
                    code=before[line[self._order_reference].id],
                    line=line.display_name,
                )
            )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_on_orders(self):
        if line := self._first_order_line():
            raise UserError(
                self.env._(
                    "%(record)s cannot be deleted: order line %(line)s refers to it.",
                    record=line[self._order_reference].display_name,
                    line=line.display_name,
                )
            )

    def _first_order_line(self):
        lines = self.env["rural.order.line"].sudo()
        if not self.ids:
            return lines
        lines.flush_model([self._order_reference])
        # Any line will do: in no order, and as an equation, it is found by the index.
        column = SQL.identifier("line", self._order_reference)
        condition = SQL("%s = %s", column, self.id) if len(self) == 1 else SQL("%s = ANY(%s)", column, self.ids)
        rows = self.env.execute_query(SQL("SELECT line.id FROM rural_order_line AS line WHERE %s LIMIT 1", condition))
        return lines.browse(line_id for [line_id] in rows)
