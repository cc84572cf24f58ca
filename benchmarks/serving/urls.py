"""The addresses of Caselight, and ``/bare/…/answers``, which signs in, parses and answers, and writes nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path
from ninja import NinjaAPI

from caselight.api.answers import MessageIn, ResultsOut
from caselight.api.callers import Session, Token, caller
from caselight.api.reading import Reader
from caselight.config.urls import urlpatterns as shipped
from caselight.store.audit.actions import as_text

bare = NinjaAPI(urls_namespace="bare", auth=[Token(), Session()], parser=Reader(), docs_url=None, openapi_url=None)


@bare.post("/inspections/{key}/answers", response=ResultsOut, by_alias=True)
def record(request: HttpRequest, key: str, message: MessageIn) -> dict[str, Any]:
    """What a receipt looks like, for events that were parsed and forgotten."""
    who = caller(request)
    events = [item.event(as_text(who.at)) for item in message.events]
    return {
        "results": [
            {
                "op_id": event.op_id,
                "payload_sha256": event.payload_sha256,
                "chain": f"inspection:{key}",
                "chain_index": n,
                "chain_hash": event.payload_sha256,
                "signature": event.payload_sha256 * 2,
                "key_id": event.payload_sha256[:16],
                "evidence_sha256": "",
            }
            for n, event in enumerate(events)
        ]
    }


patterns, app, namespace = bare.urls
for pattern in patterns:
    pattern.callback.login_required = False  # type: ignore[union-attr] # as in the product: the API signs callers in
urlpatterns = [*shipped, path("bare/", (patterns, app, namespace))]
