"""The platforms, one folder each: intake, menu, render, send."""
