from odoo import models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time

from .rural_deposit import MANAGERS, TAKEN


class RuralDeposit(models.Model):
    _inherit = "rural.deposit"

    def action_collect(self):
        """Enter a collection."""
        return self._action_new_movement("collect")

    def action_top_up(self):
        """Enter a top-up."""
        return self._action_new_movement("top_up")

    def action_deduct(self):
        """Enter a deduction."""
        return self._action_new_movement("deduct")

    def action_set_off(self):
        """Enter what is taken from the balance for a receivable that a deduction left (DP-04)."""
        return self._action_new_movement("set_off")

    def action_refund(self):
        """Enter a refund, unless something is open (DP-04)."""
        self._check_no_refund_blockers()
        return self._action_new_movement("refund")

    def action_close(self):
        """Close deposits that have no balance left and nothing open."""
        self._check_group(*MANAGERS)
        self._check_state("unpaid", "short", "full")
        self._check_nothing_held()
        self._check_no_refund_blockers()
        self.sudo().write({"closed_on": china_time.today()})

    def action_reopen(self):
        """Open closed deposits again."""
        self._check_group(*MANAGERS)
        self._check_state("closed")
        self.sudo().write({"closed_on": False})

    def action_view_movements(self):
        """Show the movements of the deposits."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_deposit.action_rural_deposit_movement")
        context = {"default_deposit_id": self.id} if len(self) == 1 else {}
        return {**action, "domain": [("deposit_id", "in", self.ids)], "context": context}

    def _action_new_movement(self, kind):
        self.ensure_one()
        self._check_open()
        return {
            "type": "ir.actions.act_window",
            "name": dict(self.env["rural.deposit.movement"]._fields["kind"]._description_selection(self.env))[kind],
            "res_model": "rural.deposit.movement",
            "view_mode": "form",
            "target": "current",
            "context": {"default_deposit_id": self.id, "default_kind": kind},
        }

    def _request(self, kind, amount, reason, clause="DP-01", **vals):
        """Request a movement in the name of the acting user; a second person approves it (DP-01).

        The caller has checked that this user may ask for it.

        :param str kind: collect, top_up, deduct or refund
        :param amount: yuan
        :param str clause: code of the clause that asks for it
        :param vals: more of the movement: `document` (its number), `attachment_ids`, `source` (the record that
            asks for it and stands for a document)
        :return: the movement, requested
        :raises UserError: when it is not possible, saying why
        """
        self.ensure_one()
        source = vals.pop("source", None)
        if source:
            vals |= {"source_model": source._name, "source_id": source.id}
        movement = (
            self.env["rural.deposit.movement"]
            .sudo()
            .create(
                {
                    "deposit_id": self.id,
                    "kind": kind,
                    "amount": amount,
                    "reason": reason,
                    "clause_id": self._clause(clause).id,
                    **vals,
                }
            )
        )
        movement._submit()
        return movement.sudo(self.env.su)

    def _refund_blockers(self) -> list[str]:
        """Hook: say what is still open before the deposit may be refunded (DP-04).

        Each sentence names one thing, in the reader's language; runs with the rights of the system.
        """
        self.ensure_one()
        waiting = self.movement_ids.filtered(lambda movement: movement.kind == "deduct" and movement._is_open())
        blockers = [
            self.env._("Deduction %(number)s of %(amount)s is not done.", number=movement.name, amount=amount)
            for movement in waiting
            for amount in [movement._amount(movement.amount)]
        ]
        if self.currency_id.compare_amounts(self.receivable_open, 0) > 0:
            blockers.append(
                self.env._(
                    "%s of a deduction beyond the balance is not paid: have it paid, or set it off against the "
                    "balance.",
                    self._amount(self.receivable_open),
                )
            )
        return blockers

    def _check_no_refund_blockers(self):
        """Refuse a refund while something is open (DP-04).

        :raises UserError: naming all of it
        """
        for deposit in self.sudo():
            if blockers := deposit._refund_blockers():
                raise UserError(
                    self.env._(
                        "%(deposit)s cannot be refunded yet:\n%(blockers)s",
                        deposit=deposit.display_name,
                        blockers="\n".join(f"• {blocker}" for blocker in blockers),
                    )
                )

    def _remind_of_shortfall(self):
        """Remind the party by mail, and the own staff by an activity, of what is below the due amount (DP-05)."""
        self.ensure_one()
        if self.state not in ("unpaid", "short") or not self.shortfall:
            return
        deposit = self.with_context(lang=self.partner_id.lang or self.env.lang)
        deposit.message_post(
            body=deposit.env._(
                "%(missing)s of the deposit %(deposit)s is to be topped up: %(balance)s is lodged, %(due)s is due.",
                missing=deposit._amount(self.shortfall),
                deposit=deposit.display_name,
                balance=deposit._amount(self.balance),
                due=deposit._amount(self.due_amount),
            ),
            subject=deposit.env._("Deposit to be topped up"),
            partner_ids=self.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )
        staff = self.movement_ids.filtered(lambda movement: movement.kind in TAKEN).requested_by_id[:1]
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Have the deposit topped up"),
            user_id=(staff or self.env.user).id,
        )

    def _check_open(self):
        for deposit in self:
            if deposit.state == "closed" or not deposit.active:
                raise UserError(self.env._("%s is over. Open a new deposit for the next time.", deposit.display_name))

    def _waiting_refunds(self):
        """Return the refunds on their way."""
        return self.movement_ids.filtered(lambda movement: movement.kind == "refund" and movement._is_open())
