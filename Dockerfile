# The site behind granian, as a user without rights. Postgres is a service of its own.
FROM python:3.12-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.txt .
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --quiet --no-deps --only-binary :all: --require-hashes -r requirements.txt

FROM python:3.12-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin prepsite \
 && install -d -o prepsite -g prepsite -m 0700 /data
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/prepsite
COPY . .
# Needs no database and no secret that outlives this line.
RUN SECRET_KEY=build DATABASE_URL=postgres://nobody@localhost/nothing \
    python manage.py collectstatic --no-input -v0 \
 && python -m compileall -q -x '/(tests|tools)/' .

ENV PREPSITE_ENV=production PREPSITE_DATA_DIR=/data \
    GRANIAN_INTERFACE=wsgi GRANIAN_HOST=0.0.0.0 GRANIAN_PORT=8000 GRANIAN_WEBSOCKETS=false \
    GRANIAN_WORKERS=2 GRANIAN_BLOCKING_THREADS=1 \
    GRANIAN_RESPAWN_FAILED_WORKERS=true GRANIAN_WORKERS_KILL_TIMEOUT=10 GRANIAN_LOG_LEVEL=warning
USER prepsite
VOLUME /data
EXPOSE 8000
# Asks under a name the site answers to, past the redirect to https.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s \
  CMD ["python", "-m", "prepsite.healthcheck"]
# `prepare` takes turns by a lock in the database, so several containers may start at once.
CMD ["sh", "-c", "python manage.py prepare --changed && exec granian prepsite.wsgi:application"]
