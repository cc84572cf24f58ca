"""Makes letter-with-trace.png from the demo's output: a paragraph of the letter and the annex entry of one of its figures.

    ./start demo --no-serve && .venv/bin/python docs/images/make.py

Uses the machine's own Chromium, headless, and no network.
"""

import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
LETTER = ROOT / "out" / "west-london" / "open" / "letter.html"
PICTURE = Path(__file__).parent / "letter-with-trace.png"
PARAGRAPH, CLAIM, ENTRY = "p-P-p3", "said-P-P5-of", "figure-P5"
WIDTH, LARGEST = 940, 200_000

KEEP = """
([paragraph, claim, entry]) => {
    const found = [document.querySelector(".banner"), ...[paragraph, entry].map((id) => document.getElementById(id))];
    const [banner, said, behind] = found.map((part) => part.cloneNode(true));
    const mark = "outline: 3px solid #d4351c; outline-offset: 3px; border-radius: 2px";
    said.querySelector("#" + claim).style.cssText = mark;
    behind.style.cssText = mark + "; outline-offset: 12px; margin: 2rem 1rem 1rem";
    const page = document.createElement("main");
    page.style.cssText = "max-width: none; margin: 0; padding: 1.2rem 1.6rem 1.6rem; background: #fff";
    banner.style.marginBottom = "1.4rem";
    page.append(banner, said, behind);
    document.body.replaceChildren(page);
}
"""


def main() -> None:
    """Take the picture, or say what is missing."""
    chromium = shutil.which("chromium")
    if chromium is None or not LETTER.exists():
        sys.exit("This needs Chromium and the demo's output: run ./start demo --no-serve first.")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 800}, device_scale_factor=1.5)
        page.goto(LETTER.as_uri())
        page.evaluate(KEEP, [PARAGRAPH, CLAIM, ENTRY])
        shot = page.locator("main").screenshot()
        browser.close()
    # Text on white needs few colours, and the picture should not weigh on the repository.
    Image.open(BytesIO(shot)).convert("RGB").quantize(48).save(PICTURE, optimize=True)
    size = PICTURE.stat().st_size
    if size > LARGEST:
        sys.exit(f"{PICTURE.name} has {size:,} bytes, more than {LARGEST:,}.")


if __name__ == "__main__":
    main()
