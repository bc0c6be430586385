from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.rural_base import china_time


class RuralServiceCenter(models.Model):
    """The life of a center: authorised, suspended, ended, as its periods say today in China."""

    _inherit = "rural.service.center"

    authorisation_ids = fields.One2many("rural.center.authorisation", "center_id")
    suspension_ids = fields.One2many("rural.center.suspension", "center_id")
    authorised_until = fields.Date(
        compute="_compute_authorised_until",
        compute_sudo=True,
        help="Last day of the latest authorisation; empty when there is none or no end is set.",
    )
    state = fields.Selection(
        [
            ("draft", "Not Yet Authorised"),
            ("active", "Active"),
            ("suspended", "Suspended"),
            ("ended", "Ended"),
        ],
        compute="_compute_state",
        compute_sudo=True,
        search="_search_state",
        group_expand=True,
        help="As of today in China.",
    )

    @api.depends("authorisation_ids.valid_to")
    def _compute_authorised_until(self):
        for center in self:
            last_days = center.authorisation_ids.mapped("valid_to")
            center.authorised_until = all(last_days) and max(last_days, default=False)

    @api.model
    def _state_depends(self):
        periods = ("authorisation_ids", "suspension_ids")
        return tuple(f"{period}.{end}" for period in periods for end in ("valid_from", "valid_to"))

    def write(self, vals):
        """Refuse to archive a center that is still authorised."""
        if vals.get("active") is False:
            self._check_may_archive()
        return super().write(vals)

    @api.model
    def _state_domains(self):
        """What each state means today in China: the one definition that all of them come from."""
        today = china_time.today()
        authorised = Domain("authorisation_ids", "any", self.env["rural.center.authorisation"]._valid_on(today))
        begun = Domain("authorisation_ids", "any", [("valid_from", "<=", today)])
        suspended = Domain("suspension_ids", "any", self.env["rural.center.suspension"]._valid_on(today))
        return {
            "draft": ~begun,
            "active": authorised & ~suspended,
            "suspended": authorised & suspended,
            "ended": begun & ~authorised,
        }

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Let lists and kanbans be grouped by the state, which is not stored."""
        if groupby_spec != "state":
            return super()._read_group_groupby(alias, groupby_spec, query)
        cases = [
            SQL(
                "WHEN %s IN %s THEN %s",
                SQL.identifier(alias, "id"),
                self.sudo().with_context(active_test=False)._search(domain).subselect(),
                state,
            )
            for state, domain in self._state_domains().items()
        ]
        return SQL("CASE %s END", SQL(" ").join(cases))

    def _check_may_archive(self):
        today = china_time.today()
        for center in self:
            if any(not day or day >= today for day in center.authorisation_ids.mapped("valid_to")):
                raise UserError(
                    self.env._(
                        "%s is still authorised. End its authorisation before you archive it.",
                        center.display_name,
                    )
                )
