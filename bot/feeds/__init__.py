"""HTTP and XML: what is fetched, through which guard, and how a document becomes entries."""
