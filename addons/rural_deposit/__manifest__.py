{
    "name": "Rural Commerce: Deposits",
    "summary": "Deposits of centers, stations and tenants, their movements and their entries (DP-01 to DP-05)",
    "version": "19.0.1.0.0",
    "category": "Rural Commerce",
    "license": "AGPL-3",
    "author": "Rural Commerce contributors",
    "depends": ["rural_base", "account", "l10n_cn"],
    "data": [
        "security/ir.model.access.csv",
        "security/rural_deposit_security.xml",
        "data/ir_sequence_data.xml",
        "data/rural_parameter_data.xml",
        "data/rural_deposit_purpose_data.xml",
    ],
    "demo": [],
}
