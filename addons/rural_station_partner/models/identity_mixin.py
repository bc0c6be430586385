import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.codes import clean_code

from ..rules import is_identity_number, keyed_hash, masked

KEY = "rural_station_partner.identity_key"


class RuralIdentityMixin(models.AbstractModel):
    """A person known by the identity number, of which only a keyed hash and four last digits are kept (ST-09)."""

    _name = "rural.identity.mixin"
    _description = "Person known by the identity number"

    id_number = fields.Char(
        "Identity Number",
        compute="_compute_id_number",
        inverse="_inverse_id_number",
        help="Type the 18 characters of the identity card. They are not kept: only what recognises them again.",
    )
    id_hash = fields.Char("Fingerprint of the Identity Number", readonly=True, copy=False, groups="base.group_system")
    id_masked = fields.Char("Identity Number (Masked)", readonly=True, copy=False)

    def _compute_id_number(self):
        self.id_number = False

    def _inverse_id_number(self):
        for record in self:
            number = clean_code(record.id_number or "")
            if not number:
                continue
            if not is_identity_number(number, china_time.today()):
                raise ValidationError(
                    self.env._("This is not an identity number: compare its 18 characters with the card.")
                )
            record.sudo().write({"id_hash": self._hash(number), "id_masked": masked(number)})

    @api.model
    def _hash(self, number) -> str:
        """Return what an identity number is recognised by.

        :raises UserError: when the system has lost the key
        """
        key = self.env["ir.config_parameter"].sudo().get_param(KEY)
        if not key:
            raise UserError(
                self.env._("The key of the identity numbers (%s) is missing: have the system's keeper restore it.", KEY)
            )
        return keyed_hash(key, number)

    @api.model
    def _make_key(self):
        """Make the key of this database, once: with another one nobody would be recognised any more."""
        parameters = self.env["ir.config_parameter"].sudo()
        if not parameters.get_param(KEY):
            parameters.set_param(KEY, secrets.token_hex(32))
