{
    "name": "Rural Commerce: Books",
    "summary": "What addons that post share: accounts and journals, entries that know what made them, workbooks",
    "version": "19.0.1.0.0",
    "category": "Rural Commerce",
    "license": "AGPL-3",
    "author": "Rural Commerce contributors",
    "depends": ["rural_base", "account", "l10n_cn", "report_xlsx"],
    "data": [
        "security/rural_account_rules.xml",
        "views/account_move_views.xml",
        "views/account_payment_views.xml",
        "views/rural_account_menus.xml",
    ],
}
