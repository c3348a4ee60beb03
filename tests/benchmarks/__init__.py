"""Tests of the benchmarks: that they work and count right."""
