{
    "name": "Rural Commerce: Station Portal",
    "summary": "What station partners and area partners see and do on their telephones (ST-11)",
    "version": "19.0.1.0.0",
    "category": "Rural Commerce",
    "author": "Rural Commerce contributors",
    "license": "AGPL-3",
    "depends": ["rural_portal", "rural_station_assessment"],
    "data": [
        "views/portal_frame_templates.xml",
        "views/portal_today_templates.xml",
        "views/portal_area_templates.xml",
    ],
    "demo": ["demo/res_users_demo.xml"],
    "assets": {
        "web.assets_frontend": ["rural_station_portal/static/src/scss/station_portal.scss"],
    },
}
