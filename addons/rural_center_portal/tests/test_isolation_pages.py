import re
from itertools import product

from odoo.http import _generate_routing_rules
from odoo.tests import tagged
from odoo.tools import mute_logger

from .belongings import Belongings
from .common import PortalPageCase

#: What a number or word in an address can be besides a record.
OTHER_ARGUMENTS = {"number": (1, 2), "form": ("pdf", "xlsx")}
ARGUMENT = re.compile(r"<(?:[^<>]*:)?(\w+)>")
ELSEWHERE = (303, 404)
STRANGERS = ("sibling", "other_province", "nobody", "public")
#: What nobody enters who means well; the months are the first and the last of the calendar.
STRANGE = ("'", "%", "\\", "[('id','>',0)]", "<script>alert(1)</script>", "9" * 40, "0001-01", "9999-12")


@tagged("post_install", "-at_install")
class TestIsolationPages(Belongings, PortalPageCase):
    """Every page of the portal, as everybody, with the id of everything that is somebody else's (SC-20)."""

    def setUp(self):
        super().setUp()
        self.things = self.belongings()

    def routes(self):
        """Every address below /my/center with its methods, filled in with the belongings of one center."""
        found = []
        for route, endpoint in _generate_routing_rules(list(self.registry._init_modules), nodb_only=False):
            if not route.startswith("/my/center"):
                continue
            names = ARGUMENT.findall(route)
            unknown = set(names) - self.things.keys() - OTHER_ARGUMENTS.keys()
            self.assertFalse(unknown, f"{route}: say in belongings() what {unknown} is")
            for values in product(*(OTHER_ARGUMENTS.get(name) or self.things[name].ids for name in names)):
                given = iter(values)
                path = ARGUMENT.sub(lambda _match, given=given: str(next(given)), route)
                is_of_a_thing = not self.things.keys().isdisjoint(names)
                found += [(path, method, is_of_a_thing) for method in endpoint.routing["methods"] or ["GET"]]
        self.assertGreater(len(found), 20)
        return found

    def answer(self, path, method):
        if method == "POST":
            return self.send(path, text="代人填写", reason="代人填写", product_name="代人填写")
        return self.page(path)

    def state_of_things(self):
        """What a stranger must not change, from the database."""
        self.env.flush_all()
        self.env.invalidate_all()
        statement, recommendation = self.things["statement_id"], self.things["recommendation_id"]
        return (
            statement.read(["state", "agreed_at", "agreed_by_id", "dispute_ids"]),
            recommendation.read(["state", "product_name"]),
            self.things["case_id"].read(["state", "appeal_reason", "accepted_on"]),
            self.env["rural.product.recommendation"].search_count([]),
            self.things["notice_id"].reader_ids.ids,
        )

    @mute_logger("odoo.http")
    def test_sc20_no_page_shows_a_stranger_anything(self):
        before = self.state_of_things()
        for who in STRANGERS:
            self.log_in(who)
            for path, method, is_of_a_thing in self.routes():
                response = self.answer(path, method)
                expected = (303,) if who == "public" else ELSEWHERE if is_of_a_thing or who == "nobody" else (200, 303)
                self.assertIn(response.status_code, expected, (who, method, path))
                for secret in self.secrets:
                    self.assertNotIn(secret.encode(), response.content, (who, method, path))
            own = before[3] + self.env["rural.product.recommendation"].search_count([("product_name", "=", "代人填写")])
            now = self.state_of_things()
            self.assertEqual((now[:3], now[4]), (before[:3], before[4]), who)
            self.assertEqual(now[3], own)

    @mute_logger("odoo.http")
    def test_sc20_the_province_looks_on_and_the_center_itself_acts(self):
        before = self.state_of_things()
        self.log_in("province")
        for path, method, _is_of_a_thing in self.routes():
            if method == "GET":
                self.assertEqual(self.answer(path, method).status_code, 200, path)
        seen = self.state_of_things()
        self.assertEqual(seen[:4], before[:4])
        for path, method, is_of_a_thing in self.routes():
            if method == "POST" and is_of_a_thing:
                response = self.answer(path, method)
                self.assertIn(response.status_code, (200, 405), path)
                self.assertEqual(self.state_of_things()[:4], before[:4], path)
        self.log_in("own")
        for path, method, _is_of_a_thing in self.routes():
            if method == "GET":
                self.assertEqual(self.answer(path, method).status_code, 200, path)

    @mute_logger("odoo.http")
    def test_sc20_a_child_does_not_see_the_center_above_it(self):
        self.log_in("own")
        above = self.statements(center=self.province).filtered(lambda statement: statement.state == "confirmed")
        line = self.line("PROVINCE1")
        for path in (
            f"/my/center/statements/{above.id}",
            f"/my/center/statements/{above.id}/pdf",
            f"/my/center/orders/{line.id}",
        ):
            self.assertEqual(self.page(path).status_code, 404, path)
        for path in ("/my/center", "/my/center/orders", "/my/center/statements"):
            text = self.page(path, center=self.province.id, month="all").text
            self.assertNotIn("PROVINCE1", text)
            self.assertNotIn(self.province.name, text)

    @mute_logger("odoo.http")
    def test_sc20_guessed_ids_find_nothing(self):
        self.log_in("own")
        for number in (0, 2**31 - 1, 2**31, 10**30):
            for kind in ("orders", "statements", "recommendations", "notices"):
                self.assertEqual(self.page(f"/my/center/{kind}/{number}").status_code, 404, (kind, number))

    @mute_logger("odoo.http")
    def test_sc20_strange_arguments_do_no_harm(self):
        self.log_in("own")
        for path in ("/my/center", *(f"/my/center/{kind}" for kind in ("orders", "pool", "statements", "notices"))):
            for value in STRANGE:
                names = ("search", "sort", "kind", "month", "center", "state", "done")
                response = self.page(path, **dict.fromkeys(names, value))
                self.assertEqual(response.status_code, 200, (path, value))
                self.assertNotIn("<script>alert(1)</script>", response.text)

    @mute_logger("odoo.http")
    def test_sc20_forms_need_their_token(self):
        self.log_in("own")
        statement = self.things["statement_id"]
        response = self.url_open(
            f"/my/center/statements/{statement.id}/agree", data={"text": "x"}, allow_redirects=False
        )
        self.assertEqual(response.status_code, 400)
        self.assertFalse(statement.agreed_at)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_actions_report", "odoo.addons.web.controllers.report")
    def test_sc20_no_way_round_by_odoos_own_pages(self):
        statement = self.things["statement_id"]
        internal = self.env["ir.attachment"].create(
            {"name": "内部.txt", "raw": b"secret file", "res_model": statement._name, "res_id": statement.id}
        )
        statement.with_user(self.officer).message_post(body="给利川的留言", subtype_xmlid="mail.mt_comment")
        paths = [
            f"/report/{form}/rural_settlement.{report}/{statement.id}"
            for form, report in (("html", "report_statement"), ("pdf", "report_statement"), ("xlsx", "statement_xlsx"))
        ]
        paths += [f"/web/content/{attachment.id}" for attachment in internal | self.things["picture_id"]]
        paths += [f"/web/content/rural.center.notice/{self.things['notice_id'].id}/body"]
        for who in STRANGERS:
            self.log_in(who)
            for path in paths:
                response = self.page(path)
                self.assertNotEqual((response.status_code, bool(response.content)), (200, True), (who, path))
                for secret in self.secrets:
                    self.assertNotIn(secret.encode(), response.content, (who, path))
            thread = {"thread_model": statement._name, "thread_id": statement.id, "fetch_params": {"limit": 30}}
            answer = self.opener.post(
                f"{self.base_url()}/mail/thread/messages", json={"jsonrpc": "2.0", "method": "call", "params": thread}
            )
            messages = self.env["mail.message"].browse(answer.json().get("result", {}).get("messages"))
            self.assertNotIn((statement._name, statement.id), [(each.model, each.res_id) for each in messages])
            self.assertNotIn("给利川的留言", answer.text)
