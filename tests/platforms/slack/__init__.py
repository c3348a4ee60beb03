"""Tests of Slack: its renderers alone, and the adapter by the real library against the fake over real sockets."""
