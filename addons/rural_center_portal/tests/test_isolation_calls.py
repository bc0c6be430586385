from inspect import isfunction

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tools import mute_logger

from .belongings import CATALOGUES, OWNERS, Belongings
from .common import PortalCase

SEEN_BY = ("own", "sibling", "province", "other_province", "nobody")
#: Methods of the suite that only read, or that answer with a refusal; whatever else a portal user calls must fail.
#: What a center may do by itself, with the checks of the method.
OWN_TO_TAKE = {("own", "rural.penalty.case", "action_accept")}
WRITING = ("create", "write", "unlink", "copy", "web_save", "action_archive")


class TestIsolationCalls(Belongings, PortalCase):
    """Every model and every method as a program would call them, past all pages (SC-20)."""

    def setUp(self):
        super().setUp()
        self.things = self.belongings()
        self.env.flush_all()

    def call(self, who, model, method, *arguments, **named):
        records = self.as_portal(self.env[model], who)
        return call_kw(records, method, list(arguments), named)

    def readable(self):
        """The models of this addon, and of those below it, that a portal user has a list of."""
        this = self.env["ir.module.module"].search([("name", "=", "rural_center_portal")])
        below = {"rural_center_portal", *this.upstream_dependencies(exclude_states=("",)).mapped("name")}
        portal = self.as_portal(self.env["res.users"], "own")
        return [
            name
            for name in sorted(self.env.registry)
            if name.startswith("rural.")
            and self.env[name]._original_module in below
            and not self.env[name]._abstract
            and not self.env[name]._transient
            and portal.env[name].has_access("read")
        ]

    def allowed(self, who):
        centers = {"own": self.lichuan, "sibling": self.tongcheng, "other_province": self.other_province}
        centers["province"] = self.province + self.lichuan + self.tongcheng
        return centers.get(who, self.lichuan[:0])

    def test_sc20_every_list_holds_ones_own_only(self):
        self.assertEqual(set(self.readable()), OWNERS.keys() | CATALOGUES)
        for name, owner in OWNERS.items():
            every = self.env[name].sudo().with_context(active_test=False).search([])
            for who in SEEN_BY:
                found = {row["id"] for row in self.call(who, name, "search_read", [], ["id"])}
                centers = self.allowed(who)
                if owner is None:
                    self.assertEqual(bool(found), bool(centers), (name, who))
                    self.assertLessEqual(set(self.env[name].browse(found).company_id.ids), set(self.company.ids))
                    continue
                expected = {record.id for record in every if owner(record) & centers}
                self.assertEqual(found, expected, (name, who))
                self.assertEqual(self.call(who, name, "search_count", []), len(expected))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.models")
    def test_sc20_nothing_is_read_by_its_id(self):
        for thing in (self.lichuan, *self.things.values()):
            fields = ["display_name"]
            for who in ("sibling", "other_province", "nobody"):
                for method, arguments in (
                    ("read", (thing.ids, fields)),
                    ("web_read", (thing.ids, {"display_name": {}})),
                    ("export_data", (thing.ids, ["id"])),
                ):
                    with self.assertRaises(UserError, msg=(thing, who, method)):
                        self.call(who, thing._name, method, *arguments)
                for method, arguments in (
                    ("search_read", ([("id", "in", thing.ids)], fields)),
                    ("name_search", ("", [("id", "in", thing.ids)])),
                    ("formatted_read_group", ([("id", "in", thing.ids)], [], ["__count"])),
                ):
                    try:
                        rows = self.call(who, thing._name, method, *arguments)
                    except AccessError:
                        continue
                    self.assertFalse([row for row in rows if not isinstance(row, dict) or row.get("__count", 1)])

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.models")
    def test_sc20_nobody_on_the_portal_writes(self):
        things = [thing for thing in self.things.values() if thing._name.startswith("rural.")]
        for thing in (self.lichuan, *things, *self.things["statement_id"].entry_ids[:1]):
            for who in SEEN_BY:
                for method, arguments in (
                    ("write", (thing.ids, {"company_id": self.company.id})),
                    ("unlink", (thing.ids,)),
                    ("copy", (thing.ids,)),
                    ("create", ({"name": "代建"} if "name" in thing else {},)),
                    ("web_save", (thing.ids, {"company_id": self.company.id}, {})),
                ):
                    with self.assertRaises(UserError, msg=(thing, who, method)), self.env.cr.savepoint():
                        self.call(who, thing._name, method, *arguments)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.models", "odoo.sql_db")
    def test_sc20_no_method_changes_anything_for_a_portal_user(self):
        before = self.everything()
        called = 0
        for name in sorted(OWNERS):
            thing = self.as_portal(self.env[name], "own").search([], limit=1)
            for who in SEEN_BY:
                for method in self.methods_of_the_suite(name):
                    if (who, name, method) in OWN_TO_TAKE:
                        continue
                    called += 1
                    try:
                        with self.env.cr.savepoint():
                            self.call(who, name, method, thing.ids)
                            self.env.flush_all()
                    except Exception:  # a refusal of any kind is right here
                        continue
                    self.assertEqual(self.everything(), before, (who, name, method))
        self.assertGreater(called, 100)

    def methods_of_the_suite(self, name):
        """Public methods that the suite adds, and can be called from outside without more arguments."""
        found = {
            method
            for part in type(self.env[name]).mro()
            if part.__module__.startswith("odoo.addons.rural_")
            for method, function in vars(part).items()
            if isfunction(function) and not method.startswith("_") and method not in WRITING
        }
        return sorted(found - {"init"})

    def everything(self):
        """What the database holds of the suite, in short."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT (SELECT md5(string_agg(s::text, '|' ORDER BY s.id)) FROM rural_statement s),
                   (SELECT md5(string_agg(l::text, '|' ORDER BY l.id)) FROM rural_order_line l),
                   (SELECT md5(string_agg(d::text, '|' ORDER BY d.id)) FROM rural_statement_dispute d),
                   (SELECT md5(string_agg(r::text, '|' ORDER BY r.id)) FROM rural_product_recommendation r),
                   (SELECT md5(string_agg(c::text, '|' ORDER BY c.id)) FROM rural_service_center c),
                   (SELECT md5(string_agg(n::text, '|' ORDER BY n.id)) FROM rural_center_notice n),
                   (SELECT md5(string_agg(p::text, '|' ORDER BY p.id)) FROM rural_pool_entry p),
                   (SELECT md5(string_agg(m::text, '|' ORDER BY m.id)) FROM rural_deposit_movement m),
                   (SELECT md5(string_agg(a::text, '|' ORDER BY a.id)) FROM rural_center_agreement a),
                   (SELECT md5(string_agg(t::text, '|' ORDER BY t.id)) FROM rural_center_certificate t),
                   (SELECT md5(string_agg(k::text, '|' ORDER BY k.id)) FROM rural_penalty_case k),
                   (SELECT md5(string_agg(y::text, '|' ORDER BY y.id)) FROM rural_assessment_line y),
                   (SELECT count(*) FROM rural_fee_entry), (SELECT count(*) FROM account_move),
                   (SELECT count(*) FROM mail_message)
            """
        )
        return self.env.cr.fetchone()
