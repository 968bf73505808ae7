"""Measures the release build as people meet it: `make bench`."""
