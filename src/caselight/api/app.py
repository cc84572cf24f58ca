"""The API as one thing: its routers, how callers sign in, how refusals look. Described by ``/api/openapi.json``."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI

import caselight
from caselight.api import answers, frameworks, inspections
from caselight.api.callers import Session, Token
from caselight.api.problems import explain_refusals
from caselight.api.reading import Reader

PROBLEM: dict[str, Any] = {
    "description": "A refusal: problem details (RFC 9457) with every fault's code, cause and cure.",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail", "faults"],
                "properties": {
                    "type": {"type": "string", "pattern": "^urn:caselight:fault:"},
                    "title": {"type": "string"},
                    "status": {"type": "integer", "minimum": 400, "maximum": 599},
                    "detail": {"type": "string"},
                    "faults": {
                        "type": "array",
                        "minItems": 1,
                        "items": {"type": "object", "required": ["code", "where", "says", "cure", "severity"]},
                    },
                },
            }
        }
    },
}


class Described(NinjaAPI):
    """An API whose description also says what each refusal looks like."""

    def get_openapi_schema(self, **how: Any) -> Any:
        """The description, with the refusals of every operation."""
        described = super().get_openapi_schema(**how)
        for path in described["paths"].values():
            for operation in path.values():
                operation["responses"] |= {"4XX": PROBLEM, "503": PROBLEM}
        return described


api = Described(
    title="Caselight",
    version=caselight.__version__,
    urls_namespace="api",
    auth=[Token(), Session()],
    parser=Reader(),
    docs_url=None,  # its page would fetch scripts from elsewhere
)
explain_refusals(api)
api.add_router("", answers.router)
api.add_router("", inspections.router)
api.add_router("", frameworks.router)


def urls() -> tuple[list[Any], str, str]:
    """The addresses of the API; it signs callers in itself, so the middleware that asks for a session lets them by."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        pattern.callback.login_required = False  # type: ignore[union-attr] # each is a view, by Ninja's making
    return patterns, app, namespace
