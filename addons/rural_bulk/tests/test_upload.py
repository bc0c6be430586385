from io import BytesIO

from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.rural_bulk.wizards import rural_load_wizard

CONTENT = "编码,名称\nA1,甲\n".encode()


@tagged("post_install", "-at_install")
class TestUpload(HttpCase):
    """Files come in as they are, past the limit that Odoo has for requests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_user,rural_base.group_operations"
        cls.operations = new_test_user(cls.env, "u_operations", groups)
        cls.colleague = new_test_user(cls.env, "u_colleague", groups)
        wizards = cls.env["rural.load.wizard"].with_user(cls.operations)
        profile = wizards._fields["profile"]._description_selection(cls.env)
        cls.wizard = wizards.create({"profile": profile[0][0] if profile else False})

    def upload(self, login, content=CONTENT, name="orders.csv"):
        """The answer to somebody who uploads a file."""
        self.authenticate(login, login)
        return self.url_open(
            f"/rural_bulk/upload/{self.wizard.id}",
            data={"csrf_token": Request.csrf_token(self)},
            files={"ufile": (name, BytesIO(content))} if content else None,
        )

    def test_file_is_kept_as_it_is_past_the_limit_for_requests(self):
        self.env["ir.config_parameter"].set_param("web.max_file_upload_size", 10)
        self.assertEqual(self.upload("u_operations").status_code, 200)
        attachment = self.wizard._file()
        self.assertEqual((attachment.raw, attachment.name, attachment.index_content), (CONTENT, "orders.csv", False))

    def test_another_file_takes_its_place(self):
        self.upload("u_operations")
        self.upload("u_operations", b"x", "other.txt")
        self.assertEqual((self.wizard._file().raw, self.wizard._file().index_content), (b"x", False))

    @mute_logger("odoo.http")
    def test_file_for_the_dialog_of_another_person_is_refused(self):
        self.assertEqual(self.upload("u_colleague").status_code, 403)
        with self.assertRaises(AccessError):
            self.wizard.with_user(self.colleague)._keep_file("orders.csv", CONTENT)
        self.assertFalse(self.wizard._file())

    @mute_logger("odoo.http")
    def test_nothing_is_not_a_file(self):
        self.assertEqual(self.upload("u_operations", content=b"").status_code, 400)
        with self.assertRaisesRegex(UserError, "Choose a file first"):
            self.wizard.action_load()

    def test_dialog_knows_the_limit(self):
        self.assertEqual(self.wizard.most_bytes, rural_load_wizard.MOST_BYTES)
