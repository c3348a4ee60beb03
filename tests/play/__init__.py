"""The sample week on both platforms, printed as the conversation that people would see."""
