{
    "name": "Rural Commerce: Data Loading",
    "summary": "Load big CSV and XLSX files: checked, counted, corrected, never twice",
    "version": "19.0.1.0.0",
    "category": "Rural Commerce",
    "author": "Rural Commerce contributors",
    "license": "AGPL-3",
    "depends": ["rural_base", "queue_job"],
    "external_dependencies": {"python": ["python-calamine", "xlsxwriter"]},
    "data": [
        "security/ir.model.access.csv",
        "security/rural_bulk_security.xml",
        "data/queue_job_data.xml",
        "views/rural_load_run_views.xml",
        "views/rural_load_issue_views.xml",
        "wizards/rural_load_wizard_views.xml",
    ],
    "assets": {"web.assets_backend": ["rural_bulk/static/src/**/*"]},
}
