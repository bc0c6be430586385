{
    "name": "Rural Commerce: Portal Pages",
    "summary": "What the portals of centers and stations have in common: lists, messages, files, notices with receipts",
    "version": "19.0.1.0.0",
    "category": "Rural Commerce",
    "author": "Rural Commerce contributors",
    "license": "AGPL-3",
    "depends": ["rural_base", "portal"],
    "data": ["views/portal_list_templates.xml"],
}
