{
    "name": "Rural Commerce: Payroll Accounting",
    "summary": "Payslips post to accounting: one entry for each batch, an item for each account (MA-28)",
    "version": "19.0.1.0.0",
    "category": "Rural Commerce",
    "license": "AGPL-3",
    "author": "Rural Commerce contributors",
    "depends": ["rural_account", "payroll"],
    "data": [
        "security/ir.model.access.csv",
        "security/rural_payroll_account_security.xml",
        "wizards/rural_payslip_run_post_views.xml",
        "views/hr_salary_rule_views.xml",
        "views/hr_payslip_views.xml",
        "views/hr_payslip_run_views.xml",
        "views/account_move_views.xml",
        "data/rural_home_tile_data.xml",
    ],
}
