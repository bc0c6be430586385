{
    "name": "Rural Commerce: Inspections of Stations",
    "summary": "Inspections of village stations by their area partners, counted month by month (ST-06)",
    "version": "19.0.1.0.0",
    "category": "Rural Commerce",
    "author": "Rural Commerce contributors",
    "license": "AGPL-3",
    "depends": ["rural_station_ledger"],
    "data": [
        "security/ir.model.access.csv",
        "security/rural_station_assessment_rules.xml",
        "data/rural_parameter_data.xml",
        "views/rural_station_inspection_views.xml",
        "views/rural_station_assessment_menus.xml",
        "data/rural_home_tile_data.xml",
    ],
    "demo": ["demo/rural_station_assessment_demo.xml"],
}
