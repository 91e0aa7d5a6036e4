"""The evidence log: an append-only Merkle tree of what was recorded, whose signed roots others can hold against it."""
