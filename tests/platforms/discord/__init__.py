"""Tests of Discord: its renderers alone, and the adapter by the real library against the fake over real sockets."""
