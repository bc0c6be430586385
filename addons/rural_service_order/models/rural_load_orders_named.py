from odoo import models
from odoo.tools import SQL

from odoo.addons.rural_bulk.columns import Choice
from odoo.addons.rural_bulk.models.rural_load_staging import STAGING


class OrdersLoadProfile(models.AbstractModel):
    """The purchasers, suppliers and products that the rows of an order file name."""

    _inherit = "rural.load.profile.orders"

    def _create_unknown(self, run):
        """Create unknown suppliers, products and purchasers from the first row that names them."""
        self._create_suppliers(run)
        self._create_products(run)
        self._create_purchasers(run)

    def _first_rows(self, code, known):
        """The staging rows that name an unknown code for the first time, as a relation.

        :param str code: column of the code
        :param SQL known: relation of the known codes, in a column of the same name
        """
        return SQL(
            """(SELECT staging.* FROM %(staging)s AS staging
                  JOIN (SELECT min(row_number) AS row_number FROM %(staging)s AS named
                         WHERE outcome = 'new'
                           AND NOT EXISTS (SELECT FROM %(known)s AS known WHERE known.%(code)s = named.%(code)s)
                         GROUP BY named.%(code)s) AS first USING (row_number))""",
            staging=STAGING,
            known=known,
            code=SQL.identifier(code),
        )

    def _create_suppliers(self, run):
        self.env.cr.execute(
            SQL(
                "SELECT supplier_code, COALESCE(supplier_name, supplier_code) FROM %s AS first",
                self._first_rows("supplier_code", self._suppliers(run.company_id)),
            )
        )
        names_by_code = dict(self.env.cr.fetchall())
        if names_by_code:
            self.env["rural.product"].sudo()._suppliers_by_code(names_by_code, run.company_id)
            self.env.flush_all()

    def _create_products(self, run):
        known = SQL("(SELECT code AS product_code FROM rural_product WHERE company_id = %s)", run.company_id.id)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rural_product
                       (company_id, code, name, supplier_id, create_uid, create_date, write_uid, write_date)
                SELECT %(company)s, product_code, COALESCE(product_name, product_code), supplier.id,
                       %(user)s, now() AT TIME ZONE 'UTC', %(user)s, now() AT TIME ZONE 'UTC'
                  FROM %(first)s AS first JOIN %(suppliers)s AS supplier USING (supplier_code)
                    ON CONFLICT (code, company_id) DO NOTHING
                """,
                company=run.company_id.id,
                user=self.env.uid,
                first=self._first_rows("product_code", known),
                suppliers=self._suppliers(run.company_id),
            )
        )
        if self.env.cr.rowcount:
            self._analyze(SQL.identifier("rural_product"))

    def _create_purchasers(self, run):
        """New ones; and those that only a cross-region report has named get their name."""
        known = SQL(
            "(SELECT code AS purchaser_code FROM rural_purchaser WHERE company_id = %s AND name IS NOT NULL)",
            run.company_id.id,
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rural_purchaser AS known (company_id, code, name, purchaser_type, region_id)
                SELECT %(company)s, purchaser_code, COALESCE(purchaser_name, purchaser_code),
                       first.purchaser_type, region.id
                  FROM %(first)s AS first
                  JOIN rural_region AS region ON region.code = left(region_code, 6)
                    ON CONFLICT (code, company_id) DO UPDATE
                       SET name = excluded.name,
                           purchaser_type = COALESCE(known.purchaser_type, excluded.purchaser_type),
                           region_id = COALESCE(known.region_id, excluded.region_id)
                     WHERE known.name IS NULL
                """,
                company=run.company_id.id,
                first=self._first_rows("purchaser_code", known),
            )
        )
        if self.env.cr.rowcount:
            self._analyze(SQL.identifier("rural_purchaser"))

    def _suppliers(self, company):
        """The suppliers that files of the company name, as a relation (id, supplier_code, name)."""
        return SQL(
            """(SELECT DISTINCT ON (supplier_code) id, supplier_code, name FROM res_partner
                 WHERE supplier_code IS NOT NULL AND (company_id IS NULL OR company_id = %s)
              ORDER BY supplier_code, company_id)""",
            company.id,
        )

    def _name_warnings(self, run):
        """A known purchaser, supplier or product keeps its name and type; a differing one is told."""
        message = self.env._("%(code)s is known as “%(known)s”, the row says “%(found)s”: the known one is kept")
        self.env.cr.execute(
            SQL(
                """
                SELECT min(row_number), heading, code, known, found
                  FROM (SELECT row_number, differing.* FROM %(rows)s AS row
                    CROSS JOIN LATERAL (VALUES
                          ('采购单位名称', purchaser_code, known_purchaser, purchaser_name),
                          ('采购单位类型', purchaser_code, known_type, purchaser_type),
                          ('商品名称', product_code, known_product, product_name),
                          ('供应商名称', supplier_code, known_supplier, supplier_name)
                         ) AS differing (heading, code, known, found)
                         WHERE (known_purchaser, known_type, known_product, known_supplier)
                               IS DISTINCT FROM
                               (purchaser_name, purchaser_type, product_name, supplier_name)
                       ) AS candidates
                 WHERE known <> found
              GROUP BY heading, code, known, found
              ORDER BY 1
                """,
                rows=self._resolved_rows(run),
            )
        )
        words = {
            value: word
            for column in self._columns
            if isinstance(column.kind, Choice)
            for word, value in column.kind.choices.items()
        }
        return [
            {
                "row_number": row_number,
                "column": heading,
                "message": message % {"code": code, "known": words.get(known, known), "found": words.get(found, found)},
            }
            for row_number, heading, code, known, found in self.env.cr.fetchall()
        ]
