{
    "name": "Rural Commerce: Product Pool",
    "summary": "Suppliers' products with dated service fee rates (SC-08)",
    "version": "19.0.1.0.0",
    "category": "Rural Commerce",
    "author": "Rural Commerce contributors",
    "license": "AGPL-3",
    "depends": ["rural_bulk"],
    "data": [
        "security/ir.model.access.csv",
        "security/rural_product_pool_security.xml",
        "wizards/rural_pool_entry_change_views.xml",
        "views/rural_pool_entry_views.xml",
        "views/rural_product_views.xml",
        "views/res_partner_views.xml",
        "views/rural_product_pool_menus.xml",
        "data/rural_home_tile_data.xml",
    ],
    "demo": [
        "demo/res_partner_demo.xml",
        "demo/rural_product_demo.xml",
        "demo/rural_pool_entry_demo.xml",
    ],
}
