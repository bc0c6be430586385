from odoo.tests import TransactionCase, tagged

from odoo.addons.rural_base.tests.common import run_examples

from .. import region_names, rules


@tagged("post_install", "-at_install")
class TestRegionNames(TransactionCase):
    """Which region a person means (SC-02)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.regions = cls.env["rural.region"]

    def meant(self, text):
        return self.regions._recognise(text).mapped("display_name")

    def test_examples_in_the_docstrings(self):
        run_examples(self, region_names, rules)

    def test_sc02_with_and_without_what_a_name_ends_in(self):
        for texts, name in (
            (("利川市", "利川", " 利 川 "), "湖北省恩施土家族苗族自治州利川市"),
            (("湖北省", "湖北"), "湖北省"),
            (("恩施土家族苗族自治州", "恩施州"), "湖北省恩施土家族苗族自治州"),
            (("内蒙古自治区", "内蒙古"), "内蒙古自治区"),
            (("长阳土家族自治县", "长阳县", "长阳"), "湖北省宜昌市长阳土家族自治县"),
            (("神农架林区", "神农架"), "湖北省神农架林区"),
            (("浦东新区", "浦东"), "上海市浦东新区"),
            (("和县",), "安徽省马鞍山市和县"),
            (("嘉峪关市", "嘉峪关"), "甘肃省嘉峪关市"),
        ):
            for text in texts:
                with self.subTest(text=text):
                    self.assertEqual(self.meant(text), [name])

    def test_sc02_the_regions_above_decide_between_namesakes(self):
        for text, name in (
            ("南京鼓楼区", "江苏省南京市鼓楼区"),
            ("福建省 鼓楼区", "福建省福州市鼓楼区"),
            ("北京朝阳", "北京市朝阳区"),
            ("长春市朝阳区", "吉林省长春市朝阳区"),
            ("湖北恩施市", "湖北省恩施土家族苗族自治州恩施市"),
        ):
            with self.subTest(text=text):
                self.assertEqual(self.meant(text), [name])

    def test_sc02_a_name_in_full_goes_before_a_short_one(self):
        self.assertEqual(self.meant("朝阳市"), ["辽宁省朝阳市"])
        self.assertEqual(self.meant("吉林市"), ["吉林省吉林市"])

    def test_sc02_ambiguous_names_give_every_region_that_may_be_meant(self):
        self.assertEqual(len(self.meant("鼓楼区")), 4)
        self.assertEqual(
            set(self.meant("朝阳")),
            {"北京市朝阳区", "辽宁省朝阳市", "辽宁省朝阳市朝阳县", "吉林省长春市朝阳区"},
        )
        self.assertEqual(set(self.meant("恩施")), {"湖北省恩施土家族苗族自治州", "湖北省恩施土家族苗族自治州恩施市"})
        for text in ("鼓楼区", "朝阳", "恩施"):
            self.assertFalse(self.regions._chosen_by_name(text))

    def test_sc02_what_is_no_region_gives_none(self):
        for text in ("", "县", "市辖区", "湖南利川市", "利川市柏杨坝镇", "随便写写", None, "%"):
            with self.subTest(text=text):
                self.assertFalse(self.meant(text))

    def test_sc02_every_region_is_recognised_by_its_full_name(self):
        province = self.regions.search([("code", "=", "420000")])
        for region in self.regions.search([("id", "child_of", province.id), ("level", "!=", "township")]):
            if region.name not in ("市辖区", "省直辖县级行政区划"):
                with self.subTest(region=region.display_name):
                    self.assertEqual(self.regions._recognise(region.display_name), region)
