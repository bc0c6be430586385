from odoo import models
from odoo.tools import format_list
from odoo.tools.misc import format_date

from odoo.addons.rural_bulk.columns import Code, Column, Phone, RowError, Text

#: Digits of a region's code that count (GB/T 2260, to the county).
REGION_DIGITS = 6


class MerchantsLoadProfile(models.AbstractModel):
    """A list of prospective merchants; each row is a lead, known by its name in its district."""

    _name = "rural.load.profile.merchants"
    _inherit = "rural.load.profile"
    _description = "Loading of Prospective Merchants"

    _target = "rural.merchant"
    _group = "rural_merchant.group_recruiting_head"
    _key = ("name", "region_code")
    _columns = (
        Column("name", "商户名称", Text(), reason="key"),
        Column("region_code", "地区代码", Code(), reason="region"),
        Column("type_name", "商户类型", Text(), reason="type"),
        Column("address", "地址", Text(), required=False),
        Column("contact_name", "联系人", Text(), required=False),
        Column("phone", "电话", Phone(), required=False),
        Column("source", "来源", Text(), required=False),
        Column("recruiter_name", "招商专员", Text(), required=False),
    )

    def _before_rows(self, rows):
        lookup, company = self._lookup, self._lookup["company"]
        codes = {values["region_code"][:REGION_DIGITS] for values in rows}
        regions = self.env["rural.region"].search([("code", "in", list(codes))])
        lookup["regions"] = {region.code: region for region in regions}
        types = self.env["rural.merchant.type"].search([("active", "=", True)])
        lookup["types"] = {
            speaking.name: speaking.with_env(self.env)
            for code in {"en_US", *dict(self.env["res.lang"].get_installed())}
            for speaking in types.with_context(lang=code)
        }
        employees = self.env["hr.employee"].sudo().search([("company_id", "=", company.id), ("user_id", "!=", False)])
        lookup["recruiters"] = {
            **employees.grouped(lambda employee: employee.user_id.login),
            **employees.grouped("name"),
        }
        known = self.env["rural.merchant"].search(
            [("company_id", "=", company.id), ("name", "in", [values["name"] for values in rows])]
        )
        lookup["merchants"] = known.grouped(lambda merchant: (merchant.name, merchant.region_id))

    def _merge_row(self, values):
        lookup = self._lookup
        region = lookup["regions"].get(values["region_code"][:REGION_DIGITS])
        if not region:
            message = self.env["rural.region"]._unknown_code_message(values["region_code"])
            raise RowError("地区代码", "region", message)
        self._check_is_district(region)
        merchant_type = lookup["types"].get(values["type_name"]) or self._refuse_type(values["type_name"])
        recruiter = values["recruiter_name"] and (
            lookup["recruiters"].get(values["recruiter_name"]) or self._refuse_recruiter(values["recruiter_name"])
        )
        if recruiter and len(recruiter) > 1:
            self._refuse_ambiguous(
                "招商专员",
                values["recruiter_name"],
                [f"{employee.name} ({employee.user_id.login})" for employee in recruiter],
                self.env._("Write the login instead of the name"),
            )
        vals = {name: values[name] or False for name in ("address", "contact_name", "phone", "source")}
        merchant = lookup["merchants"].get((values["name"], region), self.env["rural.merchant"])
        if len(merchant) > 1:
            self._refuse_ambiguous(
                "商户名称",
                values["name"],
                [f"{same.display_name} ({same.address or same.id})" for same in merchant],
                self.env._("Change the right one on the screen"),
            )
        if recruiter and not merchant.recruiter_id:
            self._check_recruiter_is_there(recruiter)
        if not merchant:
            vals |= {"name": values["name"], "region_id": region.id, "type_id": merchant_type.id}
            return {**vals, "company_id": lookup["company"].id, "recruiter_id": recruiter and recruiter.id}, "new"
        if merchant.stage not in ("lead", "visiting"):
            self._warn(self.env._("%s is further on already and stays as it is", merchant.name))
            return merchant, "unchanged"
        if merchant.recruiter_id and recruiter and merchant.recruiter_id != recruiter:
            self._warn(self.env._("%s keeps its recruiter", merchant.name), "招商专员")
        outcome = self._write_if_changed(
            merchant, {**{name: value for name, value in vals.items() if value}, "type_id": merchant_type.id}
        )
        if recruiter and not merchant.recruiter_id:
            merchant.recruiter_id, outcome = recruiter, "updated"
        return merchant, outcome

    def _check_is_district(self, region):
        """Reject a row whose code is a province or a city that has districts: targets count by district (MA-07)."""
        districts = region.child_ids.filtered(lambda part: part.level in ("city", "county"))
        if region.level in ("province", "city") and districts:
            levels = dict(region._fields["level"]._description_selection(self.env))
            message = self.env._(
                "%(region)s (%(code)s) is of the level %(level)s, and a merchant is in a district: write the code of "
                "the level %(wanted)s, such as %(example)s",
                region=region.display_name,
                code=region.code,
                level=levels[region.level],
                wanted=levels["county"],
                example=self._first_district(region),
            )
            raise RowError("地区代码", "region", message)

    def _first_district(self, region) -> str:
        inside = [("parent_path", "=like", f"{region.parent_path}%"), ("level", "=", "county")]
        district = self.env["rural.region"].search(inside, order="code", limit=1)
        return f"{district.code} {district.name}"

    def _check_recruiter_is_there(self, recruiter):
        """Reject a row that gives a merchant to somebody who works here no more (MA-26)."""
        if last_day := recruiter._left_recruiting_on():
            message = self.env._(
                "%(name)s left on %(day)s: name a recruiter who is here, or leave the cell empty",
                name=recruiter.name,
                day=format_date(self.env, last_day),
            )
            raise RowError("招商专员", "recruiter", message)

    def _refuse_type(self, name):
        """Reject a row of a type that is not there."""
        known = ", ".join(dict.fromkeys(record.name for record in self._lookup["types"].values()))
        message = self.env._("“%(name)s” is not one of the types: %(known)s", name=name, known=known)
        raise RowError("商户类型", "type", message)

    def _refuse_recruiter(self, name):
        """Reject a row of somebody who does not recruit here."""
        message = self.env._(
            "nobody here is called “%s”: recruiters are employees of this company with a login, and are written by "
            "name or login. Leave the cell empty, or have the employee set up first",
            name,
        )
        raise RowError("招商专员", "recruiter", message)

    def _refuse_ambiguous(self, heading, name, candidates, way_out):
        """Reject a row that could mean one or the other."""
        raise RowError(
            heading,
            "ambiguous",
            self.env._(
                "“%(name)s” may be %(candidates)s. %(way_out)s",
                name=name,
                candidates=format_list(self.env, candidates, style="or"),
                way_out=way_out,
            ),
        )
