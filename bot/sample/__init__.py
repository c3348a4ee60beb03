"""The sample news affair and its loopback feed server."""
