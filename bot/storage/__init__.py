"""The only SQL: tables, engines, one file per noun, search and migrations."""
