from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..taking_over import TAKING_OVER, is_taking_over


class RuralServiceCenter(models.Model):
    """One center for one region, and who let in a second one (SC-04).

    A center that has not ended and is not archived holds its region for its kind and company. A second one takes
    the written reason of an operations manager, which is kept. Centers that already work are taken over from a
    file as they are, and say so.
    """

    _inherit = "rural.service.center"

    override_reason = fields.Text(
        "Reason for a Second Center",
        copy=False,
        tracking=True,
        help="Why the region has more than one center of this kind. Given by an operations manager, and kept.",
    )
    override_by_id = fields.Many2one("res.users", "Second Center Let In By", readonly=True, copy=False)

    @api.constrains("kind", "region_id", "company_id", "active")
    def _check_one_for_region(self):
        for center in self.filtered_domain(self._living_domain()):
            if center.override_reason:
                continue
            other = center._other_of_region()
            if other and is_taking_over(self.env):
                center.sudo().override_reason = self.env._("Taken over from a file: both have worked before.")
            elif other:
                raise ValidationError(center._occupied_message(other))

    @api.model_create_multi
    def create(self, vals_list):
        """Let operations managers give the reason for a second center, and nobody else."""
        return super().create([self._with_overrider(vals) for vals in vals_list])

    def write(self, vals):
        """Let operations managers give the reason for a second center; it is never taken away."""
        if "override_reason" in vals and not vals["override_reason"] and any(self.mapped("override_reason")):
            raise UserError(self.env._("The reason for a second center is kept. Correct it instead of deleting it."))
        return super().write(self._with_overrider(vals))

    @api.model
    def _occupant(self, kind, region, company, but=()):
        """Return a center that holds the region for its kind (SC-04), an empty record where it is free.

        Two who ask at once: the second waits for the first, and starts again with what the first has done.
        """
        self.env.cr.execute(SQL("UPDATE rural_region SET level = level WHERE id = %s", region.id))
        return (
            self.sudo()
            .search(
                Domain([("kind", "=", kind), ("region_id", "=", region.id), ("company_id", "=", company.id)])
                & Domain("id", "not in", list(but))
                & self._living_domain(),
                limit=1,
            )
            .sudo(self.env.su)
        )

    def _other_of_region(self):
        self.ensure_one()
        return self._occupant(self.kind, self.region_id, self.company_id, but=self.ids)

    @api.model
    def _occupied_message(self, other):
        other = other.sudo()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(region)s has a center already (%(kind)s): %(center)s. One region, one center; a second one takes the "
            "written reason of an operations manager (SC-04).",
            region=other.region_id.display_name,
            kind=kinds[other.kind],
            center=other.display_name,
        )

    @api.model
    def _living_domain(self):
        return Domain("active", "=", True) & ~self._state_domains()["ended"]

    def _with_overrider(self, vals):
        if self.env.su:
            return vals
        vals = {name: value for name, value in vals.items() if name != "override_by_id"}
        if not vals.get("override_reason"):
            return vals
        self.env["rural.step.mixin"]._check_group("rural_base.group_operations_manager")
        return {**vals, "override_by_id": self.env.uid}


class RuralCenterAuthorisation(models.Model):
    """A center that had ended and is authorised again holds its region again (SC-04)."""

    _inherit = "rural.center.authorisation"

    @api.constrains("center_id", "valid_from", "valid_to")
    def _check_one_for_region(self):
        self.center_id._check_one_for_region()


class RuralLoadProfileCenters(models.AbstractModel):
    """Centers that already work are taken over as they are, two in one region as well (SC-04, SC-06)."""

    _inherit = "rural.load.profile.centers"

    def _merge(self, run):
        return super(RuralLoadProfileCenters, self.with_context(rural_taking_over=TAKING_OVER))._merge(run)
