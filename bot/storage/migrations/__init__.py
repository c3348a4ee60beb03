"""The history of the tables; `bot.storage.migrate` runs it."""
