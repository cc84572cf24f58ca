"""What tests of pages share: a browser, where they ask for one."""

from tests.journeys.browser import chromium, page_as, site

__all__ = ["chromium", "page_as", "site"]
