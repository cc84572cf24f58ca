"""The look of charts: sizes in points, colours with their contrast, the font that text is measured and drawn in.

At 640 pixels, the width of the letter's column, one unit is 1.33 pixels, so that text of 9 points is 12 pixels high.
"""

from __future__ import annotations

WIDTH = 480.0
EDGE = 6.0
LABEL_WIDTH = 196.0
BAR_LEFT = 210.0
BAR_RIGHT = 406.0
VALUE_LEFT = 414.0
BAR_HEIGHT = 11.0
LINE = 11.5
ROW_GAP = 7.5
TEXT = 9.0
SMALL_TEXT = 8.0
TITLE_TEXT = 11.0
TITLE_LINE = 14.0

# Contrast on white: ink 16:1, quiet 7:1, good 4.6:1, need 4.6:1; the interval's ink on the bars at least 3:1.
INK = "#1d1d1b"
QUIET = "#505a5f"
GOOD = "#4f83c2"
NEED = "#949494"
TRACK = "#b1b4b6"
PAPER = "#ffffff"

# Measured in the font that the drawing library carries; the others are narrower, so nothing can grow.
FONT_FILE = "fonts/ttf/DejaVuSans{weight}.ttf"
FONT_FAMILY = "'DejaVu Sans', 'Noto Sans', Arial, sans-serif"
