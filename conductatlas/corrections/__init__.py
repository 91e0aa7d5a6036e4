"""Reports of errors and replies: what they are about, how they are taken, settled and shown."""
