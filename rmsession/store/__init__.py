"""Where records lie: the TinyDB files, the memory store, the derived index."""
