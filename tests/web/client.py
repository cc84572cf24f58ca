"""A client that looks at pages as a person would, and audits every one that it fetches.

    seeded()
    client = PageClient("lead")
    page = client.open("/inspections/testshire/")
    page = client.send("/inspections/new", {"title": ""})   # follows where it leads
    assert page.errors == ["Enter the title."]

A page that breaks a rule of ``tests.web.auditing`` fails the test, whatever the test is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.test import Client
from lxml import html
from tests.web.auditing import faults, words

from caselight.store.accounts.models import User

BACKEND = "caselight.config.signing_in.Backend"


class Page:
    """An answer, read."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status: int = response.status_code

    @cached_property
    def tree(self) -> Any:
        """The HTML."""
        return html.document_fromstring(self.response.content.decode("utf-8"))

    @property
    def url(self) -> str:
        """The address that the page was found at, after redirects."""
        chain = getattr(self.response, "redirect_chain", [])
        return str(chain[-1][0]) if chain else str(self.response.request["PATH_INFO"])

    @property
    def h1(self) -> str:
        """The page's heading."""
        return words(self.tree.xpath("//h1")[0])

    @property
    def text(self) -> str:
        """What ``main`` says, with single spaces."""
        return words(self.tree.xpath("//main")[0])

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        return self.texts("//*[contains(@class, 'govuk-error-summary__list')]/li")

    @property
    def done(self) -> list[str]:
        """What was reported as done."""
        return self.texts("//*[contains(@class, 'govuk-notification-banner--success')]//p")

    @property
    def links(self) -> dict[str, str]:
        """Addresses by the words of their links."""
        return {words(link): link.get("href") for link in self.tree.xpath("//a[@href]")}

    @property
    def buttons(self) -> list[str]:
        """The words on the buttons of ``main``."""
        return self.texts("//main//button")

    def find(self, xpath: str, **variables: Any) -> list[Any]:
        """The elements at an XPath."""
        return list(self.tree.xpath(xpath, **variables))

    def texts(self, xpath: str) -> list[str]:
        """The texts of the elements at an XPath."""
        return [words(element) for element in self.find(xpath)]

    def fields(self, form: int = 0) -> dict[str, Any]:
        """What a form of ``main`` would send as it stands, by name; several values as a list."""
        found: dict[str, Any] = {}
        for name, value in self.find("//main//form")[form].form_values():
            found[name] = (
                [*([found[name]] if not isinstance(found[name], list) else found[name]), value]
                if name in found
                else value
            )
        return found

    def table(self, name: str | None = None) -> list[dict[str, str]]:
        """The rows of a table (by its name, else the first) by the words of its head."""
        table = self.find("//table[@id=$id]" if name else "//table", id=f"{name}-table")[0]
        head = [words(cell) for cell in table.xpath("./thead//th")]
        return [
            dict(zip(head, [words(cell) for cell in row.xpath("./td | ./th")], strict=False))
            for row in table.xpath("./tbody/tr")
        ]


class PageClient(Client):
    """Django's client, signed in as somebody of the cast (or nobody)."""

    def __init__(self, who: str = "", **defaults: Any) -> None:
        super().__init__(**defaults)
        if who:
            self.force_login(User.objects.get(key=who), backend=BACKEND)

    def request(self, **request: Any) -> Any:
        """Every page of HTML is audited."""
        response = super().request(**request)
        if (
            response.headers.get("Content-Type", "").startswith("text/html")
            and not response.streaming
            and response.content
        ):
            broken = faults(response.content)
            assert not broken, f"{request.get('PATH_INFO')}: {'; '.join(broken)}"
        return response

    def open(self, path: str, query: Mapping[str, Any] | None = None, *, status: int = 200) -> Page:
        """The page at an address, which must answer with the status."""
        response = self.get(path, query or {})
        assert response.status_code == status, (path, response.status_code, response.headers.get("Location"))
        return Page(response)

    def send(self, path: str, data: Mapping[str, Any] | None = None, *, status: int = 200, follow: bool = True) -> Page:
        """What comes of sending a form; after a redirect, the page that it leads to."""
        response = self.post(path, dict(data or {}), follow=follow)
        assert response.status_code == status, (path, response.status_code, response.headers.get("Location"))
        return Page(response)
