"""The names of views, actions, menus and wizards: what is called otherwise is found."""

import pytest
from lxml import etree

from runtime import names

VIEW = '<record id="{}" model="ir.ui.view"><field name="model">rural.due</field>{}</record>'
ACTION = '<record id="{}" model="ir.actions.act_window"><field name="res_model">{}</field></record>'


def complaints_about(record):
    return list(names.complaints_about_record(etree.fromstring(record), {"rural.due.pay"}))


@pytest.mark.parametrize(
    ("record", "complaint"),
    [
        (VIEW.format("due_list", '<field name="arch"><list/></field>'), "view due_list should be view_due_list"),
        (VIEW.format("due", '<field name="inherit_id" ref="x.view_form"/>'), "view due should be view_due_form"),
        (ACTION.format("action_rural_due", "rural.due"), "action action_rural_due should be action_due"),
        (ACTION.format("pay_dues", "rural.due.pay"), "action pay_dues should begin with action_"),
        ('<menuitem id="rural_due_menu"/>', "menu rural_due_menu should be menu_due"),
        ('<record id="due_menu" model="ir.ui.menu"/>', "menu due_menu should be menu_due"),
    ],
)
def test_complaint(record, complaint):
    assert complaints_about(record) == [complaint]


@pytest.mark.parametrize(
    "record",
    [
        VIEW.format("view_due_list_embedded", '<field name="arch"><list/></field>'),
        VIEW.format("other_addon.due", '<field name="arch"><list/></field>'),
        ACTION.format("action_due_open", "rural.due"),
        ACTION.format("action_pay_dues", "rural.due.pay"),
        '<menuitem id="menu_due"/>',
    ],
)
def test_name_without_complaint(record):
    assert complaints_about(record) == []


def test_wizards_and_documents_are_kept_apart(tmp_path):
    source = 'class Pay(models.TransientModel):\n    _name = "rural.due.pay"\n\n\nclass Due(models.Model):\n'
    file = tmp_path / "due.py"
    file.write_text(source + '    _name = "rural.due"\n', encoding="utf-8")
    assert list(names.models_in(file)) == [("rural.due.pay", True, 2), ("rural.due", False, 6)]
