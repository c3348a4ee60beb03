# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
WORKDIR /src
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/topicwire
# With what draws the pictures of trends and digests; `--build-arg LOCK=requirements.lock` leaves it out, some 150 MB.
ARG LOCK=requirements-charts.lock
# Dependencies first: this layer is rebuilt only when the lock changes.
COPY requirements.lock requirements-charts.lock ./
RUN /opt/topicwire/bin/pip install --quiet --require-hashes -r "$LOCK"
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY config config
# The build backend and pip have no work in the image that runs.
RUN /opt/topicwire/bin/pip install --quiet --no-deps --no-build-isolation . \
 && /opt/topicwire/bin/pip uninstall --quiet --yes hatchling editables trove-classifiers pathspec pluggy tomlkit pip

FROM python:3.13-slim
# Chinese, Japanese and Korean headlines in pictures.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends fonts-wqy-microhei \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data --create-home topicwire
COPY --from=build /opt/topicwire /opt/topicwire
ENV PATH=/opt/topicwire/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    TOPICWIRE_DATABASE=/data/topicwire.db \
    TOPICWIRE_WEB__BIND=127.0.0.1:8420
USER topicwire
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
# Asked from inside, so the page may stay on loopback; the port is read from where the bot reads it.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['TOPICWIRE_WEB__BIND'].rpartition(':')[2] + '/healthz', timeout=4)"]
ENTRYPOINT ["topicwire"]
CMD ["run"]
