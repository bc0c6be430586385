import csv
import functools
import gzip
import io

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, file_open

LEVELS = [
    ("province", "Province"),
    ("city", "City"),
    ("county", "County"),
    ("township", "Township"),
]
# Levels of the divisions that carry no name of their own in an address.
ADMINISTRATIVE_ONLY = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


@functools.cache
def withdrawn_codes() -> dict[str, tuple[str, str, str]]:
    """Return for each code withdrawn since 2010: name, last year where it is known, code of the successor or ""."""
    with file_open("rural_base/data/region_changes.csv") as lines:
        return {code: tuple(change) for code, *change in list(csv.reader(lines))[1:]}


class RuralRegion(models.Model):
    """An administrative division of China with its code in GB/T 2260."""

    _name = "rural.region"
    _description = "Region"
    _parent_store = True
    _order = "code"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True)
    display_name = fields.Char(recursive=True)
    code = fields.Char(
        required=True,
        size=12,
        help="GB/T 2260: 6 digits to the county (420000, 420100, 420102), 9 for a township.",
    )
    level = fields.Selection(LEVELS, required=True)
    active = fields.Boolean(default=True)

    parent_id = fields.Many2one("rural.region", string="Part of", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("rural.region", "parent_id", string="Parts")
    state_id = fields.Many2one(
        "res.country.state",
        string="Country State",
        compute="_compute_state_id",
        store=True,
        readonly=False,
        recursive=True,
        domain=[("country_id.code", "=", "CN")],
        help="The province as addresses of contacts know it.",
    )
    macro_region_id = fields.Many2one("rural.macro.region", string="Macro-region", index="btree_not_null")

    _code_unique = models.Constraint("UNIQUE (code)", "There is a region with this code already.")
    _code_form = models.Constraint(
        "CHECK (code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$')",
        "The code of a region has 6, 9 or 12 digits.",
    )

    @api.constrains("macro_region_id", "level")
    def _check_macro_region_id(self):
        for region in self:
            if region.macro_region_id and region.level != "province":
                raise ValidationError(self.env._("%s is not a province: macro-regions hold provinces.", region.name))

    @api.depends("parent_id.state_id")
    def _compute_state_id(self):
        for region in self:
            region.state_id = region.parent_id.state_id or region.state_id

    @api.depends("name", "parent_id.display_name")
    def _compute_display_name(self):
        for region in self:
            above = region.parent_id.display_name or ""
            own = "" if region.name in ADMINISTRATIVE_ONLY and above else region.name or ""
            region.display_name = above + own

    def action_load_townships(self):
        """Add the townships of the provinces, which are left out at installation for speed."""
        self.browse().check_access("create")
        count = sum(self._load_townships(province) for province in self)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%s townships added.", count),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _within(self, other) -> bool:
        """Tell whether this region is the other one or lies in it."""
        return bool(self and other) and self.parent_path.startswith(other.parent_path)

    def _province(self):
        """Return the province of this region, an empty record for none."""
        top = self.parent_path and int(self.parent_path.split("/", 1)[0])
        return self.browse(top or ())

    @api.model
    def _unknown_code_message(self, code) -> str:
        """Return what to say of a code that no region has; a withdrawn one names its successor."""
        name, until, successor_code = withdrawn_codes().get((code or "")[:6], ("", "", ""))
        if not name:
            return self.env._("there is no region with this code: %s", code)
        region = f"{name} ({until})" if until else name
        successor = self.search([("code", "=", successor_code)], limit=1) if successor_code else self
        if not successor:
            return self.env._(
                "the code %(code)s of %(region)s has been withdrawn: look up the new one", code=code, region=region
            )
        return self.env._(
            "the code %(code)s of %(region)s has been withdrawn: use %(successor)s, %(name)s",
            code=code,
            region=region,
            successor=successor.code,
            name=successor.display_name,
        )

    @api.model
    def _load_divisions(self):
        """Add the provinces, cities and counties that are missing; leave the others as they are."""
        with file_open("rural_base/data/regions.csv") as lines:
            self._insert_missing(list(csv.reader(lines))[1:])

    @api.model
    def _load_townships(self, province) -> int:
        """Add the townships of a province that are missing and return their number."""
        with file_open("rural_base/data/townships.csv.gz", "rb") as packed:
            lines = io.StringIO(gzip.decompress(packed.read()).decode())
        rows = [row for row in csv.reader(lines) if row[0].startswith(province.code[:2])]
        return self._insert_missing(rows)

    @api.model
    def _insert_missing(self, rows) -> int:
        """Insert regions, given as code, name, code of the parent, level, parents before their parts."""
        self.flush_model()
        added = 0
        for level, _label in LEVELS:
            of_level = [row[:3] for row in rows if row[3] == level]
            if of_level:
                self.env.cr.execute(self._insert_missing_query(level, of_level))
                added += self.env.cr.rowcount
        self.invalidate_model()
        return added

    @api.model
    def _insert_missing_query(self, level, rows) -> SQL:
        codes, names, parents = (list(column) for column in zip(*rows, strict=True))
        return SQL(
            """
            INSERT INTO rural_region (id, code, name, level, parent_id, parent_path, state_id, active,
                                      create_uid, write_uid, create_date, write_date)
            SELECT new.id, new.code, new.name, %(level)s, parent.id,
                   COALESCE(parent.parent_path, '') || new.id || '/',
                   COALESCE(parent.state_id, state.id), TRUE,
                   %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
              FROM (SELECT nextval('rural_region_id_seq') AS id, given.*
                      FROM unnest(%(codes)s, %(names)s, %(parents)s) AS given (code, name, parent)
                     WHERE NOT EXISTS (SELECT FROM rural_region WHERE code = given.code)) new
              LEFT JOIN rural_region parent ON parent.code = new.parent
              LEFT JOIN res_country_state state
                     ON parent.id IS NULL AND state.name = new.name AND state.country_id = %(china)s
            """,
            level=level,
            uid=self.env.uid,
            codes=codes,
            names=names,
            parents=parents,
            china=self.env.ref("base.cn").id,
        )
