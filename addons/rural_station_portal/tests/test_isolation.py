import re
from itertools import product

from odoo.exceptions import AccessError, UserError
from odoo.http import _generate_routing_rules
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .belongings import SECRETS, belongings
from .common import StationPageCase

#: What a number or word in an address can be besides a record.
OTHER_ARGUMENTS = {
    "number": (1, 2),
    "kind": ("buying", "bill"),
    "way": ("in", "out"),
    "space": ("station", "area"),
    "month": ("2026-01",),
}
ARGUMENT = re.compile(r"<(?:[^<>:]*:)?(\w+)>")
STRANGERS = ("sibling", "other_area", "nobody", "public")
STRANGE = ("'", "%", "\\", "[('id','>',0)]", "<script>alert(1)</script>", "9" * 40, "0001-01", "9999-12")
#: Written by everybody whose page shows something: that it was read.
WRITTEN = ("rural.notice.receipt",)


@tagged("post_install", "-at_install")
class TestIsolation(StationPageCase):
    """Every page and every list, as everybody, with the id of everything that is somebody else's (ST-11)."""

    def setUp(self):
        super().setUp()
        self.things = belongings(self)
        self.env.flush_all()

    def routes(self):
        """Every address below /my/station and /my/area, filled in with what belongs to one station."""
        found = []
        for route, endpoint in _generate_routing_rules(list(self.registry._init_modules), nodb_only=False):
            if not route.startswith(("/my/station", "/my/area", "/my/<any(station,area)")):
                continue
            names = ARGUMENT.findall(route)
            unknown = set(names) - self.things.keys() - OTHER_ARGUMENTS.keys()
            self.assertFalse(unknown, f"{route}: say in belongings() what {unknown} is")
            for values in product(*(OTHER_ARGUMENTS.get(name) or self.things[name].ids for name in names)):
                given = iter(values)
                path = ARGUMENT.sub(lambda _match, given=given: str(next(given)), route)
                is_of_a_thing = not self.things.keys().isdisjoint(names)
                methods = endpoint.routing["methods"] or ["GET"]
                found += [(path, method, is_of_a_thing) for method in methods if endpoint.routing["type"] == "http"]
        self.assertGreater(len(found), 30)
        return found

    def answer(self, path, method):
        if method == "POST":
            values = {"reason": "代人", "state": "handed_over", "code": "1", "note": "代人", "item": "代人"}
            return self.send(path, station=self.station.id, **values)
        return self.page(path)

    def state_of_things(self):
        """What a stranger must not change, from the database."""
        self.env.flush_all()
        self.env.invalidate_all()
        return (
            self.things["entry_id"].read(["state", "item", "villager", "amount", "step_ids"]),
            self.things["days_id"].read(["state"]),
            self.things["problem_id"].read(["state", "attachment_ids"]),
            self.things["exit_id"].read(["state"]),
            self.things["notice_id"].receipt_ids.ids,
            self.station.entry_ids.ids,
            self.station.closing_day_ids.ids,
            self.env["rural.station.cash.count"].search_count([("station_id", "=", self.station.id)]),
            self.env["rural.station.report"].search_count([("station_id", "=", self.station.id)]),
        )

    @mute_logger("odoo.http")
    def test_st11_no_page_shows_a_stranger_anything(self):
        before = self.state_of_things()
        for who in STRANGERS:
            self.log_in(who)
            for path, method, is_of_a_thing in self.routes():
                response = self.answer(path, method)
                if is_of_a_thing or who == "nobody" or method == "POST":
                    expected = (303, 404) if who == "public" else (404,)
                else:
                    expected = (200, 303, 404)
                if path.endswith(".js"):
                    expected = (200,)
                self.assertIn(response.status_code, expected, (who, method, path))
                for secret in SECRETS:
                    self.assertNotIn(secret.encode(), response.content, (who, method, path))
            self.assertEqual(self.state_of_things(), before, who)

    @mute_logger("odoo.http")
    def test_st11_the_own_partner_sees_every_page(self):
        self.log_in("own")
        for path, method, _is_of_a_thing in self.routes():
            if method == "GET" and path.startswith("/my/station") and not path.endswith("/photo"):
                self.assertIn(self.page(path).status_code, (200, 303), path)
        self.log_in("area")
        before = self.state_of_things()
        for path, method, _is_of_a_thing in self.routes():
            # The photo of a report has one handler for both; the area partner sees it on the own pages too.
            if path.startswith("/my/station") and "/problems/" not in path and not path.endswith("/photo"):
                self.assertEqual(self.answer(path, method).status_code, 404, (method, path))
        self.assertEqual(self.state_of_things(), before)

    @mute_logger("odoo.http")
    def test_st11_guessed_ids_find_nothing(self):
        self.log_in("own")
        for number in (0, 2**31 - 1, 2**31, 10**30):
            for kind in ("ledger", "notices"):
                self.assertEqual(self.page(f"/my/station/{kind}/{number}").status_code, 404, (kind, number))
            self.assertEqual(self.page("/my/area", area=number or "0").status_code, 404)

    @mute_logger("odoo.http")
    def test_st11_strange_arguments_do_no_harm(self):
        self.log_in("own")
        for path in ("", "/ledger", "/parcels", "/parcels/in", "/ranking", "/closing", "/notices", "/cash"):
            for value in STRANGE:
                names = ("search", "kind", "show", "month", "done", "last", "first", "reason")
                response = self.page(f"/my/station{path}", **dict.fromkeys(names, value))
                self.assertEqual(response.status_code, 200, (path, value))
                self.assertNotIn("<script>alert(1)</script>", response.text)

    @mute_logger("odoo.http")
    def test_st11_forms_need_their_token(self):
        self.log_in("own")
        for path in ("ledger/new/bill", "closing", "cash", f"ledger/{self.things['entry_id'].id}/void"):
            response = self.url_open(f"/my/station/{path}", data={"item": "x", "reason": "x"}, allow_redirects=False)
            self.assertEqual(response.status_code, 400, path)

    # ------------------------------------------------------------------
    # Past all pages
    # ------------------------------------------------------------------

    def readable(self):
        """The models of stations that a portal user has a list of."""
        portal = self.as_portal(self.env["res.users"], "own")
        names = [name for name in sorted(self.env.registry) if name.startswith("rural.station")]
        models = [self.env[name] for name in names if not self.env[name]._abstract and not self.env[name]._transient]
        return [model._name for model in models if portal.env[model._name].has_access("read")]

    def test_st11_every_list_holds_ones_own_only(self):
        names = self.readable()
        self.assertIn("rural.station.entry", names)
        self.assertIn("rural.station.agreement", names)
        for name in names:
            found = {
                who: set(self.as_portal(self.env[name], who).search([]).ids)
                for who in ("own", "sibling", "other_area", "nobody")
            }
            every = self.env[name].sudo().with_context(active_test=False).search([("id", "in", list(found["own"]))])
            if "station_id" not in every and name != "rural.station":
                continue
            own = every if name == "rural.station" else every.filtered(lambda each: each.station_id == self.station)
            self.assertTrue(own or name not in [thing._name for thing in self.things.values()], name)
            for who in ("sibling", "other_area", "nobody"):
                self.assertFalse(found[who] & set(own.ids), (name, who))
            self.assertEqual(every, own if name != "rural.station" else self.station, name)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.models")
    def test_st11_nobody_on_the_portal_writes(self):
        for name in [*self.readable(), *WRITTEN]:
            record = self.env[name].sudo().search([], limit=1)
            for who in self.users:
                for method, arguments in (
                    ("write", (record.ids, {"company_id": self.company.id})),
                    ("unlink", (record.ids,)),
                    ("create", ({"name": "代建"},)),
                ):
                    if (name, method) == ("rural.station.closing.day", "create"):
                        continue  # asked for by the partner, decided by somebody else (ST-05)
                    if not record and method != "create":
                        continue
                    with self.assertRaises(UserError, msg=(name, who, method)), self.env.cr.savepoint():
                        call_kw(self.as_portal(self.env[name], who), method, list(arguments), {})

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.models")
    def test_st12_a_villager_is_seen_by_the_station_and_its_area_only(self):
        entry = self.things["entry_id"]
        for who in ("own", "area"):
            self.assertEqual(self.as_portal(entry, who).read(["villager"])[0]["villager"], "机密村民", who)
        for who in ("sibling", "other_area", "nobody"):
            with self.assertRaises(AccessError, msg=who):
                self.as_portal(entry, who).read(["villager"])
        for who in self.users:
            with self.assertRaises(AccessError, msg=who):
                self.as_portal(entry, who).read(["pickup_code"])
