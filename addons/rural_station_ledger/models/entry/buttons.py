from odoo import api, fields, models

from ..rural_station_service import WITHOUT_AMOUNT


class RuralStationEntry(models.Model):
    """What staff do with an entry in the back office; each method that follows checks for itself."""

    _inherit = "rural.station.entry"

    can_notify = fields.Boolean(compute="_compute_can")
    can_amend = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_exchange = fields.Boolean(compute="_compute_can")
    can_void = fields.Boolean(compute="_compute_can")
    can_correct = fields.Boolean(compute="_compute_can")
    can_link = fields.Boolean(compute="_compute_can")
    is_taken_back = fields.Boolean(compute="_compute_can", help="All of it has come back.")

    @api.depends("state", "outcome", "month", "is_by_hand", "is_replaced", "linked_id", "number", "pickup_code")
    def _compute_can(self):
        for entry in self:
            own, by_hand = entry.sudo(), entry.is_by_hand
            comes_back, is_alive = entry.kind not in WITHOUT_AMOUNT, entry.state not in ("void", "returned")
            is_open = bool(entry.id) and by_hand and is_alive and own._is_open_to_change()
            is_first = entry.source == "station" and not (entry.takes_back_id or entry.is_replaced)
            finished = is_first and own._is_finished()
            back = own._taken_back()
            entry.is_taken_back = bool(back) and entry.quantity + sum(back.mapped("quantity")) <= 0
            entry.can_notify = by_hand and (
                (entry.kind == "parcel_in" and entry.state == "recorded") or entry.state == "notified"
            )
            entry.can_amend = entry.can_void = is_open
            under_way = by_hand and is_first and is_alive and entry.state != own._steps()[0]
            entry.can_return = under_way and comes_back and not entry.is_taken_back
            entry.can_exchange = under_way and entry.kind == "buying" and entry.state == "handed_over" and not back
            entry.can_correct = finished and comes_back and not back and own._is_ranked()
            entry.can_link = entry.source == "station" and not entry.linked_id and bool(own._twins())

    def action_advance(self):
        """Ask for what becomes known by the next step, and take it."""
        return self._ask("rural.station.entry.advance", self.env._("Next Step"), entry_id=self.id)

    def action_notify(self):
        """Tell the villager that goods or a parcel wait; the station reads the code of the notice."""
        if self.state == "notified":
            self._keeping()._notify({})
        else:
            self._advance("notified")

    def action_amend(self):
        """Ask what was typed wrong."""
        return self._ask_change("amend", self.env._("Change an Entry"))

    def action_return(self):
        """Ask what comes back, and why."""
        return self._ask_change("return", self.env._("Take Goods Back"))

    def action_correct(self):
        """Ask what is right instead of what a published ranking rests on."""
        return self._ask_change("correct", self.env._("Correct an Entry"))

    def _ask_change(self, purpose, title):
        return self._ask("rural.station.entry.change", title, entry_id=self.id, purpose=purpose)

    def action_exchange(self):
        """Ask why the villager got other goods."""
        return self._ask_reason("exchange")

    def action_void(self):
        """Ask why the entry is void."""
        return self._ask_reason("void")

    def action_link(self):
        """Show the platform's entries of the same kind, day and amount, to choose the one that is the same service."""
        return self._ask("rural.station.entry.link", self.env._("Link with the Platform"), entry_id=self.id)

    def action_unlink_from_platform(self):
        """Ask why the two are different services after all."""
        return self._ask_reason("unlink")

    def action_view_related(self):
        """Show the rows that take this entry back or correct it, and the one that it takes back."""
        found = self | self.related_ids | self.takes_back_id | self.corrects_id | self.linked_id
        return found._get_records_action(name=self.env._("Entries of the Same Service"))

    @api.model
    def _reason_steps(self):
        return {
            **super()._reason_steps(),
            "exchange": {
                "method": "_exchange",
                "title": self.env._("Exchange"),
                "button": self.env._("Exchange"),
                "help": self.env._("The villager got other goods for the same price. The entry counts as before."),
            },
            "void": {
                "method": "_void",
                "title": self.env._("Make Void"),
                "button": self.env._("Make Void"),
                "help": self.env._("The entry was a mistake. It stays in the ledger and does not count."),
            },
            "unlink": {
                "method": "_unlink_from_platform",
                "title": self.env._("Take the Link Back"),
                "button": self.env._("Take the Link Back"),
                "help": self.env._("The entry and the platform's one are two services: both count again."),
            },
        }
