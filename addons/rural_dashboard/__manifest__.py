{
    "name": "Rural Commerce: Dashboards",
    "summary": "A board for the operator and one for each area manager, and the analysis of turnover behind them",
    "version": "19.0.1.0.0",
    "category": "Rural Commerce",
    "license": "AGPL-3",
    "author": "Rural Commerce contributors",
    "depends": ["rural_assessment", "rural_station_ledger"],
    "data": [
        "security/ir.model.access.csv",
        "security/rural_dashboard_security.xml",
        "views/rural_turnover_views.xml",
        "views/rural_board_views.xml",
        "views/rural_dashboard_menus.xml",
    ],
    "assets": {"web.assets_backend": ["rural_dashboard/static/src/**/*"]},
}
