from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.rural_bulk import copying
from odoo.addons.rural_bulk.copying import CopySpool, CopyStream

TAKEN = SQL.identifier("taken")
PLAIN = [[str(number) for number in range(5000)], ["普通"] * 5000]
SPECIAL = [("5000", "5001"), ("a\tb\nc\rd\\e\\.f", "")]


@tagged("post_install", "-at_install")
class TestCopying(TransactionCase):
    def setUp(self):
        super().setUp()
        self.env.cr.execute("CREATE TEMPORARY TABLE taken (number integer, text text) ON COMMIT DROP")

    def assert_taken(self):
        self.env.cr.execute("SELECT count(*) FILTER (WHERE text = '普通'), sum(number) FROM taken")
        self.assertEqual(self.env.cr.fetchone(), (5000, sum(range(5002))))
        self.env.cr.execute("SELECT text FROM taken WHERE number >= 5000 ORDER BY number")
        self.assertEqual(self.env.cr.fetchall(), [("a\tb\nc\rd\\e\\.f",), (None,)])

    def test_stream(self):
        self.patch(copying, "COPY_BYTES", 1000)
        CopyStream([PLAIN, [[], []], SPECIAL]).copy(self.env.cr, TAKEN, ("number", "text"))
        self.assert_taken()

    def test_stream_raises_what_its_batches_raise(self):
        def batches():
            yield PLAIN
            raise KeyError("broken")

        with self.assertRaisesRegex(KeyError, "broken"), self.env.cr.savepoint():
            CopyStream(batches()).copy(self.env.cr, TAKEN, ("number", "text"))
        self.env.cr.execute("SELECT count(*) FROM taken")
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_spool_in_memory_and_on_disk(self):
        for spool_bytes in (1, copying.SPOOL_BYTES):
            self.patch(copying, "SPOOL_BYTES", spool_bytes)
            spool = CopySpool()
            self.addCleanup(spool.close)
            self.assertFalse(spool)
            for columns in (PLAIN, [[], []], SPECIAL):
                spool.add(columns)
            self.assertTrue(spool)
            spool.copy(self.env.cr, TAKEN, ("number", "text"))
            self.assert_taken()
            self.env.cr.execute("TRUNCATE taken")
