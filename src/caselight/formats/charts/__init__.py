"""One chart per theme as SVG. The only room that imports matplotlib, and only while it draws (stack.md, section 6)."""
