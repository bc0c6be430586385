{
    "name": "Rural Commerce: Service Centers",
    "summary": "Regional service centers, their permanent codes and cross-region reports (SC-01, SC-06, SC-11)",
    "version": "19.0.1.0.0",
    "category": "Rural Commerce",
    "author": "Rural Commerce contributors",
    "license": "AGPL-3",
    "depends": ["rural_base", "rural_bulk", "mail"],
    "data": [
        "security/ir.model.access.csv",
        "security/rural_service_center_security.xml",
        "wizards/rural_report_decision_views.xml",
        "views/rural_service_center_views.xml",
        "views/rural_cross_region_report_views.xml",
        "views/rural_purchaser_views.xml",
        "views/rural_service_center_menus.xml",
        "data/rural_home_tile_data.xml",
    ],
    "demo": [
        "demo/rural_service_center_demo.xml",
        "demo/rural_center_period_demo.xml",
        "demo/rural_cross_region_report_demo.xml",
    ],
}
