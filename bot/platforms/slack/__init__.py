"""Slack: Socket Mode in, the Web API out; adapter, rendering and bindings."""
