"""What tests of journeys share."""

from tests.journeys.browser import chromium, page_as, site

__all__ = ["chromium", "page_as", "site"]
