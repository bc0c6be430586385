from odoo.addons.rural_assessment.tests.common import AssessmentCase


class BoardCase(AssessmentCase):
    """The year of the assessment's tests, and people to look at it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.area = cls._new_user("d_area", "rural_base.group_operations")
        cls.hubei = cls._region("420000")
        cls.macro_region = cls.env["rural.macro.region"].create(
            {"name": "试验大区", "manager_id": cls.area.id, "region_ids": [(6, 0, cls.hubei.ids)]}
        )

    def board(self, name, user, **filters):
        board = self.env[f"rural.board.{name}"].with_user(user)
        return board.with_context(allowed_company_ids=self.company.ids).read_board(**filters)

    def figures(self, board):
        return {figure["label"]: figure for figure in board["figures"]}

    def panel(self, board, name):
        return next((panel for panel in board["panels"] if panel["name"] == name), None)

    def behind(self, action, user, domain=None):
        """The records that an action shows."""
        model = self.env[action["res_model"]].with_user(user).with_context(allowed_company_ids=self.company.ids)
        return model.search(action["domain"] if domain is None else domain)
