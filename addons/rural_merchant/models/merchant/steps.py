from odoo import models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time

RECRUITER, HEAD = "rural_merchant.group_recruiter", "rural_merchant.group_recruiting_head"


class RuralMerchant(models.Model):
    """From lead to installed, step by step; each names what is missing."""

    _inherit = "rural.merchant"

    def action_start_visiting(self):
        """Take up a lead: its recruiter visits it from now on."""
        self._check_step(RECRUITER, "lead")
        for merchant in self:
            merchant._check_complete({self.env._("the recruiter"): merchant.recruiter_id})
        self._go_to("visiting")

    def action_agree(self):
        """Note that the merchant agrees to join."""
        self._check_step(RECRUITER, "visiting")
        for merchant in self:
            merchant._check_complete(
                {
                    self.env._("the type"): merchant.type_id,
                    self.env._("the district"): merchant.region_id,
                    self.env._("the address of its fixed premises (MA-01)"): merchant.address,
                    self.env._("the star rating (MA-05)"): merchant.merchant_class,
                }
            )
        self._go_to("agreed")

    def action_sign(self):
        """Confirm the signed contract: documents complete, rates agreed (MA-01, MA-03)."""
        self._check_step(HEAD, "agreed")
        for merchant in self:
            merchant._check_complete(
                {
                    self.env._("the first day of the contract"): merchant.contract_from,
                    self.env._("the star rating (MA-05)"): merchant.merchant_class,
                }
            )
            merchant._check_documents()
            merchant._check_rates_decided()
        for merchant in self.sudo():
            merchant.write(
                {
                    "code": merchant.code or self.env["ir.sequence"].sudo().next_by_code("rural.merchant"),
                    "signed_on": china_time.today(),
                    "signed_class": merchant.merchant_class,
                    "signed_by_id": self.env.uid,
                }
            )
        self.sudo()._agree_standard_rates()
        for merchant in self:
            merchant._check_rates_of_type(merchant.contract_from)
        self._go_to("signed")

    def action_install(self):
        """Note that the first terminal stands (MA-08)."""
        self._check_step(RECRUITER, "signed")
        for merchant in self:
            merchant._check_complete({self.env._("a terminal that stands"): merchant.terminal_ids})
        self._go_to("installed")

    def action_revive(self):
        """Take up again a merchant that dropped out before it had a contract, with its last recruiter."""
        self._check_step(HEAD, "dropped")
        for merchant in self:
            if merchant.signed_on:
                raise UserError(
                    self.env._("%s had a contract that ended. Enter it as a new merchant instead.", merchant.name)
                )
        self.sudo().write({"dropped_on": False, "drop_reason": False, "replacement_id": False})
        self._resume()
        self._go_to("lead")

    def _drop(self, day, reason, replacement=None):
        """Let merchants drop out from that day on: their terminals are removed, their contract ends,
        and nobody looks after them any more.

        :raises UserError: naming what is in the way
        """
        self._check_step(
            RECRUITER, *(stage for stage in self._fields["stage"].get_values(self.env) if stage != "dropped")
        )
        if self.filtered("signed_on"):
            self._check_group(HEAD)
        reason = self._check_reason(reason)
        for merchant in self.sudo():
            merchant.terminal_ids.filtered(lambda terminal: not terminal.removed_on)._remove(day, reason)
            merchant.write(
                {
                    "dropped_on": day,
                    "drop_reason": reason,
                    "replacement_id": replacement and replacement.id,
                    **merchant._prepare_contract_end_vals(day),
                }
            )
        self._release(day)
        self._go_to("dropped")

    def _prepare_contract_end_vals(self, day) -> dict:
        """Return the values by which a contract ends with its merchant; one that has not begun never begins."""
        self.ensure_one()
        if self.contract_from and day < self.contract_from:
            return {"contract_from": False, "contract_to": False}
        if self.signed_on and not (self.contract_to and self.contract_to < day):
            return {"contract_to": day}
        return {}

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_step(self, group, *stages):
        # Who may change the merchant at all is said by access rights and rules.
        self._check_group(group)
        self.check_access("write")
        self._check_state(*stages)

    def _check_complete(self, needed):
        """Refuse a step while something is missing.

        :param dict needed: what it is called → what there is of it
        :raises UserError: naming all that is missing
        """
        self.ensure_one()
        self._refuse_missing([label for label, value in needed.items() if not value])

    def _refuse_missing(self, missing):
        if missing:
            raise UserError(
                self.env._("%(merchant)s lacks: %(missing)s.", merchant=self.name, missing="; ".join(missing))
            )

    def _check_documents(self):
        """Refuse to sign without the documents of MA-01, all of them valid."""
        for merchant in self:
            merchant._refuse_missing(merchant._missing_documents())

    def _go_to(self, stage):
        self.sudo().write({"stage": stage})

    def action_view_partner(self):
        """Show the partner that stands for the merchant."""
        self.ensure_one()
        return self.partner_id._get_records_action()
