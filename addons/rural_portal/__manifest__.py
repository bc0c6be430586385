{
    "name": "Rural Commerce: Portal Pages",
    "summary": "What the portals of centers and stations have in common: lists, messages, files, notices with receipts",
    "version": "19.0.1.0.0",
    "category": "Rural Commerce",
    "author": "Rural Commerce contributors",
    "license": "AGPL-3",
    "depends": ["rural_base", "portal"],
    "data": [
        "security/ir.model.access.csv",
        "security/rural_portal_rules.xml",
        "views/portal_list_templates.xml",
        "views/public_form_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "rural_portal/static/src/public_form.js",
            "rural_portal/static/src/public_form.scss",
        ],
    },
}
