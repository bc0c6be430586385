{
    "name": "Rural Commerce: Station Portal",
    "summary": "What station partners and area partners see and do on their telephones (ST-11)",
    "version": "19.0.1.0.0",
    "category": "Rural Commerce",
    "author": "Rural Commerce contributors",
    "license": "AGPL-3",
    "depends": ["rural_portal", "rural_station_assessment"],
    "data": [
        "security/ir.model.access.csv",
        "security/rural_station_portal_rules.xml",
        "views/rural_station_notice_views.xml",
        "views/portal_frame_templates.xml",
        "views/portal_today_templates.xml",
        "views/portal_area_templates.xml",
        "views/portal_closing_day_templates.xml",
        "views/portal_more_templates.xml",
        "views/portal_notice_templates.xml",
        "views/portal_ranking_templates.xml",
    ],
    "demo": ["demo/res_users_demo.xml", "demo/rural_station_notice_demo.xml"],
    "assets": {
        "web.assets_frontend": [
            "rural_station_portal/static/src/scss/station_portal.scss",
            "rural_station_portal/static/src/js/station_portal.js",
        ],
    },
}
