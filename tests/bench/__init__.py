"""Benchmarks: `make bench` prints the figures of docs/measurements.md again."""
