"""The optional endpoint for machine-made summaries."""
