from odoo import models
from odoo.tools import SQL


class OrdersLoadProfile(models.AbstractModel):
    """The purchasers, suppliers and products that the rows of an order file name."""

    _inherit = "rural.load.profile.orders"

    def _create_unknown(self, run):
        """Create unknown suppliers, products and purchasers as the first row says that names them."""
        self._create_suppliers(run)
        self._create_products(run)
        self._create_purchasers(run)
        self._name_purchasers(run)

    def _unknown(self, thing, of, known):
        """What the first row says that names an unknown code, one that gives a name before others, as a relation.

        :param str thing: purchaser or product
        :param str of: whose code is unknown: purchaser, supplier or product
        :param SQL known: relation of the known ones, with a column `code`
        """
        return SQL(
            """(SELECT DISTINCT ON (%(code)s) named.* FROM %(named)s AS named
                 WHERE NOT EXISTS (SELECT FROM %(known)s AS known WHERE known.code = %(code)s)
              ORDER BY %(code)s, %(name)s IS NULL, row_number)""",
            code=SQL.identifier("named", f"{of}_code"),
            name=SQL.identifier("named", f"{of}_name"),
            named=self._distinct(thing),
            known=known,
        )

    def _create_suppliers(self, run):
        known = SQL("(SELECT supplier_code AS code FROM %s AS supplier)", self._suppliers(run.company_id))
        self.env.cr.execute(
            SQL(
                "SELECT supplier_code, COALESCE(supplier_name, supplier_code) FROM %s AS first",
                self._unknown("product", "supplier", known),
            )
        )
        names_by_code = dict(self.env.cr.fetchall())
        if names_by_code:
            self.env["rural.product"].sudo()._suppliers_by_code(names_by_code, run.company_id)
            self.env.flush_all()

    def _create_products(self, run):
        known = SQL("(SELECT code FROM rural_product WHERE company_id = %s)", run.company_id.id)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rural_product
                       (company_id, code, name, supplier_id, create_uid, create_date, write_uid, write_date)
                SELECT %(company)s, product_code, COALESCE(product_name, product_code), supplier.id,
                       %(user)s, now() AT TIME ZONE 'UTC', %(user)s, now() AT TIME ZONE 'UTC'
                  FROM %(first)s AS first JOIN %(suppliers)s AS supplier USING (supplier_code)
                """,
                company=run.company_id.id,
                user=self.env.uid,
                first=self._unknown("product", "product", known),
                suppliers=self._suppliers(run.company_id),
            )
        )
        if self.env.cr.rowcount:
            self._analyze(SQL.identifier("rural_product"))

    def _create_purchasers(self, run):
        known = SQL("(SELECT code FROM rural_purchaser WHERE company_id = %s)", run.company_id.id)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rural_purchaser (company_id, code, name, purchaser_type, region_id)
                SELECT %(company)s, purchaser_code, purchaser_name, purchaser_type, region.id
                  FROM %(first)s AS first
                  JOIN rural_region AS region ON region.code = left(region_code, 6)
                """,
                company=run.company_id.id,
                first=self._unknown("purchaser", "purchaser", known),
            )
        )
        if self.env.cr.rowcount:
            self._analyze(SQL.identifier("rural_purchaser"))

    def _name_purchasers(self, run):
        """Those that only a cross-region report, or rows without a name, have named get their name."""
        known = SQL("(SELECT code FROM rural_purchaser WHERE company_id = %s AND name IS NOT NULL)", run.company_id.id)
        self.env.cr.execute(
            SQL(
                """
                UPDATE rural_purchaser AS reported
                   SET name = first.purchaser_name,
                       purchaser_type = COALESCE(reported.purchaser_type, first.purchaser_type),
                       region_id = COALESCE(reported.region_id, region.id)
                  FROM %(first)s AS first
                  JOIN rural_region AS region ON region.code = left(region_code, 6)
                 WHERE reported.company_id = %(company)s AND reported.code = first.purchaser_code
                   AND first.purchaser_name IS NOT NULL
                """,
                company=run.company_id.id,
                first=self._unknown("purchaser", "purchaser", known),
            )
        )

    def _suppliers(self, company):
        """The suppliers that files of the company name, as a relation (id, supplier_code, name)."""
        return SQL(
            """(SELECT DISTINCT ON (supplier_code) id, supplier_code, name
                  FROM (SELECT id, supplier_code, name, company_id, FALSE AS is_further
                          FROM res_partner
                         WHERE supplier_code IS NOT NULL
                         UNION ALL
                        SELECT partner.id, further.code, partner.name, further.company_id, TRUE
                          FROM rural_supplier_code AS further
                          JOIN res_partner AS partner ON partner.id = further.partner_id) AS coded
                 WHERE company_id IS NULL OR company_id = %s
              ORDER BY supplier_code, is_further, company_id)""",
            company.id,
        )

    def _named_purchasers(self, company):
        """What the rows say of purchasers, and the purchaser and region that they mean, as a relation."""
        return SQL(
            """(SELECT named.*, region.id AS region_id, purchaser.id AS purchaser_id,
                       purchaser.name AS known_name, purchaser.purchaser_type AS known_type
                  FROM %s AS named
                  JOIN rural_purchaser AS purchaser
                    ON purchaser.code = named.purchaser_code AND purchaser.company_id = %s
                  JOIN rural_region AS region ON region.code = left(region_code, 6))""",
            self._distinct("purchaser"),
            company.id,
        )

    def _named_products(self, company):
        """What the rows say of products and suppliers, and those that they mean, as a relation."""
        return SQL(
            """(SELECT named.*, product.id AS product_id, supplier.id AS supplier_id,
                       product.name AS known_name, product.supplier_id AS usual_supplier_id,
                       supplier.name AS known_supplier
                  FROM %s AS named
                  JOIN rural_product AS product
                    ON product.code = named.product_code AND product.company_id = %s
                  JOIN %s AS supplier USING (supplier_code))""",
            self._distinct("product"),
            company.id,
            self._suppliers(company),
        )

    def _name_warnings(self, run):
        """A known purchaser, supplier or product keeps its name and type; a differing one is told.

        So is a supplier who is not the product's: the order's fee is borne by who delivers it (SC-14).
        """
        kept = self.env._("%(code)s is known as “%(known)s”, the row says “%(found)s”: the known one is kept")
        borne = self.env._(
            "the supplier of %(code)s is “%(known)s”, the row says “%(found)s”: this order's fee is borne by the row's"
        )
        self.env.cr.execute(
            SQL(
                """
                SELECT min(row_number), heading, code, known, found
                  FROM (SELECT row_number, differing.*
                          FROM %(purchasers)s AS purchaser
                    CROSS JOIN LATERAL (VALUES
                               ('采购单位名称', purchaser_code, known_name, purchaser_name),
                               ('采购单位类型', purchaser_code, known_type, purchaser_type)
                               ) AS differing (heading, code, known, found)
                         WHERE known_name <> purchaser_name OR known_type <> purchaser_type
                     UNION ALL
                        SELECT row_number, differing.*
                          FROM %(products)s AS product
                     LEFT JOIN res_partner AS usual
                            ON usual.id = usual_supplier_id AND usual_supplier_id <> product.supplier_id
                    CROSS JOIN LATERAL (VALUES
                               ('商品名称', product_code, known_name, product_name),
                               ('供应商名称', product.supplier_code, known_supplier, supplier_name),
                               ('供应商编码', product_code, COALESCE(usual.supplier_code, usual.name),
                                product.supplier_code)
                               ) AS differing (heading, code, known, found)
                       ) AS said
                 WHERE known <> found
              GROUP BY heading, code, known, found
              ORDER BY 1
                """,
                purchasers=self._named_purchasers(run.company_id),
                products=self._named_products(run.company_id),
            )
        )
        words = self._word_of_value()
        return [
            {
                "row_number": row_number,
                "column": heading,
                "message": (borne if heading == "供应商编码" else kept)
                % {"code": code, "known": words.get(known, known), "found": words.get(found, found)},
            }
            for row_number, heading, code, known, found in self.env.cr.fetchall()
        ]
