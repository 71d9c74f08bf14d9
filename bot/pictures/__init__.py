"""Pictures of facts: drawn as SVG in one design, and rendered as PNG outside the program's own threads."""
