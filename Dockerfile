# The site in a container: alone, with its own PostgreSQL in /app/var, or as compose.yaml runs it.
# docs/operations.md, "In a container". scripts/as-in-docker tries these steps where there is no Docker.

FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv .venv && .venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
# git reads archives for import_collection. The uid is fixed, so that volumes keep their owner.
RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /app atlas
WORKDIR /app
# Inside, every address; what is published decides who reaches it. SITE_URL is what readers type.
ENV PATH=/app/.venv/bin:$PATH HOST=0.0.0.0 PORT=8000 SITE_URL=http://127.0.0.1:8000
COPY --from=packages /app/.venv .venv
COPY . .
RUN mkdir var && chown atlas: var
# By number, so that a cluster can see that it is not root.
USER 10001
# With a key and a database named, none are made: the image holds no secret.
RUN SECRET_KEY=unused DATABASE_URL=postgresql:///unused DJANGO_SETTINGS_MODULE=conductatlas.settings python -c \
    "import django; django.setup(); from conductatlas.serve.static import collect_if_changed as c; c()"
VOLUME /app/var
# The first start makes tables and the demonstration. No curl here, and http.client asks no proxy.
HEALTHCHECK --start-period=5m --interval=10s --timeout=5s CMD python -c "import http.client, os; \
    site = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT'])); site.request('GET', '/healthz'); \
    raise SystemExit(site.getresponse().status != 200)"
CMD ["python", "-m", "conductatlas.serve"]
