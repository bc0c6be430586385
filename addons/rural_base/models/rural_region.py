import csv
import functools
import gzip
import io

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, file_open

LEVELS = [
    ("province", "Province"),
    ("city", "City"),
    ("county", "County"),
    ("township", "Township"),
]
#: What a region is: fees and statistics of days that are over follow from it (SC-10).
FIXED = {"code", "level", "parent_id", "parent_path"}
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

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Add regions; an operations manager says to which macro-region a province belongs (SC-03)."""
        regions = super().create(vals_list)
        if regions.macro_region_id:
            self.env["rural.macro.region"]._check_may_appoint()
        return regions

    def write(self, vals):
        """Change regions, but neither their codes nor their places, and archive none that is used (SC-10).

        :raises UserError: saying what to do instead
        """
        if not self.env.su:
            self._check_may_write(vals)
        if "macro_region_id" not in vals:
            return super().write(vals)
        before = {region: region.macro_region_id for region in self}
        result = super().write(vals)
        for region, macro_region in before.items():
            region._log_macro_region(macro_region)
        return result

    def _check_may_write(self, vals):
        if "macro_region_id" in vals:
            self.env["rural.macro.region"]._check_may_appoint()
        self._check_fixed(vals)
        if not vals.get("active", True):
            self._check_unused()

    def _check_fixed(self, vals):
        for region in self:
            for name in sorted(FIXED & vals.keys()):
                if region._fields[name].convert_to_write(region[name], region) == vals[name]:
                    continue
                raise UserError(
                    self.env._(
                        "%(region)s keeps its %(field)s: what was settled by it would change. Add the new region with "
                        "its own code and archive this one once nothing uses it; delete one that was entered by "
                        "mistake.",
                        region=region.display_name,
                        field=region._fields[name]._description_string(self.env),
                    )
                )

    def _check_unused(self):
        for region in self:
            if user := region._first_user():
                raise UserError(
                    self.env._(
                        "%(region)s stays: %(record)s (%(model)s) stands on it.",
                        region=region.display_name,
                        record=user.display_name,
                        model=self.env["ir.model"]._get(user._name).sudo().name,
                    )
                )

    def _first_user(self):
        """Return a record that stands on the region or a part of it, whatever company it belongs to, or none."""
        self.ensure_one()
        for name in self.env.registry:
            model = self.env[name].sudo().with_context(active_test=False)
            if model._abstract or model._transient or not model._auto or name == self._name:
                continue
            for field in model._fields.values():
                stands = field.type == "many2one" and field.store and field.comodel_name == self._name
                if stands and (user := model.search([(field.name, "child_of", self.id)], limit=1, order="id")):
                    return user
        return self.browse()

    def _log_macro_region(self, before):
        """Say in both macro-regions that the province has gone from one to the other."""
        if before == self.macro_region_id:
            return
        body = self.env._(
            "%(province)s: %(before)s → %(after)s",
            province=self.name,
            before=before.name or "–",
            after=self.macro_region_id.name or "–",
        )
        for macro_region in (before | self.macro_region_id).sudo():
            macro_region.message_post(body=body)

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
