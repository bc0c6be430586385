import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import safe_eval

_logger = logging.getLogger(__name__)


class RuralHomeTile(models.Model):
    """A tile of the home screen: how many records wait for the reader, one click away."""

    _name = "rural.home.tile"
    _description = "Home screen tile"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    help = fields.Char(translate=True, help="One line that says what waits here.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    icon = fields.Char(default="fa-folder-open-o", help="A Font Awesome class.")
    color = fields.Integer()
    group_ids = fields.Many2many("res.groups", help="Who sees the tile. Empty: everyone.")

    model_name = fields.Char(string="Model", help="The model whose records are counted.")
    domain = fields.Char(default="[]", help="What is counted; knows uid, context_today() and relativedelta.")
    action_id = fields.Many2one("ir.actions.act_window", ondelete="cascade")
    count = fields.Integer(string="Number", compute="_compute_count")

    @api.depends("model_name", "domain")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_count(self):
        for tile in self:
            tile.count = tile._counted()

    def action_open(self):
        """Open exactly the records that the tile counts, with no filter of the action's own."""
        self.ensure_one()
        action = self.action_id.sudo()._get_action_dict()
        context = safe_eval.safe_eval(action.get("context") or "{}", self._evaluation_names())
        return {
            **action,
            "display_name": self.name,
            # Where nothing waits, the sentence of the action says so, without rows of a sample.
            "useSampleModel": False,
            "domain": list(self._counted_domain()),
            "context": {key: value for key, value in context.items() if not key.startswith("search_default_")},
        }

    def _counted(self) -> int:
        """Return the number of records the reader may see, 0 where nothing is for them."""
        if self.model_name not in self.env:
            return 0
        try:
            return self.env[self.model_name].search_count(self._counted_domain())
        except AccessError:
            return 0
        except (KeyError, SyntaxError, TypeError, ValueError):
            _logger.warning("Home screen tile %s cannot count by the domain %s", self.name, self.domain)
            return 0

    def _counted_domain(self) -> Domain:
        return Domain(safe_eval.safe_eval(self.domain or "[]", self._evaluation_names()))

    def _evaluation_names(self) -> dict:
        return {
            "uid": self.env.uid,
            "context_today": lambda: fields.Date.context_today(self),
            "relativedelta": safe_eval.dateutil.relativedelta.relativedelta,
        }
