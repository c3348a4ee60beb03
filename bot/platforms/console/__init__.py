"""The terminal as a platform: cards above, a prompt below that takes the same commands as the chats."""
