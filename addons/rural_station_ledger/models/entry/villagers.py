from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.rural_base import china_time


def masked_name(name: str | None) -> str:
    """Return a villager's name as staff see it: the first character alone.

    >>> masked_name("李大山"), masked_name("李"), masked_name(""), masked_name(None)
    ('李**', '*', '', '')
    """
    name = (name or "").strip()
    return (name[0] + "*" * (len(name) - 1) if len(name) > 1 else "*") if name else ""


class RuralStationEntry(models.Model):
    """What is known of villagers: seen by their station and its area only, and deleted after a time (ST-12)."""

    _inherit = "rural.station.entry"

    @api.depends("villager")
    def _compute_villager_shown(self):
        for entry in self:
            entry.villager_shown = masked_name(entry.villager)

    @api.model
    def _anonymise(self):
        """Delete names and telephones of villagers, and files with them, that are older than the parameter says."""
        today = china_time.today()
        for (company,) in self.env["rural.station"].with_context(active_test=False)._read_group([], ["company_id"]):
            days = self.env["rural.parameter"]._value_on("station_villager_days", today, company).value
            limit = today - timedelta(days=int(days))
            self.env.flush_all()
            self.env.cr.execute(
                SQL(
                    """UPDATE rural_station_entry
                          SET villager = NULL, villager_phone = NULL, anonymised_on = %s
                        WHERE company_id = %s AND COALESCE(completed_on, day) < %s AND anonymised_on IS NULL
                              AND (villager IS NOT NULL OR villager_phone IS NOT NULL)""",
                    today,
                    company.id,
                    limit,
                )
            )
            runs = self.env["rural.load.run"].search(
                [
                    ("profile", "=", "station_ledger"),
                    ("company_id", "=", company.id),
                    ("attachment_id", "!=", False),
                    "|",
                    ("finished_at", "<", china_time.day_start(limit)),
                    "&",
                    ("finished_at", "=", False),
                    ("create_date", "<", china_time.day_start(limit)),
                ]
            )
            runs.attachment_id.unlink()
        self.invalidate_model()
