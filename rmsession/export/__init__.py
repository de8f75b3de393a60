"""A record in, a document out."""
