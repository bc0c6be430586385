from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.rural_base.file_types import file_type

#: What a center tells on its portal, and no more.
RECOMMENDED = (
    "product_name", "specification", "product_code", "supplier_name", "supplier_code",
    "contact_name", "contact_phone", "reason",
)  # fmt: skip
LONGEST_TEXT = 2000
PICTURE_TYPES = ("jpeg", "png")
MOST_PICTURES = 6
LARGEST_PICTURE = 5 * 1024 * 1024


class RuralProductRecommendation(models.Model):
    """A center recommends on its portal (SC-09, SC-20)."""

    _inherit = "rural.product.recommendation"

    @api.model
    def _recommend_as_center(self, center, texts, files=()):
        """Take and submit what a center tells about a product.

        :param dict texts: texts by field name
        :param files: pictures, as pairs of name and content
        :raises AccessError: for everybody but the center
        :raises UserError: naming what is missing or what is no picture
        """
        center._check_portal_own()
        vals = {name: (texts.get(name) or "").strip() for name in RECOMMENDED}
        if any(len(text) > LONGEST_TEXT for text in vals.values()):
            raise UserError(self.env._("Keep each text within %s characters.", LONGEST_TEXT))
        vals |= {"price": self._parse_price(texts.get("price")), "center_id": center.id}
        self._check_pictures(files)
        if not vals["product_name"]:
            raise UserError(self.env._("Say the name of the product."))
        recommendation = self.sudo().create(vals)
        recommendation._submit()
        self.env["ir.attachment"].sudo().create(
            [
                {"name": name, "raw": content, "res_model": self._name, "res_id": recommendation.id}
                for name, content in files
            ]
        )
        return recommendation

    def _withdraw_as_center(self):
        """Take back what nobody has decided on."""
        self.ensure_one()
        self.center_id._check_portal_own()
        self.sudo()._withdraw()

    def _pictures(self):
        """Return the pictures that came with the recommendation."""
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("create_uid", "in", self.submitted_by_id.ids),
                    ("mimetype", "in", ("image/jpeg", "image/png")),
                ],
                order="id",
            )
        )

    @api.model
    def _parse_price(self, text):
        try:
            price = float((text or "0").replace(",", "").replace("￥", "").replace("¥", "").strip() or 0)
        except ValueError as error:
            raise UserError(self.env._("“%s” is no price. Write a number such as 39.90.", text)) from error
        if not 0 <= price < 1e9:
            raise UserError(self.env._("“%s” is no price. Write a number such as 39.90.", text))
        return price

    @api.model
    def _check_pictures(self, files):
        if len(files) > MOST_PICTURES:
            raise UserError(self.env._("Send %s pictures at most.", MOST_PICTURES))
        for name, content in files:
            if file_type(content) not in PICTURE_TYPES:
                raise UserError(self.env._("%s is no picture. Send JPG or PNG files.", name))
            if len(content) > LARGEST_PICTURE:
                raise UserError(self.env._("%s is too big. A picture has 5 MB at most.", name))
