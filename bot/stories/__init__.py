"""Which articles tell of one event, what is new in it, what came before, and its summary."""
