"""The only SQL: engine, tables, one file per noun, search, migrations."""
