"""Chat platforms: a folder each with adapter, rendering and bindings."""
