"""What the scripts share: how this repository gets an Odoo to run in.

Only Python's standard library is used here, since the virtual environment is
one of the things this package makes. One idea per module:

``project``      where things lie in the repository
``messages``     how the scripts speak, and how they give up
``progress``     signs of life from long work
``cache``        the folder for everything slow, and its locks
``debian``       packages from Debian, installed or only unpacked
``odoo_tree``    Odoo's source
``environment``  the virtual environment
``postgres``     the database server
``odoo_config``  the configuration file Odoo reads
``processes``    programs that are started, and signals meant for them
``prepared``     all of the above, ready for use
``addons``       which addon stands on which
``database``     templates, and copies of them
``odoo_log``     warnings and errors in a log
``layout``       how XML and JavaScript are laid out
``translations`` what is not yet translated
``lock``         makes the lock files of Python packages
"""
