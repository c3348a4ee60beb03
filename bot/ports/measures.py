"""What the program counts and times, for `/metrics`: every name that a dashboard or an alert rule may rely on.

Counters begin anew with each start; what is kept (the outbox, the file) is read from the store when it is asked for.
"""

from __future__ import annotations

from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

# The instant at which each series began doubles their number and is asked for by nobody.
disable_created_metrics()  # type: ignore[no-untyped-call]
MEASURES = CollectorRegistry()
_SHORT = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_LONG = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)

POLLS = Counter("topicwire_polls", "Polls by outcome word.", ["outcome"], registry=MEASURES)
FETCH_SECONDS = Histogram(
    "topicwire_fetch_seconds", "How long fetches of feeds took, redirects included.", registry=MEASURES, buckets=_LONG
)
PARSE_SECONDS = Histogram(
    "topicwire_parse_seconds",
    "How long documents waited for a worker and were parsed.",
    registry=MEASURES,
    buckets=_SHORT,
)
ARTICLES = Counter("topicwire_articles", "New articles.", registry=MEASURES)
MATCHES = Counter("topicwire_matches", "Articles that reached a topic.", ["topic"], registry=MEASURES)
STORIES = Counter("topicwire_stories", "Stories that began.", registry=MEASURES)
ALERTS = Counter("topicwire_alerts", "Alerts that were decided.", registry=MEASURES)
GATHER_SECONDS = Histogram(
    "topicwire_gather_seconds", "How long batches of articles took to gather.", registry=MEASURES, buckets=_LONG
)
DELIVERIES = Counter(
    "topicwire_deliveries", "Tries to deliver, by platform and outcome.", ["platform", "outcome"], registry=MEASURES
)
LOOP_LAG_SECONDS = Histogram(
    "topicwire_event_loop_lag_seconds", "How late the event loop woke up.", registry=MEASURES, buckets=_SHORT
)
LOOPS_DOWN = Gauge("topicwire_loops_down", "Loops that failed and wait to begin again.", registry=MEASURES)
PENDING = Gauge("topicwire_deliveries_pending", "Deliveries that are open.", ["platform"], registry=MEASURES)
OLDEST_PENDING_SECONDS = Gauge(
    "topicwire_oldest_pending_seconds", "How old the oldest open delivery is; 0 where none is.", registry=MEASURES
)
UNGATHERED = Gauge("topicwire_articles_ungathered", "Articles that wait to be gathered.", registry=MEASURES)
FEEDS_FAILING = Gauge("topicwire_feeds_failing", "Feeds whose last poll failed.", registry=MEASURES)
FEEDS = Gauge("topicwire_feeds", "Feeds that are polled.", registry=MEASURES)
DATABASE_BYTES = Gauge("topicwire_database_bytes", "Size of the database's file and its log.", registry=MEASURES)
DISK_FREE_BYTES = Gauge("topicwire_disk_free_bytes", "Room left where the database lies.", registry=MEASURES)


class timed:  # noqa: N801 - it reads as a statement; a generator would cost each fetch three times as much
    """Observe how long a block takes, however it ends."""

    __slots__ = ("_began", "_histogram")

    def __init__(self, histogram: Histogram) -> None:
        self._histogram = histogram

    def __enter__(self) -> None:
        self._began = perf_counter()

    def __exit__(self, *_: object) -> None:
        self._histogram.observe(perf_counter() - self._began)
