"""The process that is measured: the real store, fetcher, poller and gatherer, as they stand in the program."""
