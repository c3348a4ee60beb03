"""The folder that a child process gets on its PYTHONPATH so that it meets the test servers and nothing else."""
