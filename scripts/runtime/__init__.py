"""What the scripts share: how this repository gets an Odoo to run in.

Only Python's standard library is used here, since the virtual environment is
one of the things this package makes. One idea per module:

``project``      where things lie in the repository
``messages``     how the scripts speak, and how they give up
``cache``        the folder for everything slow, and its locks
``debian``       packages from Debian, installed or only unpacked
``odoo_tree``    Odoo's source
``environment``  the virtual environment
``postgres``     the database server
``odoo_config``  the configuration file Odoo reads
``prepared``     all of the above, ready for use
"""
