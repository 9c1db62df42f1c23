#!/bin/sh
# Two roles: the owner migrates, the application works. Run once, when the database is made.
set -eu
psql --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres \
  --set=owner="$SAMSKAP_OWNER_PASSWORD" --set=app="$SAMSKAP_APP_PASSWORD" <<'SQL'
CREATE ROLE samskap_owner LOGIN PASSWORD :'owner';
CREATE ROLE samskap_app LOGIN PASSWORD :'app';
GRANT samskap_app TO samskap_owner;
CREATE DATABASE samskap OWNER samskap_owner;
REVOKE ALL ON DATABASE samskap FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE samskap TO samskap_app;
SQL
