"""Where reviewers work: the queue of open questions, and the page on which a claim is judged."""

from django.urls import URLPattern, path

from archive.pages.review import judging, queue

urlpatterns: list[URLPattern] = [
    path("review/", queue.queue, name="review"),
    path("claims/<int:number>/verdict/", judging.judge, name="claim-verdict"),
    path("verdicts/<int:number>/withdraw/", judging.take_back, name="verdict-withdraw"),
]
