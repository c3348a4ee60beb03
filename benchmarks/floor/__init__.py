"""The floor under the flow: the least that Python can do with the same feeds in the same minutes."""
