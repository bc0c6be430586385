from unittest.mock import patch

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestExplanation(TransactionCase):
    """Shared convention "explanation"."""

    def explained(self, result):
        mixin = self.registry["rural.explanation.mixin"]
        record = self.env["rural.explanation.mixin"].new({})
        with patch.object(mixin, "_explain", lambda self: result):
            return record.clause_id, record.parameter, record.explanation

    def test_names_clause_parameter_inputs_and_sentence(self):
        parameter = self.env["rural.parameter"].create({"code": "test.rate", "name": "Rate"})
        version = self.env["rural.parameter.value"].create(
            {"parameter_id": parameter.id, "value": 0.05, "valid_from": "2022-01-01"}
        )
        clause, applied, text = self.explained(
            {
                "clause": "SC-10",
                "parameter": version,
                "inputs": {"Amount": "100.00", "Refund": "20.00"},
                "sentence": "The line earns 4.00.",
            }
        )
        self.assertEqual(clause, self.env.ref("rural_base.clause_sc_10"))
        self.assertEqual(applied, version)
        self.assertEqual(
            text.splitlines(),
            [
                "The line earns 4.00.",
                "Amount: 100.00",
                "Refund: 20.00",
                "Parameter: Rate 0.05 (from 2022-01-01)",
                "Rule: SC-10 Which order lines earn a fee",
            ],
        )

    def test_nothing_to_explain(self):
        clause, applied, text = self.explained({})
        self.assertFalse(clause or applied or text)

    def test_clause_by_code_follows_a_change(self):
        clauses = self.env["rural.clause"]
        self.assertFalse(clauses._by_code("XX-01"))
        clause = clauses.create({"code": "XX-01", "name": "Test"})
        self.assertEqual(clauses._by_code("XX-01"), clause)
        clause.unlink()
        self.assertFalse(clauses._by_code("XX-01"))
