from contextlib import suppress
from datetime import date, timedelta

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from odoo.addons.rural_base import china_time
from odoo.addons.rural_bulk.columns import Code, Column, Day, RowError, Share, Text

PRODUCT_CODES = SQL("(SELECT code AS product_code, company_id FROM rural_product) AS products")
#: Those of a company and those of all companies.
SUPPLIER_CODES = """
    (SELECT codes.code AS supplier_code, %s AS company_id
       FROM (SELECT supplier_code AS code, company_id FROM res_partner WHERE supplier_code IS NOT NULL
              UNION ALL SELECT code, company_id FROM rural_supplier_code) AS codes
      WHERE codes.company_id IS NULL OR codes.company_id = %s) AS suppliers"""


class RuralLoadProfilePool(models.AbstractModel):
    """Load pool entries from the file `pool.csv` (SC-08).

    A row is one version of a product's rate; product and first day identify it. A version that orders have been
    judged by is not changed by a file: the new rate takes a row with a later first day, before which the known version
    ends, with a warning that says so. Suppliers and products that are not known yet are created from the row; a known
    one keeps its name, which is reported. A row whose first day is over waits for a second person, whoever loads it:
    the command line without a person too.
    """

    _name = "rural.load.profile.pool"
    _inherit = "rural.load.profile"
    _description = "Load of the Product Pool"

    _target = "rural.pool.entry"
    _waiting_domain = Domain("state", "=", "requested")
    _columns = (
        Column("product_code", "商品编码", Code(), reason="key"),
        Column("product_name", "商品名称", Text()),
        Column("supplier_code", "供应商编码", Code()),
        Column("supplier_name", "供应商名称", Text()),
        Column("fee_rate", "服务费率", Share(6), reason="number"),
        Column("incentive_rate", "年终激励费率", Share(6), required=False, reason="number"),
        Column("valid_from", "生效日期", Day(), reason="key"),
        Column("valid_to", "失效日期", Day(is_last=True), required=False),
    )
    _key = ("product_code", "valid_from")

    def _merge(self, run):
        """Take in the rows, but none whose product or supplier is known under a code that has lost its zeros."""
        rejected_count = self._reject_lost_zeros(PRODUCT_CODES, run.company_id, ("product_code",))
        suppliers = SQL(SUPPLIER_CODES, run.company_id.id, run.company_id.id)
        rejected_count += self._reject_lost_zeros(suppliers, run.company_id, ("supplier_code",))
        if rejected_count:
            self._drop_values_of_rejected()
        return super()._merge(run)

    def _before_rows(self, rows):
        good = [values for values in rows if not self._fault(values)]
        lookup = self._lookup
        lookup["suppliers"] = self._suppliers(good, lookup["company"])
        lookup["products"] = self._products(good, lookup)
        lookup["entries"] = self._known_entries(lookup)
        lookup["shortened"] = self._shorten(good, lookup)
        lookup["to_end"] = self._versions_to_end(good, lookup)

    def _merge_row(self, values):
        fault = self._fault(values)
        if fault:
            raise fault
        lookup = self._lookup
        product = lookup["products"][values["product_code"]]
        supplier = lookup["suppliers"][values["supplier_code"]]
        self._warn_differences(values, product, supplier)
        vals = self._prepare_entry_vals(values, supplier)
        entry = lookup["entries"].get((product.id, values["valid_from"]))
        if entry:
            self._check_may_change(entry, vals)
            outcome = self._write_if_changed(entry, vals)
            return entry, "updated" if entry in lookup["shortened"] else outcome
        vals.update(product_id=product.id, valid_from=values["valid_from"])
        if values["valid_from"] < china_time.today():
            vals["reason"] = self.env._("From the file %s.", lookup["run"].file_name or "")
            if self.env.su:
                vals["state"] = "requested"
        else:
            self._end_known(lookup["to_end"].get(product.id, ()), values)
        return vals, "new"

    def _merge_together(self, batch):
        """Versions of the past find room when they are asked for, not only when they are confirmed."""
        try:
            merged = super()._merge_together(batch)
            for row_number, entry_id, outcome in merged:
                if outcome == "new":
                    self._check_requested(row_number, self._target_records().browse(entry_id))
        except (UserError, ValidationError) as error:
            if len(batch) == 1 and self._is_overlapping(batch[0][1]):
                raise RowError("生效日期", "invalid", str(error)) from error
            raise
        return merged

    def _check_requested(self, row_number, entry):
        """Refuse a version of the past that finds no room, and say what becomes of others once it is confirmed."""
        if entry.state != "requested":
            return
        if self.env.su:
            entry._check_room()
        if sentences := entry._room_sentences():
            self._warn(self.env._("once it is confirmed: %s", " ".join(sentences)), "生效日期", row_number)

    def _end_known(self, entries, values):
        """End a known version within which a row of days to come begins; the row replaces it from then on (SC-08)."""
        first_day = values["valid_from"]
        for entry in entries:
            if entry._is_ended_by(first_day, values["valid_to"]):
                name, last_day = entry.display_name, first_day - timedelta(days=1)
                try:
                    self._check_may_change(entry, {"valid_to": last_day})
                    entry._end_before(first_day)
                except (UserError, ValidationError) as error:
                    raise RowError("生效日期", "invalid", str(error)) from error
                message = self.env._(
                    "a new version begins: %(version)s ends on %(day)s",
                    version=name,
                    day=format_date(self.env, last_day),
                )
                self._warn(message, "生效日期")

    def _is_overlapping(self, values) -> bool:
        """Return whether other versions of the row's product are in the way of it."""
        product = self._lookup["products"].get(values["product_code"])
        domain = Domain("product_id", "=", product.id if product else 0)
        domain &= Domain("valid_to", "=", False) | Domain("valid_to", ">=", values["valid_from"])
        domain &= Domain("valid_from", "<=", values["valid_to"] or date.max)
        return bool(self._target_records().search_count(domain & Domain("state", "in", ("requested", "confirmed"))))

    @api.model
    def _check_may_change(self, entry, vals):
        """Hold the system to what holds for people: what has begun to apply is replaced, not changed (SC-08)."""
        if self.env.su and entry._changed_by(vals):
            entry._check_version_may_change(vals)
            entry._check_may_write(vals)

    @api.model
    def _fault(self, values):
        """What is wrong with a row by itself, a :class:`RowError`, or None."""
        for name, heading in (("fee_rate", "服务费率"), ("incentive_rate", "年终激励费率")):
            if not 0 <= (values[name] or 0) <= 1:
                message = self.env._("%(rate)s is no share between 0 and 1 (0.05 is 5%%)", rate=values[name])
                return RowError(heading, "number", message)
        if values["valid_to"] and values["valid_to"] < values["valid_from"]:
            message = self.env._("the last day lies before the first one")
            return RowError("失效日期", "invalid", message)
        return None

    def _warn_differences(self, values, product, supplier):
        if product.name != values["product_name"]:
            self._warn(
                self.env._(
                    "product %(code)s is known as “%(name)s”, which it keeps",
                    code=product.code,
                    name=product.name,
                ),
                "商品名称",
            )
        if supplier.name != values["supplier_name"]:
            self._warn(
                self.env._(
                    "supplier %(code)s is known as “%(name)s”, which it keeps",
                    code=values["supplier_code"],
                    name=supplier.name,
                ),
                "供应商名称",
            )

    def _prepare_entry_vals(self, values, supplier):
        return {
            "supplier_id": supplier.id,
            "fee_rate": float(values["fee_rate"]),
            "incentive_rate": float(values["incentive_rate"] or 0),
            "valid_to": values["valid_to"] or False,
        }

    # ------------------------------------------------------------------
    # Looked up once for the whole file
    # ------------------------------------------------------------------

    def _suppliers(self, rows, company):
        """Suppliers of the rows, made where missing: dict of code → partner."""
        names = {values["supplier_code"]: values["supplier_name"] for values in reversed(rows)}
        ids = self.env["rural.product"]._suppliers_by_code(names, company)
        partners = self.env["res.partner"].sudo().browse(ids.values())
        return dict(zip(ids, partners, strict=True))

    def _products(self, rows, lookup):
        """Products of the rows, made where missing: dict of code → product."""
        Product = self.env["rural.product"]
        first_rows = {values["product_code"]: values for values in reversed(rows)}
        known = Product.search_fetch(
            [("code", "in", list(first_rows)), ("company_id", "=", lookup["company"].id)],
            ["code", "name"],
        )
        known_codes = set(known.mapped("code"))
        created = Product.create(
            [
                self._prepare_product_vals(values, lookup)
                for code, values in first_rows.items()
                if code not in known_codes
            ]
        )
        return {product.code: product for product in known + created}

    def _prepare_product_vals(self, values, lookup):
        return {
            "code": values["product_code"],
            "name": values["product_name"],
            "supplier_id": lookup["suppliers"][values["supplier_code"]].id,
            "company_id": lookup["company"].id,
        }

    def _known_entries(self, lookup):
        """Entries of the products: dict of (product id, first day) → entry."""
        entries = self.env["rural.pool.entry"].search(
            [
                ("product_id", "in", [product.id for product in lookup["products"].values()]),
                ("state", "in", ("requested", "confirmed")),
            ],
            order="state, id",
        )
        return {(entry.product_id.id, entry.valid_from): entry for entry in entries}

    def _versions_to_end(self, rows, lookup):
        """Versions that apply, but for those whose last day the file itself says: dict of product id → entries."""
        said = {(lookup["products"][values["product_code"]].id, values["valid_from"]) for values in rows}
        entries = self.env["rural.pool.entry"].union(
            *(entry for key, entry in lookup["entries"].items() if key not in said and entry.state == "confirmed")
        )
        return {product.id: versions for product, versions in entries.grouped("product_id").items()}

    def _shorten(self, rows, lookup):
        """End entries first that the file ends earlier, so that its later versions find room.

        :return: set of the entries that have changed
        """
        shortened = set()
        for values in rows:
            product = lookup["products"][values["product_code"]]
            entry = lookup["entries"].get((product.id, values["valid_from"]))
            last_day = values["valid_to"]
            if entry and last_day and (not entry.valid_to or last_day < entry.valid_to):
                with suppress(UserError):  # the row will tell, when its turn comes
                    self._check_may_change(entry, {"valid_to": last_day})
                    entry.valid_to = last_day
                    shortened.add(entry)
        return shortened
