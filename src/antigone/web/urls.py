"""Addresses of the pages."""

from django.urls import path

from antigone.web.pages import account, doing, languages, ledger, lists, log_in, record, style, today

urlpatterns = [
    path("", today.today, name="today"),
    path("log-in/", log_in.password, name="log-in"),
    path("log-in/password/", log_in.own_password, name="own-password"),
    path("log-in/second-factor/", log_in.second_factor, name="second-factor"),
    path("log-in/code/", log_in.code, name="code"),
    path("log-out/", log_in.leave, name="log-out"),
    path("language/", languages.choose, name="language"),
    path("style.css", style.style, name="style"),
    path("go/", lists.go, name="go"),
    path("list/<str:kind>/", lists.listing, name="list"),
    path("record/<str:identifier>/", record.record, name="record"),
    path("do/<str:name>/", doing.do, name="do"),
    path("account/", account.account, name="account"),
    path("ledger/", ledger.ledger, name="ledger"),
]

handler403 = "antigone.web.refusing.not_here"
handler404 = "antigone.web.refusing.not_here"
handler500 = "antigone.web.refusing.failed"
