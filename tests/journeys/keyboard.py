"""Somebody who has only a keyboard: what is pressed goes to what has the focus, which must be seen and never be lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MOST = 250  # presses of Tab after which what was looked for is taken not to be reachable

# Whether the element in focus shows it: by an outline, a shadow or a border of its own, of the mark that is drawn for a
# radio or tick box beside it, or of the frame that it fills.
SEEN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "the body has the focus";
  const shows = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  const label = one.labels?.[0];
  const places = [getComputedStyle(one)];
  if (label && (one.type === "radio" || one.type === "checkbox")) places.push(getComputedStyle(label, "::before"));
  if (places.some(shows)) return "";
  return `nothing shows that ${one.outerHTML.slice(0, 200)} has the focus`;
}"""
OPEN = "document.activeElement && document.activeElement !== document.body"


@dataclass
class Keyboard:
    """The keys of a page."""

    page: Any

    def press(self, *keys: str) -> None:
        """Keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Typed into what has the focus, in place of what stands there."""
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def to(self, wanted: Any, *, back: bool = False) -> None:
        """Tab until ``wanted`` has the focus; on every step the focus is seen."""
        for _ in range(MOST):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            if self.page.evaluate(OPEN):  # between the last and the first the browser's own frame has it
                self.is_seen()
            if self.on(wanted):
                return
        raise AssertionError(f"{wanted} cannot be reached by Tab")

    def on(self, wanted: Any) -> bool:
        """Whether it has the focus."""
        return bool(wanted.count()) and any(
            one.evaluate("one => one === document.activeElement") for one in wanted.all()
        )

    def is_seen(self) -> None:
        """Something has the focus, and shows it."""
        wrong = self.page.evaluate(SEEN)
        assert not wrong, f"{self.page.url}: {wrong}"

    def go(self, wanted: Any, key: str = "Enter") -> None:
        """To a link or button, which is pressed and leads to another page."""
        self.to(wanted)
        with self.page.expect_navigation():
            self.press(key)
