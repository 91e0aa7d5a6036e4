-- The two roles and the database of docs/operations.md, "A PostgreSQL of your own", for compose.yaml.
\getenv owner_password CA_OWNER_PASSWORD
\getenv app_password CA_APP_PASSWORD
CREATE ROLE ca_owner LOGIN CREATEDB PASSWORD :'owner_password';
CREATE ROLE ca_app LOGIN PASSWORD :'app_password';
CREATE DATABASE conductatlas OWNER ca_owner TEMPLATE template0 ENCODING 'UTF8'
  LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C';
REVOKE TEMP, CREATE ON DATABASE conductatlas FROM PUBLIC;
-- No superuser comes by the network; its own socket needs no password.
ALTER ROLE CURRENT_USER PASSWORD NULL;
