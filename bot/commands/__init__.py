"""What people can ask, the same on every platform: a file per noun, one decorated coroutine per command."""
