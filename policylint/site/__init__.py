"""A site of what is known: a page for each setting, client, rule, server and source, the documents, and a search.

Files that a browser reads from a folder; no page asks anybody for anything. What the pages say is written by the
handbook, and this room sets it, adds tables, and makes what a browser searches.
"""

from collections.abc import Iterator

from policylint.handbook import written
from policylint.handbook.sources import users_of
from policylint.knowledge import Knowledge
from policylint.site.answers import Answers
from policylint.site.api import api
from policylint.site.changes import feed
from policylint.site.documents import documents
from policylint.site.embedding import embedded
from policylint.site.files import assets
from policylint.site.frame import Frame
from policylint.site.places import Places
from policylint.site.reference import reference
from policylint.site.search import search_data
from policylint.site.settings import settings
from policylint.site.try_it import POLICY
from policylint.site.views import views

__all__ = ["site"]


def site(knowledge: Knowledge, *, tried: bool = False) -> dict[str, str]:
    """Return the text of every file, by its path below the folder of the site.

    With `tried` there is a page on which exports are judged; it needs the files of `try_it` beside it.

    Raises `UsageError` where Jinja2 or markdown-it-py is not installed.
    """
    return dict(_files(knowledge, tried))


def _files(knowledge: Knowledge, tried: bool) -> Iterator[tuple[str, str]]:
    pages = written(knowledge)
    places, answers = Places(knowledge, pages), Answers(knowledge)
    frame = Frame(knowledge, places, tried)
    yield from settings(knowledge, answers, frame)
    yield from reference(pages, users_of(knowledge, pages), frame)
    yield from documents(frame)
    yield from views(knowledge, answers, frame)
    if tried:
        yield frame.page("try", "try-it.html", "Try it", content_policy=POLICY)
    yield "changes.xml", feed(knowledge)
    yield "assets/data.js", search_data(knowledge, answers, frame)
    yield from embedded(knowledge, answers)
    yield from api(knowledge, answers)
    yield from assets()
    # what the pages above lead to in the repository
    yield from frame.files()
