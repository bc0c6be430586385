from odoo.addons.rural_deposit.tests.common import DepositCase


class PenaltyCase(DepositCase):
    """The deposits' company with a tenant, its deposit, and two violations of parties without an addon of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deputy = cls._new_user("p_deputy", "rural_base.group_operations_manager")
        cls.tenant = cls.env["res.partner"].create({"name": "浏阳市清溪茶业有限公司", "is_company": True})
        cls.violation, cls.warning = cls.env["rural.penalty.violation"].create(
            [
                {"code": "X1", "name": "把配发设备带离园区", "action": "deduction", "amount": 300},
                {"code": "X2", "name": "工位长期空置"},
            ]
        )

    def setUp(self):
        super().setUp()
        tenants = self.env.ref("rural_deposit.purpose_tenant_equipment")
        self.held = self._new_deposit(self.tenant, kind=None, purpose=tenants)
        self.done("collect", 2000, self.held)

    def record(self, violation=None, **vals):
        return (
            self.env["rural.penalty.case"]
            .with_user(self.operations)
            .create(
                {
                    "party_kind": "other",
                    "partner_id": self.tenant.id,
                    "violation_id": (violation or self.violation).id,
                    "occurred_on": "2022-06-20",
                    "description": "门卫登记附后",
                    **vals,
                }
            )
        )

    def hear(self, case):
        case.write({"heard_on": "2022-06-25", "hearing": "承认外借，已归还"})
        case.action_hear()
        return case

    def decided(self, *violation, **measure):
        case = self.hear(self.record(*violation))
        values = {name: case[name] for name in ("action", "amount", "suspension_days")} | measure
        case.with_user(self.director)._decide(*values.values(), "事实清楚")
        return case
