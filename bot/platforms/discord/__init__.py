"""Discord: the bot's account there, its slash commands, and the messages it posts, edits and finds again."""
