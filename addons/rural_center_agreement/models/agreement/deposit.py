from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from odoo.addons.rural_base import china_time

#: What the area manager has to do when the deposit of a working center is not paid any more.
ACTIVITY = "rural_center_agreement.activity_deposit"


class RuralCenterAgreement(models.Model):
    """The deposit that an agreement asks for (SC-07)."""

    _inherit = "rural.center.agreement"

    deposit_id = fields.Many2one("rural.deposit", compute="_compute_deposit_id", compute_sudo=True)
    deposit_balance = fields.Monetary("Balance of Deposit", compute="_compute_deposit_id", compute_sudo=True)
    deposit_shortfall = fields.Monetary("Missing of Deposit", compute="_compute_deposit_id", compute_sudo=True)
    deposit_open = fields.Boolean("Deposit Not Paid", compute="_compute_deposit_id", compute_sudo=True)

    @api.depends("center_id.deposit_ids.active", "center_id.deposit_ids.balance", "center_id.deposit_ids.shortfall")
    def _compute_deposit_id(self):
        for agreement in self:
            center = agreement.center_id
            agreement.deposit_id, agreement.deposit_balance = center.deposit_id, center.deposit_balance
            agreement.deposit_shortfall = center.deposit_shortfall
            agreement.deposit_open = bool(center and agreement._missing_deposit())

    def action_request_deposit(self):
        """Ask for what is missing of the deposit, and show the request: a second person approves it."""
        self.ensure_one()
        self._check_group("rural_base.group_operations")
        self.check_access("write")
        if self.stage != "signed" and not (self.stage == "draft" and self.previous_id):
            raise UserError(
                self.env._(
                    "The deposit is asked for after the signature; %(agreement)s is “%(stage)s”.",
                    agreement=self.display_name,
                    stage=self._stage_label(self.stage),
                )
            )
        if hindrances := self._missing_always():
            raise UserError("\n".join(hindrances))
        deposit = self.center_id._open_deposit()
        self._update_due_deposit()
        if not deposit.shortfall:
            paid = self.env._("The deposit of %s is paid in full.", self.center_id.name)
            raise UserError("\n".join(self.sudo()._missing_deposit()) or paid)
        reason = self.env._("Deposit for agreement %s", self.number)
        return deposit._ask_for_missing(reason, clause="SC-07", source=self)

    def _due_deposit(self):
        """Return the version of the default due amount of the agreement's first day (DP-05)."""
        deposit = self.sudo().center_id.deposit_id
        return deposit.purpose_id._due_on(self.date_from, deposit.kind_id, self.company_id)

    def _is_due_changed(self) -> bool:
        """Tell whether another default amount is due since the agreement before (DP-05).

        An amount that a manager has agreed otherwise stays as it is until the default changes.
        """
        deposit = self.sudo().center_id.deposit_id
        return bool(self.previous_id and deposit) and self._due_deposit() != deposit.due_parameter_id

    def _update_due_deposit(self):
        """Let a changed default amount be due for an agreement that begins after the change (DP-05)."""
        for agreement in self:
            if agreement._is_due_changed():
                deposit = agreement.center_id.deposit_id
                deposit._set_due_from(agreement.date_from)
                deposit.sudo()._message_log(
                    body=self.env._("Due from agreement %(number)s on.", number=agreement.display_name)
                )

    def action_sign(self):
        """Countersign; a default due amount that has changed holds for the agreement (DP-05)."""
        result = super().action_sign()
        self._update_due_deposit()
        return result

    def _missing_deposit(self) -> list[str]:
        deposit = self.center_id.deposit_id
        if not deposit:
            return [self.env._("No deposit of %s has been paid.", self.center_id.name)]
        if deposit.state in ("leaving", "closed"):
            return [self.env._("The deposit %s is being refunded.", deposit.display_name)]
        due_amount, shortfall = deposit.due_amount, deposit.shortfall
        if self.stage in ("draft", "signed") and self._is_due_changed():
            due_amount = self._due_deposit().value
            shortfall = max(deposit.currency_id.round(due_amount - deposit.balance), 0)
        if not shortfall:
            return []
        missing, due = (
            formatLang(self.env, amount, currency_obj=deposit.currency_id) for amount in (shortfall, due_amount)
        )
        return [self.env._("%(missing)s of the deposit of %(due)s are not paid.", missing=missing, due=due)]

    def _missing_for_signed(self):
        """Have a deposit that penalties reduced topped up before a renewal is signed (SC-07)."""
        missing = super()._missing_for_signed()
        return [*missing, *self._missing_deposit()] if self.previous_id else missing

    def _missing_for_deposited(self):
        return self._missing_deposit()

    def _missing_for_certified(self):
        return [*super()._missing_for_certified(), *self._missing_deposit()]

    def _missing_for_active(self):
        return [*super()._missing_for_active(), *self._missing_deposit()]

    def _deposit_has_come(self):
        """Take the step for the signed agreements whose deposit is now paid: a posted movement shows it."""
        for agreement in self.sudo():
            if agreement.stage == "signed" and not agreement._missing("deposited"):
                agreement.write({"stage": "deposited", "deposited_on": china_time.today()})

    def _remind_of_deposit(self):
        """Give the area manager an activity for each active agreement whose deposit is not paid any more (SC-07)."""
        for agreement in self.sudo():
            if agreement.stage == "active" and agreement.deposit_open:
                agreement._remind(
                    ACTIVITY,
                    summary=self.env._("%(center)s: have the deposit topped up", center=agreement.center_id.name),
                    note="\n".join(agreement._missing_deposit()),
                )

    def _hindrance_to_cancel(self):
        """Refuse to leave a deposit behind: a center that paid leaves by its exit, which refunds it."""
        deposit = self.center_id.deposit_id
        working = self.center_id.state in ("active", "suspended")
        if deposit.balance and not working:
            return self.env._(
                "%(center)s has paid a deposit of %(amount)s. Let it leave by its exit, which refunds the deposit.",
                center=self.center_id.name,
                amount=formatLang(self.env, deposit.balance, currency_obj=deposit.currency_id),
            )
        return super()._hindrance_to_cancel()
