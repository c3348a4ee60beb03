"""Other programs that poll feeds, run over the same rounds: each where it is installed, else it is told as absent."""
