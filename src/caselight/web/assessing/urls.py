"""The addresses of this journey."""

from __future__ import annotations

from django.urls import URLPattern, path

from caselight.web.assessing import (
    views,
    views_beside,
    views_concerns,
    views_decisions,
    views_messages,
    views_saving,
    views_steps,
    views_unlocking,
)

app_name = "assessing"
OF = "<str:kind>/<str:subject>/"
urlpatterns: list[URLPattern] = [
    path("", views.cases, name="cases"),
    path("next", views.next_case, name="next-case"),
    path("sharing", views_beside.sharing, name="sharing"),
    path("not-accepted/", views_messages.waiting, name="messages"),
    path("not-accepted/<int:message>/", views_messages.one, name="message"),
    path("not-accepted/<int:message>/record", views_messages.record, name="record-message"),
    path("not-accepted/<int:message>/set-aside", views_messages.leave, name="leave-message"),
    path("decisions/", views_decisions.waiting, name="decisions"),
    path("decisions/decide", views_decisions.decide, name="decide"),
    path("decisions/agree", views_decisions.agree, name="agree"),
    path(OF, views.case, name="case"),
    path(f"{OF}next", views.next_question, name="next"),
    path(f"{OF}colleagues", views.colleagues, name="colleagues"),
    path(f"{OF}answer", views_saving.answer, name="answer"),
    path(f"{OF}resolve", views_saving.resolve, name="resolve"),
    path(f"{OF}finish", views_steps.finish, name="finish"),
    path(f"{OF}complete", views_steps.complete, name="complete"),
    path(f"{OF}sign", views_steps.sign, name="sign"),
    path(f"{OF}countersign", views_steps.countersign, name="countersign"),
    path(f"{OF}reopen", views_steps.reopen, name="reopen"),
    path(f"{OF}unlock", views_unlocking.unlock, name="unlock"),
    path(f"{OF}unlock/allow", views_unlocking.allow, name="allow-unlock"),
    path(f"{OF}unlock/second", views_unlocking.second, name="second-unlock"),
    path(f"{OF}unlock/refuse", views_unlocking.refuse, name="refuse-unlock"),
    path(f"{OF}history", views_unlocking.history, name="history"),
    path(f"{OF}urgent", views_concerns.concerns, name="urgent"),
    path(f"{OF}urgent/<str:concern>", views_concerns.step, name="concern"),
    path(f"{OF}who", views_beside.who, name="who"),
    path(f"{OF}present", views_beside.present, name="present"),
    path(f"{OF}print", views_beside.printed, name="print"),
    path(f"{OF}typing", views_beside.typing, name="typing"),
]
