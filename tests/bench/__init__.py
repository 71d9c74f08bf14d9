"""Measurements, not promises of an absolute speed: `make bench`."""
