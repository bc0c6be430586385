from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

DIMENSIONS = [("class", "By Class"), ("district", "By District"), ("type", "By Type"), ("person", "By Person")]
#: The field of a target that says what it is a target for.
SUBJECTS = {"class": "merchant_class", "district": "region_id", "type": "type_id", "person": "employee_id"}
CLASSES = [("1", "Class 1"), ("2", "Class 2"), ("3", "Class 3")]


class RuralRecruitingTarget(models.Model):
    """How many merchants of a class, in a district, of a type or by a person (MA-07)."""

    _name = "rural.recruiting.target"
    _description = "Recruiting Target"
    _order = "plan_id, phase_id, dimension, merchant_class, id"

    plan_id = fields.Many2one("rural.recruiting.plan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True, precompute=True)
    phase_id = fields.Many2one(
        "rural.recruiting.phase", index="btree_not_null", ondelete="cascade", domain="[('plan_id', '=', plan_id)]"
    )
    dimension = fields.Selection(DIMENSIONS, required=True, default="class")
    merchant_class = fields.Selection(CLASSES, "Class")
    region_id = fields.Many2one("rural.region", "District", index="btree_not_null")
    type_id = fields.Many2one("rural.merchant.type", index="btree_not_null")
    employee_id = fields.Many2one("hr.employee", "Recruiter", index="btree_not_null")
    target = fields.Integer(required=True)
    signed_count = fields.Integer("Signed", compute="_compute_signed_count")
    missing_count = fields.Integer("Missing", compute="_compute_signed_count")
    progress = fields.Float(compute="_compute_signed_count")

    _target_positive = models.Constraint("CHECK (target > 0)", "A target is more than 0.")

    @api.depends("plan_id", "dimension", "merchant_class", "region_id", "type_id", "employee_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for target in self:
            subject = target._subject_name()
            target.display_name = f"{target.plan_id.name}: {subject}" if subject else target.plan_id.name

    @api.depends("target", "dimension", "merchant_class", "region_id", "type_id", "employee_id", "phase_id")
    def _compute_signed_count(self):
        rows = self.env["rural.recruiting.progress"].browse(self._origin.ids)
        rows.invalidate_recordset()
        signed = {row.id: row.signed for row in rows}
        for target in self:
            target.signed_count = signed.get(target._origin.id, 0)
            target.missing_count = max(target.target - target.signed_count, 0)
            share = target.signed_count / target.target if target.target else 0
            target.progress = min(100 * share, 100)

    @api.constrains("dimension", *SUBJECTS.values())
    def _check_subject(self):
        for target in self:
            if not target[SUBJECTS[target.dimension]]:
                by = dict(target._fields["dimension"]._description_selection(self.env))[target.dimension]
                what = target._fields[SUBJECTS[target.dimension]]._description_string(self.env)
                raise ValidationError(self.env._("A target “%(by)s” needs: %(what)s.", by=by, what=what))

    def _subject_name(self) -> str:
        """Return what the target is for, as a person reads it."""
        if self.dimension == "class":
            return dict(self._fields["merchant_class"]._description_selection(self.env)).get(self.merchant_class, "")
        return self[SUBJECTS[self.dimension or "class"]].display_name or ""


class RuralRecruitingProgress(models.Model):
    """Targets beside what was signed, for charts (MA-07): one row for each target, with its id.

    A merchant counts for the days of its phase, or of the plan, by the day on which its contract takes effect;
    one that has dropped out counts no more, so that its replacement does.
    """

    _name = "rural.recruiting.progress"
    _description = "Recruiting Progress"
    _auto = False
    _order = "plan_id, phase_id, dimension, subject"
    _rec_name = "subject"
    _depends = {
        "rural.recruiting.target": [
            "plan_id", "phase_id", "dimension", "merchant_class", "region_id", "type_id", "employee_id", "target",
        ],
        "rural.recruiting.plan": ["company_id", "region_id", "date_from", "date_to"],
        "rural.recruiting.phase": ["date_from", "date_to"],
        "rural.merchant": [
            "company_id", "stage", "contract_from", "region_id", "type_id", "merchant_class", "signed_class",
        ],
        "rural.merchant.assignment": ["merchant_id", "employee_id", "valid_from", "valid_to"],
    }  # fmt: skip

    company_id = fields.Many2one("res.company", readonly=True)
    plan_id = fields.Many2one("rural.recruiting.plan", readonly=True)
    phase_id = fields.Many2one("rural.recruiting.phase", readonly=True)
    dimension = fields.Selection(DIMENSIONS, readonly=True)
    subject = fields.Char("For", readonly=True)
    merchant_class = fields.Selection(CLASSES, "Class", readonly=True)
    region_id = fields.Many2one("rural.region", "District", readonly=True)
    type_id = fields.Many2one("rural.merchant.type", readonly=True)
    employee_id = fields.Many2one("hr.employee", "Recruiter", readonly=True)
    date_from = fields.Date(readonly=True)
    date_to = fields.Date(readonly=True)
    target = fields.Integer(readonly=True)
    signed = fields.Integer(readonly=True)
    missing = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT target.id, target.company_id, target.plan_id, target.phase_id, target.dimension,
                   target.merchant_class, target.region_id, target.type_id, target.employee_id,
                   COALESCE(phase.date_from, plan.date_from) AS date_from,
                   COALESCE(phase.date_to, plan.date_to) AS date_to,
                   COALESCE(%(classes)s, region.name, employee.name,
                            type.name ->> %(lang)s, type.name ->> 'en_US') AS subject,
                   target.target, signed.count AS signed, GREATEST(target.target - signed.count, 0) AS missing
              FROM rural_recruiting_target AS target
              JOIN rural_recruiting_plan AS plan ON plan.id = target.plan_id
              JOIN rural_region AS plan_region ON plan_region.id = plan.region_id
         LEFT JOIN rural_recruiting_phase AS phase ON phase.id = target.phase_id
         LEFT JOIN rural_region AS region ON region.id = target.region_id
         LEFT JOIN rural_merchant_type AS type ON type.id = target.type_id
         LEFT JOIN hr_employee AS employee ON employee.id = target.employee_id
        CROSS JOIN LATERAL (
                   SELECT count(*)::int AS count
                     FROM rural_merchant AS merchant
                     JOIN rural_region AS place ON place.id = merchant.region_id
                LEFT JOIN rural_merchant_assignment AS assignment
                       ON assignment.merchant_id = merchant.id AND target.dimension = 'person'
                      AND merchant.contract_from
                          BETWEEN assignment.valid_from AND COALESCE(assignment.valid_to, 'infinity')
                    WHERE merchant.company_id = target.company_id AND merchant.stage IN ('signed', 'installed')
                      AND merchant.contract_from BETWEEN COALESCE(phase.date_from, plan.date_from)
                                                     AND COALESCE(phase.date_to, plan.date_to)
                      AND starts_with(place.parent_path, plan_region.parent_path)
                      AND CASE target.dimension
                          WHEN 'class' THEN COALESCE(merchant.signed_class, merchant.merchant_class)
                                            = target.merchant_class
                          WHEN 'district' THEN starts_with(place.parent_path, region.parent_path)
                          WHEN 'type' THEN merchant.type_id = target.type_id
                          ELSE assignment.employee_id = target.employee_id END) AS signed
            """,
            lang=self.env.lang or "en_US",
            classes=SQL(
                "CASE target.merchant_class %s END",
                SQL(" ").join(
                    SQL("WHEN %s THEN %s", value, label)
                    for value, label in self._fields["merchant_class"]._description_selection(self.env)
                ),
            ),
        )
