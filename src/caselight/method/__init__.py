"""The method: plain Python that an inspector could check against the handbook.

Standard library and pydantic only. Nothing here reads a file, asks the time or draws at random: every
function takes values and gives values. See ``docs/adr/0001-five-floors.md``.
"""
