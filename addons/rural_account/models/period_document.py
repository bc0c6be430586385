from lxml.builder import E

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.models.step_mixin import CHATTER

from .rural_payable_document import ACCOUNTANTS


class RuralPeriodDocument(models.AbstractModel):
    """A document of a period: a draft follows the records behind it, confirmed its figures are final.

    One policy for statements, assessments and runs of bonuses:

    - everybody whose hand is in the figures is a maker, and confirms or posts nothing;
    - who confirms has seen the figures: where they have changed since, nothing is confirmed and the changed
      documents are named;
    - the periods of one party close in their order, and only when they are over;
    - what is confirmed is cancelled with a reason, never edited, and what it settled becomes due again.

    A concrete model has a selection field `state` that begins with `draft`, and implements the hooks.
    """

    _name = "rural.period.document"
    _inherit = "rural.step.mixin"
    _description = "Document of a Period"

    _deletable_states = ("draft",)
    _maker_fields = ("maker_ids",)
    #: the field with the period: a month by its first day, or what `_period_end` reads
    _period_field = "month"
    #: the field within which the periods close one after the other
    _period_key: str | None = None
    _confirmed_state = "confirmed"
    #: states in which the figures follow the records; the last one is confirmed
    _open_states: tuple[str, ...] = ("draft",)
    #: states in which the figures count
    _live_states: tuple[str, ...] = ("confirmed", "posted", "paid")
    #: roles that confirm, and take back what is confirmed
    _confirm_groups: tuple[str, ...] = ()
    #: what people write without a hand in the figures
    _not_figures = CHATTER

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    is_over = fields.Boolean("Period Is Over", compute="_compute_is_over")

    # people and days
    prepared_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    prepared_at = fields.Datetime("Prepared On", readonly=True, copy=False)
    preparer_ids = fields.Many2many(
        "res.users",
        string="Preparers",
        readonly=True,
        copy=False,
        help="All who have brought in figures so far; once confirmed, all who made it.",
    )
    maker_ids = fields.Many2many(
        "res.users",
        compute="_compute_maker_ids",
        compute_sudo=True,
        string="Worked On By",
        help="Everybody whose hand is in the figures: none of them confirms or posts.",
    )
    in_the_way = fields.Char(
        "Why It Is Not Confirmed Yet",
        compute="_compute_in_the_way",
        help="What keeps the reader of an open document from confirming it; shown on every form.",
    )
    can_confirm = fields.Boolean(
        compute="_compute_can_confirm", search="_search_can_confirm", help="Whether the reader may confirm it."
    )
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_at = fields.Datetime("Confirmed On", readonly=True, copy=False)
    can_post = fields.Boolean(
        compute="_compute_can_post", search="_search_can_post", help="Whether the reader may post it."
    )
    cancel_reason = fields.Text("Reason of Cancellation", readonly=True, copy=False)
    cancelled_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    cancelled_at = fields.Datetime("Cancelled On", readonly=True, copy=False)

    @api.depends(lambda self: (self._period_field,))
    def _compute_is_over(self):
        today = china_time.today()
        for document in self:
            document.is_over = bool(document[self._period_field]) and document._period_end() < today

    @api.depends(lambda self: ("state", "is_over", self._period_field, *self._maker_fields))
    @api.depends_context("uid", "lang")
    def _compute_in_the_way(self):
        may = self._is_in_group(*self._confirm_groups)
        for document in self:
            is_open = document.state in self._open_states and document[self._period_field]
            document.in_the_way = False
            if is_open and not document.is_over:
                document.in_the_way = self.env._(
                    "The period ends on %s: the figures are those of today. It can be confirmed when it is over.",
                    format_date(self.env, document._period_end()),
                )
            elif is_open and may and self.env.user in document._makers():
                document.in_the_way = self.env._("You have worked on these figures: somebody else confirms them.")

    @api.depends("state", "prepared_by_id", "preparer_ids")
    def _compute_maker_ids(self):
        drafts = self.filtered(lambda document: document.state in self._open_states)
        makers = drafts._figure_makers() if drafts else {}
        for document in self:
            document.maker_ids = (
                document.prepared_by_id
                | document.preparer_ids
                | self.env["res.users"].browse(makers.get(document._origin.id, ()))
            )

    @api.depends(lambda self: ("state", "is_over", *self._maker_fields))
    @api.depends_context("uid")
    def _compute_can_confirm(self):
        may = self._is_in_group(*self._confirm_groups)
        for document in self:
            document.can_confirm = (
                may
                and document.state == self._open_states[-1]
                and document.is_over
                and self.env.user not in document._makers()
            )

    @api.model
    def _search_can_confirm(self, operator, value):
        return self._search_offered("can_confirm", [("state", "=", self._open_states[-1])], operator, value)

    @api.model
    def _search_can_post(self, operator, value):
        return self._search_offered("can_post", [("state", "=", self._confirmed_state)], operator, value)

    @api.depends(lambda self: ("state", "confirmed_by_id", *self._maker_fields))
    @api.depends_context("uid")
    def _compute_can_post(self):
        may = self._is_in_group(*ACCOUNTANTS)
        for document in self:
            earlier_hands = document._makers() | document.sudo().confirmed_by_id
            document.can_post = may and document.state == self._confirmed_state and self.env.user not in earlier_hands

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Let every form of such a document say why it is not confirmed yet."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            for sheet in arch.findall("./sheet"):
                title = sheet.find("./div[@class='oe_title']")
                attributes = {"class": "alert alert-warning", "role": "status", "invisible": "not in_the_way"}
                alert = E.div(E.field(name="in_the_way", nolabel="1"), attributes)
                sheet.insert(0 if title is None else sheet.index(title) + 1, alert)
        return arch, view

    def write(self, vals):
        """Write; whoever types something has made figures, which a step, working as the superuser, has not."""
        result = super().write(vals)
        if not self.env.su and vals.keys() - self._not_figures:
            self._add_preparer()
        return result

    def _add_preparer(self):
        """Count the user among those who have brought in figures; a schedule has not."""
        if not self._is_system():
            self.sudo().write({"preparer_ids": [Command.link(self.env.uid)]})

    def _write_prepared(self):
        """Write down who has prepared the figures, and when."""
        self.sudo().write({"prepared_by_id": self.env.uid, "prepared_at": fields.Datetime.now()})
        self._add_preparer()

    # ------------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------------

    def _period_end(self):
        """Hook: return the last day of the document's period."""
        self.ensure_one()
        return fields.Date.end_of(self[self._period_field], "month")

    def _figures(self) -> tuple:
        """Hook: return the figures that a person looks at before confirming, amounts rounded."""
        raise NotImplementedError

    def _refresh_figures(self):
        """Hook: bring drafts up to date with the records behind them; drafts with nothing left may go."""
        raise NotImplementedError

    def _figure_makers(self) -> dict:
        """Hook: return by id of a draft the ids of the users who brought in its figures, beside its preparers."""
        return {}

    def _check_may_confirm(self):
        """Hook: refuse what cannot be confirmed yet."""

    def _entry_day(self):
        """Hook: return the accounting date of a posted document; None where it took no entry."""

    def _reverse(self, day):
        """Hook: reverse the entries of posted documents on that day."""

    def _after_cancel(self):
        """Hook: make the drafts that take the place of cancelled documents, and return them."""
        return self.browse()

    # ------------------------------------------------------------------
    # Confirming
    # ------------------------------------------------------------------

    def action_confirm(self):
        """Confirm the document that the person has read on the screen, and close its period."""
        # What was on the screen comes with the button; whoever leaves it out is asked to look at nothing more.
        seen = self.env.context.get("rural_seen")
        changed = self._confirm({self.id: tuple(seen)} if seen and len(self) == 1 else None)
        return self._notify_changed(changed) if changed else True

    def _confirm(self, seen=None):
        """Close periods, one after the other: all of these documents or none.

        :param dict seen: figures that a person saw, by id; those in the database where not given
        :return: documents whose figures are others by now; then nothing is confirmed, and they show the new ones
        :raises AccessError: without the role
        :raises UserError: for a maker, before the period is over, or when an earlier one is open
        """
        self._begin_step(self._confirm_groups, (self._open_states[-1],))
        self._check_over()
        before = {document.id: document._figures() for document in self} | (seen or {})
        # The confirmer only looks again; it is not their preparation.
        self.with_user(api.SUPERUSER_ID)._refresh_figures()
        remaining = self.exists()
        changed = (self - remaining) + remaining.filtered(lambda document: document._figures() != before[document.id])
        if changed:
            return changed
        self._check_may_confirm()
        for _period, documents in sorted(self.grouped(self._period_field).items()):
            documents._check_in_order()
            documents._close()
        return self.browse()

    def _close(self):
        """Write down that the figures are final, and who made them."""
        self._write_makers()
        self.sudo().write(
            {
                "state": self._confirmed_state,
                "confirmed_by_id": self.env.uid,
                "confirmed_at": fields.Datetime.now(),
            }
        )

    def _write_makers(self):
        """Write down who made the figures; the records behind them may be changed by others later."""
        for document in self.sudo():
            document.preparer_ids |= document.maker_ids

    def _check_over(self):
        today = china_time.today()
        for document in self:
            if document._period_end() >= today:
                raise UserError(
                    self.env._("%s: its period is not over yet. Confirm it afterwards.", document.display_name)
                )

    def _check_in_order(self):
        """Refuse to close a period while an earlier one of the same party is a draft.

        :raises UserError: naming both
        """
        if not self._period_key:
            return
        for document in self:
            earlier = self.sudo().search(
                [
                    ("company_id", "=", document.company_id.id),
                    (self._period_key, "=", document[self._period_key].id),
                    ("state", "=", "draft"),
                    (self._period_field, "<", document[self._period_field]),
                ],
                order=self._period_field,
                limit=1,
            )
            if earlier:
                raise UserError(
                    self.env._(
                        "%(party)s: %(earlier)s is not decided yet. The periods close in their order; confirm "
                        "%(document)s after it.",
                        party=document[self._period_key].display_name,
                        earlier=earlier.display_name,
                        document=document.display_name,
                    )
                )

    def _notify_changed(self, changed):
        """Return the action that says which figures have changed, so that nothing was confirmed."""
        names = ", ".join(changed.exists().mapped("display_name"))
        return self._show_warning(
            self.env._(
                "Since you saw them, the figures of %s have changed with the records behind them. Nothing was "
                "confirmed: look at them again.",
                names or self.env._("a document without entries by now"),
            ),
            title=self.env._("Figures changed"),
        )

    # ------------------------------------------------------------------
    # Posting
    # ------------------------------------------------------------------

    def _begin_posting(self, day=None):
        """Check that the user may post these documents, and let nobody else take a step of them meanwhile.

        :param date day: the accounting date that was chosen; None: the last day of each document's period
        :raises AccessError: without the role of an accountant
        :raises UserError: for whoever made or confirmed a document, when it is not confirmed, or for a day before the
            end of its period or ahead of today
        """
        self._begin_step(ACCOUNTANTS, (self._confirmed_state,), "confirmed_by_id")
        for document in self if day else ():
            document.company_id._rural_check_entry_day(day, document._period_end(), document.display_name)

    # ------------------------------------------------------------------
    # Cancelling
    # ------------------------------------------------------------------

    def action_cancel(self):
        """Ask for the reason of a cancellation."""
        self._check_may_cancel()
        self._check_cancellable()
        return self._ask_reason("cancel")

    @api.model
    def _reason_steps(self):
        return {
            **super()._reason_steps(),
            "cancel": {
                "method": "_cancel",
                "title": self.env._("Cancel"),
                "button": self.env._("Cancel the Documents"),
                "help": self.env._("Entries are reversed on the accounting date, and what was settled is due again."),
                "placeholder": self.env._("Why?"),
                "day": True,
            },
        }

    def _cancel(self, reason, day=None):
        """Cancel what is confirmed or posted; what it settled becomes due again.

        Whoever may confirm takes back what is only confirmed; an accountant what is posted, which reverses its
        entries.

        :param str reason: kept with the document
        :param date day: accounting date of the reversals, today by default
        :return: the drafts that take their place
        :raises UserError: without a reason, when something has been paid, or for a day before an entry
        """
        reason = self._check_reason(reason)
        self._lock_rows()
        self._check_cancellable()
        self._check_may_cancel()
        if entered := self._entered():
            entered.sudo()._check_unpaid()
            entered.sudo()._reverse(entered.sudo()._reversal_day(day))
        self._write_cancelled(reason)
        drafts = self._after_cancel()
        self._add_makers_to(drafts)
        return drafts

    def _reversal_day(self, day=None):
        """Return the accounting date of reversals, which is that of the last entry or a later one.

        :raises UserError: for a day before an entry or ahead of today
        """
        days = {document: document._entry_day() or document._period_end() for document in self}
        last = max(self, key=days.get)
        return last.company_id._rural_reversal_day(day, days[last], last.display_name)

    def _write_cancelled(self, reason):
        """Write down that the documents count no more, why, and by whom."""
        self.sudo().write(
            {
                "state": "cancelled",
                "cancel_reason": reason,
                "cancelled_by_id": self.env.uid,
                "cancelled_at": fields.Datetime.now(),
            }
        )
        for document in self.sudo():
            if "activity_ids" in document:
                document.activity_ids.unlink()
            if "message_ids" in document:
                document.message_post(body=self.env._("Cancelled: %s", reason))

    def _entered(self):
        """Return the documents that are in the books, also where 0.00 took no entry."""
        return self.filtered(lambda document: document.state in ("posted", "paid"))

    def _check_may_cancel(self):
        """Refuse whoever has not the role: for what is only confirmed who confirms, for what is posted accountants."""
        entered = self._entered()
        if self - entered:
            self._check_group(*self._confirm_groups)
        if entered:
            self._check_group(*ACCOUNTANTS)

    def _check_cancellable(self):
        # What is worth 0.00 counts as paid at once, without a payment that could be in the way.
        nothing_paid = self.filtered(lambda document: document.state == "paid" and not document.move_id)
        (self - nothing_paid)._check_state(self._confirmed_state, "posted")

    def _add_makers_to(self, drafts):
        """Let whoever made these documents be a maker of the drafts that take their place."""
        if not self._period_key:
            drafts.sudo().preparer_ids |= self.sudo().maker_ids
            return
        for party, documents in self.sudo().grouped(self._period_key).items():
            for draft in drafts.sudo().filtered(lambda draft, party=party: draft[self._period_key] == party):
                draft.preparer_ids |= documents.maker_ids

    @api.model
    def _live_domain(self) -> Domain:
        """Return the domain of the documents whose figures count."""
        return Domain("state", "in", self._live_states)
