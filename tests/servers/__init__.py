"""Servers for tests, on loopback over real sockets: feeds, Discord and Slack as a bot meets them."""
