"""Tests of the webhooks, over real sockets."""
