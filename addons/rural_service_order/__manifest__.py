{
    "name": "Rural Commerce: Service-Code Orders",
    "summary": "Platform orders, which service center earns on which line, and why not",
    "version": "19.0.1.0.0",
    "category": "Rural Commerce",
    "author": "Rural Commerce contributors",
    "license": "AGPL-3",
    "depends": ["rural_product_pool", "rural_service_center"],
    "data": [
        "security/ir.model.access.csv",
        "security/rural_service_order_security.xml",
        "views/rural_order_line_views.xml",
        "views/rural_line_review_views.xml",
        "views/rural_line_acceptance_views.xml",
        "views/rural_service_order_menus.xml",
        "data/rural_home_tile_data.xml",
    ],
    "demo": ["demo/rural_order_demo.xml"],
}
