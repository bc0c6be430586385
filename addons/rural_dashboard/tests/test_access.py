from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import BoardCase


@tagged("post_install", "-at_install")
class TestAccess(BoardCase):
    """Who may look at what."""

    def setUp(self):
        super().setUp()
        self._load_year()

    def test_each_role_has_its_boards(self):
        for name, allowed, refused in (
            ("operator", (self.officer, self.manager, self.operations, self.accountant), ()),
            ("area", (self.area, self.operations, self.director), (self.officer, self.accountant)),
        ):
            for user in allowed:
                self.assertTrue(self.board(name, user)["figures"], (name, user.login))
            for user in refused:
                with self.assertRaises(AccessError):
                    self.board(name, user)

    def test_nobody_else_sees_a_board(self):
        clerk = self._new_user("d_clerk", "base.group_user")
        portal = new_test_user(self.env, "d_portal", "base.group_portal")
        for user in (clerk, portal):
            for name in ("operator", "area"):
                with self.assertRaises(AccessError):
                    self.env[f"rural.board.{name}"].with_user(user).read_board()
            with self.assertRaises(AccessError):
                self.env["rural.turnover"].with_user(user).search([])

    def test_what_a_role_may_not_read_is_not_on_its_board(self):
        board = self.board("operator", self.operations)
        self.assertNotIn("Statements Not Yet Paid", self.figures(board))
        self.assertIsNone(self.panel(board, "statements"))
        self.assertIsNotNone(self.panel(self.board("operator", self.officer), "statements"))

    def test_another_company_counts_for_nothing(self):
        other = self._new_company("别家运营商")
        stranger = self._new_user("d_stranger", "rural_base.group_settlement_manager", other)
        turnover = self.env["rural.turnover"].with_user(stranger).with_context(allowed_company_ids=other.ids)
        self.assertFalse(turnover.search([]))
        self.assertFalse(turnover.search([("id", "=", self.line("E1").id)]))

    def test_the_analysis_is_for_reading(self):
        line = self.env["rural.turnover"].with_user(self.manager).browse(self.line("E1").id)
        for change in (lambda: line.write({"turnover": 1}), line.unlink):
            with self.assertRaises(AccessError):
                change()
