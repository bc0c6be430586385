from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.rural_base import china_time

#: Digits that count the stations of a county in their code.
DIGITS = 3


class RuralStationApplication(models.Model):
    """From the interview that was passed to the open station (ST-01, ST-02)."""

    _inherit = "rural.station.application"

    agreement_ids = fields.One2many("rural.station.agreement", "application_id", "Agreements", readonly=True)
    agreement_id = fields.Many2one("rural.station.agreement", compute="_compute_agreement_id")

    @api.depends("agreement_ids")
    def _compute_agreement_id(self):
        for application in self:
            application.agreement_id = application.agreement_ids.sorted("id")[-1:]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_draw_up(self):
        """Draw up the agreement: the applicant becomes a contact, the station is planned."""
        self.ensure_one()
        self._check_group("rural_base.group_operations")
        self.check_access("write")
        self._lock_rows()
        self._check_state("agreed")
        if not self.agreement_id:
            self.sudo()._plan_station()
            self.env["rural.station.agreement"].create(self._prepare_agreement_vals())
            self._send_letter("agreement")
        return self.action_view_agreement()

    def action_view_agreement(self):
        """Show the agreement of the applicant."""
        self.ensure_one()
        return self.agreement_id._get_records_action(name=self.agreement_id.display_name, context={})

    def action_open(self):
        """Open the station: from now on the partner runs it, and is invited to the portal."""
        self._take_step("opened")
        for application in self.sudo():
            day = max(china_time.today(), application.agreement_id.valid_from)
            application.opened_on = day
            application.agreement_id._start(day)
            application.station_id._open_with(application.partner_id, day)
            application.partner_id._rural_invite_station(application.station_id)
        self._send_letter("opened")

    # ------------------------------------------------------------------
    # Station and agreement
    # ------------------------------------------------------------------

    def _plan_station(self):
        """Make the applicant a contact, and a planned station unless one is chosen."""
        if not self.partner_id:
            self.partner_id = self.env["res.partner"].create(self._prepare_partner_vals())
        if not self.station_id:
            self.station_id = self.env["rural.station"].create(self._prepare_station_vals())
        self.station_id._check_without_partner(self.partner_id)

    def _prepare_partner_vals(self):
        return {
            "name": self.applicant,
            "company_id": self.company_id.id,
            "email": self.email,
            "phone": self.phone,
            "street": self.address,
            "state_id": self.region_id.state_id.id,
            "country_id": self.env.ref("base.cn").id,
            "lang": self.lang,
            "tz": "Asia/Shanghai",
        }

    def _prepare_station_vals(self):
        return {
            "code": self._next_station_code(),
            "name": f"{self.village or self.township}电商服务站",
            "company_id": self.company_id.id,
            "level": "village" if self.village else "township",
            "region_id": self.region_id.id,
            "township": self.township,
            "village": self.village,
        }

    def _next_station_code(self) -> str:
        """Return the first code of the county after those that there are; two at once wait for one another."""
        self.env["rural.lock"]._acquire("station_code", self.company_id)
        prefix = f"ZD{self.region_id.code}"
        self.env["rural.station"].flush_model(["code"])
        self.env.cr.execute(
            SQL(
                "SELECT MAX(SUBSTR(code, %s)::integer) FROM rural_station WHERE company_id = %s AND code ~ %s",
                len(prefix) + 1,
                self.company_id.id,
                f"^{prefix}[0-9]{{{DIGITS}}}$",
            )
        )
        [last] = self.env.cr.fetchone()
        return f"{prefix}{(last or 0) + 1:0{DIGITS}}"

    def _prepare_agreement_vals(self):
        today = china_time.today()
        return {
            "application_id": self.id,
            "station_id": self.station_id.id,
            "partner_id": self.partner_id.id,
            "valid_from": today,
        }

    # ------------------------------------------------------------------
    # What a step needs
    # ------------------------------------------------------------------

    def _missing_for_opened(self) -> list[str]:
        agreement = self.agreement_id
        if not agreement:
            return [self.env._("The agreement is not drawn up.")]
        if agreement.state != "signed":
            return [self.env._("%s is not signed by both sides.", agreement.display_name)]
        missing = agreement._missing_deposit()
        if not (self.email or self.partner_id.email):
            missing.append(self.env._("There is no e-mail address: the invitation to the portal is sent there."))
        other = self.station_id.partner_id - self.partner_id
        if other:
            missing.append(
                self.env._("%(station)s is run by %(partner)s.", station=self.station_id.name, partner=other.name)
            )
        return missing

    def _check_nothing_agreed(self):
        """Refuse to end an application whose agreement both sides have signed; a draft goes with it.

        :raises UserError: naming the agreement
        """
        agreement = self.agreement_id
        if agreement.state == "draft":
            agreement.unlink()
        elif agreement and agreement.state != "ended":
            raise UserError(
                self.env._(
                    "%s is signed: end the agreement first, and have its deposit settled.", agreement.display_name
                )
            )
