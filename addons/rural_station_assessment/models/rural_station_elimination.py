from odoo import api, fields, models
from odoo.exceptions import UserError

CLERKS = ("rural_base.group_operations",)
MANAGERS = ("rural_base.group_operations_manager",)
DECIDED = ("cleared_out", "kept")
MEASURES = [("clear_out", "Clear Out"), ("keep", "Keep")]


class RuralStationElimination(models.Model):
    """What becomes of a proposal: one person asks to clear the station out or to keep it, another decides (ST-07).

    As long as nobody has decided, the latest editions can still withdraw it; what is withdrawn is not carried out.
    """

    _inherit = "rural.station.elimination"
    _maker_fields = ("requested_by_id",)

    state = fields.Selection(
        selection_add=[
            ("proposed",),
            ("requested", "To Decide"),
            ("cleared_out", "Cleared Out"),
            ("kept", "Kept"),
            ("withdrawn",),
        ],
        ondelete={"requested": "cascade", "cleared_out": "cascade", "kept": "cascade"},
        group_expand=True,
    )
    measure = fields.Selection(MEASURES, readonly=True, tracking=True)
    reason = fields.Text(readonly=True, tracking=True)
    last_day = fields.Date("Last Day Open", readonly=True, tracking=True)
    withheld = fields.Monetary("Withheld of the Deposit", readonly=True, tracking=True)
    requested_by_id = fields.Many2one("res.users", "Asked By", readonly=True)
    requested_at = fields.Datetime("Asked On", readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime("Decided On", readonly=True)
    exit_id = fields.Many2one("rural.station.exit", readonly=True)
    can_decide = fields.Boolean(
        compute="_compute_can_decide", search="_search_can_decide", help="Whether the reader may decide it."
    )

    @api.depends("state", "requested_by_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        may = self._is_in_group(*MANAGERS)
        for proposal in self:
            proposal.can_decide = may and proposal.state == "requested" and self.env.user not in proposal._makers()

    @api.model
    def _search_can_decide(self, operator, value):
        return self._search_offered("can_decide", [("state", "=", "requested")], operator, value)

    # ------------------------------------------------------------------
    # Following the rankings
    # ------------------------------------------------------------------

    def _is_over(self):
        left = self.state == "cleared_out" and not self.station_id.closed_on
        return self.state == "kept" or left or super()._is_over()

    def _follow(self, holds, figures):
        if self.state in DECIDED:
            return None
        if self.state == "requested" and holds:
            months = [third for _station, third in self._holding()]
            return self.write({"last_month": max(months), **figures})
        result = super()._follow(holds, figures)
        if self.state == "withdrawn":
            self.activity_ids.unlink()
        return result

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_request(self):
        """Ask what is to become of the station."""
        self.ensure_one()
        self._check_group(*CLERKS)
        self._check_state("proposed")
        return self._ask("rural.station.elimination.request", self.env._("Clear Out or Keep"), elimination_id=self.id)

    def _request(self, measure, reason, last_day=None, withheld=0):
        """Ask to clear a station out or to keep it; a second person decides (ST-07).

        :param str measure: clear_out or keep
        :param date last_day: last day open, when it is cleared out; yesterday or later
        :param withheld: yuan of the deposit that are withheld (ST-09)
        """
        self.ensure_one()
        self._check_group(*CLERKS)
        self._lock_rows()
        self._check_state("proposed")
        vals = {"measure": measure, "reason": self._check_reason(reason), "last_day": False, "withheld": 0}
        if measure == "clear_out":
            self._check_clear_out(last_day, withheld)
            vals |= {"last_day": last_day, "withheld": withheld}
        self.sudo().write(
            {"state": "requested", "requested_by_id": self.env.uid, "requested_at": fields.Datetime.now(), **vals}
        )

    def _check_clear_out(self, last_day, withheld):
        """Refuse a day that is over, and more than is lodged."""
        self.env["rural.station.exit"]._check_last_day_open(last_day)
        if withheld < 0:
            raise UserError(self.env._("What is withheld of the deposit is not below zero."))
        deposit = self.sudo().station_id.deposit_id
        if self.currency_id.compare_amounts(withheld, deposit.balance) > 0:
            raise UserError(
                self.env._("%s are lodged: no more can be withheld.", self.currency_id.format(deposit.balance))
            )

    def action_decide(self):
        """Decide as a second person what was asked for: the station leaves, or stays."""
        self._begin_step(MANAGERS, ("requested",))
        for proposal in self:
            if proposal.measure == "clear_out":
                proposal._check_clear_out(proposal.last_day, proposal.withheld)
            proposal.sudo().write(
                {
                    "state": "cleared_out" if proposal.measure == "clear_out" else "kept",
                    "decided_by_id": self.env.uid,
                    "decided_at": fields.Datetime.now(),
                }
            )
            if proposal.measure == "clear_out":
                proposal._clear_out()

    def _clear_out(self):
        """Let the station leave, as two people have decided."""
        vals = {
            "kind": "below_standard",
            "reason": self.reason,
            "last_day": self.last_day,
            "withheld": self.withheld,
            "requested_by_id": self.requested_by_id.id,
            "elimination_id": self.id,
        }
        self.sudo().exit_id = self.env["rural.station.exit"]._begin_decided(self.station_id, vals)

    def _cleared_out_by(self, leaving):
        """Enter that an assessment has cleared out the stations of open proposals."""
        self.sudo().write(
            {
                "state": "cleared_out",
                "measure": "clear_out",
                "reason": leaving.reason,
                "last_day": leaving.last_day,
                "withheld": leaving.withheld,
                "requested_by_id": leaving.requested_by_id.id,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                "exit_id": leaving.id,
            }
        )

    @api.model
    def _reason_steps(self):
        return {
            **super()._reason_steps(),
            "refuse": {
                "method": "_refuse",
                "title": self.env._("Refuse What Was Asked For"),
                "button": self.env._("Refuse"),
                "help": self.env._("The station stays proposed until something else is asked for."),
            },
        }

    def action_refuse(self):
        """Ask why what was asked for is refused."""
        self._check_group(*MANAGERS)
        self._check_state("requested")
        self._check_not_maker()
        return self._ask_reason("refuse")

    def _refuse(self, reason):
        """Refuse what was asked for; the proposal waits for something else."""
        reason = self._check_reason(reason)
        self._begin_step(MANAGERS, ("requested",))
        for proposal in self.sudo():
            asked = dict(proposal._fields["measure"]._description_selection(self.env))[proposal.measure]
            proposal.message_post(
                body=self.env._("“%(measure)s” was refused: %(reason)s", measure=asked, reason=reason)
            )
        self.sudo().write(
            {"state": "proposed", "requested_by_id": False, "requested_at": False, "measure": False, "reason": False}
        )
