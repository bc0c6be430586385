from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time

from ...rules import months_later

#: Each step of SC-05 and the stages it starts from: none can be skipped. Notice and training come in either order.
STEPS = {
    "signed": ("draft",),
    "deposited": ("signed",),
    "certified": ("deposited",),
    "published": ("certified", "trained"),
    "trained": ("certified", "published"),
    "active": ("trained",),
}


class RuralCenterAgreement(models.Model):
    """The steps of SC-05: agreement, deposit, certificate, public notice and training in either order, active.

    An agreement is “Trained” from its training on; it is public from its notice on, whichever comes first.
    """

    _inherit = "rural.center.agreement"

    missing = fields.Text(
        "Missing for the Next Step",
        compute="_compute_missing",
        compute_sudo=True,
        help="What has to be there before the next step can be taken.",
    )
    can_sign = fields.Boolean(compute="_compute_can_sign")
    can_publish = fields.Boolean(compute="_compute_next_steps")
    can_train = fields.Boolean(compute="_compute_next_steps")
    can_activate = fields.Boolean(compute="_compute_next_steps")
    training_result_ids = fields.One2many(related="center_id.training_result_ids")

    @api.depends_context("uid")
    @api.depends("stage", "prepared_by_id")
    def _compute_can_sign(self):
        for agreement in self:
            agreement.can_sign = agreement.stage == "draft" and agreement.prepared_by_id != self.env.user

    @api.depends("stage", "published_on")
    def _compute_next_steps(self):
        for agreement in self:
            steps = agreement._next_steps()
            agreement.can_publish = "published" in steps
            agreement.can_train = "trained" in steps
            agreement.can_activate = "active" in steps

    @api.depends_context("lang", "uid")
    @api.depends("stage", "published_on")
    def _compute_missing(self):
        for agreement in self:
            steps = agreement._next_steps() if agreement.center_id else []
            missing = dict.fromkeys(sentence for step in steps for sentence in agreement._missing(step))
            agreement.missing = "\n".join(missing)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_sign(self):
        """Countersign the agreement that the center signed: by another person than the one who drew it up."""
        self._check_not_maker()
        self._take_step("signed", signed_by_id=self.env.uid)

    def action_deposit(self):
        """State that the deposit stands at its due amount (SC-07)."""
        self._take_step("deposited", deposited_on=china_time.today())

    def action_certify(self):
        """Issue the certificate of authorisation."""
        self._take_step("certified")
        for agreement in self:
            agreement._issue_certificate()

    def action_publish(self):
        """Put the center on the public notice page."""
        self._take_step("published", published_on=china_time.today())

    def action_train(self):
        """State that the center's people have passed their training."""
        self._take_step("trained", trained_on=china_time.today())

    def action_activate(self):
        """Let the center work: authorisation, permanent service code, portal account (SC-06)."""
        self._take_step("active", activated_on=china_time.today())
        for agreement in self:
            agreement._start_work()

    # ------------------------------------------------------------------
    # What a step needs
    # ------------------------------------------------------------------

    def _take_step(self, stage, **vals):
        """Take one step, and only the next one.

        :raises AccessError: for who may not
        :raises UserError: if the step before is not taken, or something is missing
        """
        self._check_group("rural_base.group_operations")
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset(["stage", "published_on"])
        for agreement in self:
            agreement._check_order(stage)
            if missing := agreement.sudo()._missing(stage):
                raise UserError(
                    self.env._(
                        "%(agreement)s cannot become “%(stage)s” yet:\n%(missing)s",
                        agreement=agreement.display_name,
                        stage=agreement._stage_label(stage),
                        missing="\n".join(f"– {sentence}" for sentence in missing),
                    )
                )
        trained = self.filtered(lambda agreement: stage == "published" and agreement.stage == "trained")
        trained.sudo().write(vals)
        (self - trained).sudo().write({"stage": stage, **vals})

    def _next_steps(self) -> list[str]:
        """Return the steps that can be taken now: one, or notice and training in either order."""
        self.ensure_one()
        steps = [step for step, before in STEPS.items() if self.stage in before]
        if self.stage == "trained":
            return ["active"] if self.published_on else ["published"]
        return steps

    def _check_order(self, stage):
        following = self._next_steps()
        if stage in following:
            return
        if not following:
            raise UserError(
                self.env._(
                    "%(agreement)s is “%(stage)s”: there is no further step.",
                    agreement=self.display_name,
                    stage=self._stage_label(self.stage),
                )
            )
        raise UserError(
            self.env._(
                "%(agreement)s is “%(stage)s”. “%(wanted)s” comes after “%(before)s”; the next step is "
                "“%(following)s”. No step can be skipped or taken twice (SC-05).",
                agreement=self.display_name,
                stage=self._stage_label(self.stage),
                wanted=self._stage_label(stage),
                before=" / ".join(map(self._stage_label, STEPS[stage])),
                following=" / ".join(map(self._stage_label, following)),
            )
        )

    def _missing(self, stage) -> list[str]:
        """Say what is missing for a step, one sentence each; hook for other addons."""
        self.ensure_one()
        missing = [*self._missing_always()]
        missing += getattr(self, f"_missing_for_{stage}", list)()
        return missing

    def _missing_always(self) -> list[str]:
        leaving = self._leaving()
        return [leaving] if leaving else []

    def _missing_for_signed(self) -> list[str]:
        needed = {
            "target_market_revenue": self.env._("The target of market revenue is not set."),
            "target_region_turnover": self.env._("The target of region turnover is not set."),
            "target_purchasers": self.env._("The target number of purchasers is not set."),
            "target_satisfaction": self.env._("The target of satisfaction is not set."),
            "signed_on": self.env._("The day on which the agreement was signed is not entered."),
            "signed_scan": self.env._("The scan of the signed agreement is not attached."),
        }
        missing = [sentence for name, sentence in needed.items() if not self[name]]
        if self.target_market_revenue > self.target_region_turnover:
            missing.append(
                self.env._("Market revenue is part of region turnover: its target cannot be the higher one.")
            )
        if self.signed_on and self.signed_on > china_time.today():
            missing.append(self.env._("The day of signing lies in the future."))
        if self.date_to < china_time.today():
            missing.append(self.env._("The year of the agreement is over."))
        if not self.center_id.service_code and "approved" not in self.center_id.application_ids.mapped("state"):
            # Neither approved nor taken over with its code (SC-05, SC-06).
            missing.append(self.env._("%s has no approved application.", self.center_id.name))
        return missing

    def _stage_label(self, stage) -> str:
        return dict(self._fields["stage"]._description_selection(self.env))[stage]

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def _missing_for_trained(self):
        return self._missing_training()

    def _missing_training(self) -> list[str]:
        """Say that nobody of the center has passed a confirmed training that still counts."""
        months = self.env["rural.parameter"]._value_on("center_training_months", china_time.today(), self.company_id)
        since = months_later(china_time.today(), -int(months.value))
        passed = self.env["rural.training.result"].search_count(
            [
                ("center_id", "=", self.center_id.id),
                ("passed", "=", True),
                ("session_id.state", "=", "confirmed"),
                ("session_id.begins_at", ">=", china_time.day_start(since)),
            ],
            limit=1,
        )
        if passed:
            return []
        return [
            self.env._(
                "Nobody of %(center)s has passed a training since %(day)s whose results are confirmed.",
                center=self.center_id.name,
                day=format_date(self.env, since),
            )
        ]

    def _missing_for_active(self):
        missing = [*self._missing_certificate(), *self._missing_training(), *self.center_id._missing_for_portal()]
        if self.date_to < china_time.today():
            missing.append(self.env._("The year of the agreement is over."))
        return missing
