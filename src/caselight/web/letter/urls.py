"""The addresses of this journey."""

from __future__ import annotations

from django.urls import path

from caselight.web.letter import (
    views,
    views_decisions,
    views_files,
    views_finding,
    views_preview,
    views_release,
    views_remarks,
    views_sending,
    views_sentences,
    views_versions,
)

app_name = "letter"
urlpatterns = [
    path("", views.letter, name="letter"),
    path("save", views.save, name="save"),
    path("keep", views.keep, name="keep"),
    path("drop", views.drop, name="drop"),
    path("begin", views.begin, name="begin"),
    path("send", views_sending.send, name="send"),
    path("look", views_preview.look_at, name="look"),
    path("preview", views_preview.preview, name="preview"),
    path("figures", views_finding.figures, name="figures"),
    path("quotations", views_finding.quotations, name="quotations"),
    path("sentences", views_sentences.sentences, name="sentences"),
    path("accept", views_sentences.accept, name="accept"),
    path("decisions", views_decisions.decisions, name="decisions"),
    path("decide", views_decisions.decide, name="decide"),
    path("words", views_decisions.word, name="word"),
    path("publication", views_release.release, name="release"),
    path("publication/propose", views_release.propose, name="propose"),
    path("publication/withdraw", views_release.withdraw, name="withdraw"),
    path("publication/approve", views_release.approve, name="approve"),
    path("publication/send-back", views_release.send_back, name="send-back"),
    path("versions/", views_versions.versions, name="versions"),
    path("versions/<int:n>", views_versions.version, name="version"),
    path("versions/<int:n>/restore", views_versions.restore, name="restore"),
    path("remarks", views_remarks.remarks, name="remarks"),
    path("suggest", views_remarks.suggest, name="suggest"),
    path("comment", views_remarks.comment, name="comment"),
    path("remarks/<int:n>/settle", views_remarks.settle, name="settle"),
    path("files", views_files.files, name="files"),
    path("make", views_files.make, name="make"),
    path("files/<str:kind>/<path:path>", views_files.file, name="file"),
]
