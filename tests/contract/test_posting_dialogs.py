"""Every dialog that posts says on which day its entries fall where the books are locked (SC-14, DP-03).

The dialogs are found by what they inherit, so that a new one needs no line here.
"""

from odoo.tests import Form


def test_every_posting_dialog_says_where_entries_fall_in_locked_books(env):
    env.company.fiscalyear_lock_date = "2022-12-31"
    dialogs = [name for name in env.registry["rural.posting.dialog"]._inherit_children if not env[name]._abstract]
    assert len(dialogs) >= 5
    for name in dialogs:
        dialog = env[name].new({"date": "2022-06-30", "company_id": env.company.id})
        assert dialog.lock_note, name
        dialog.date = "2024-06-30"
        assert not dialog.lock_note, name
        assert "lock_note" in Form(env[name])._view["fields"], name
