-- Run once by the database's image, on an empty volume. Odoo's role owns its database and nothing else;
-- the superuser keeps no password, so nobody reaches it over the network.
\set ON_ERROR_STOP on
\getenv password POSTGRES_PASSWORD
CREATE ROLE odoo LOGIN PASSWORD :'password';
ALTER ROLE CURRENT_USER PASSWORD NULL;
-- The collation that Odoo gives to databases of its own making: its indexes serve searches by prefix.
CREATE DATABASE rural OWNER odoo TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C';
\connect rural
CREATE EXTENSION pg_trgm;
