"""The pipeline's verbs over real rooms."""
