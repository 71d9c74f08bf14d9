# docker build -t studybuddy .   then   docker run -it -v studybuddy:/data studybuddy chat
# compose.yaml shows how to run it on a server. All Python packages are pinned by hash in requirements/; the base image and
# pg_dump are not pinned.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements/build.lock requirements/runtime.lock requirements/
RUN pip install --no-deps --require-hashes -r requirements/build.lock \
 && python -m venv --without-pip /opt/studybuddy \
 && pip --python /opt/studybuddy/bin/python install --no-deps --require-hashes -r requirements/runtime.lock
COPY pyproject.toml README.md LICENSE ./
COPY roadmap roadmap
COPY migrations migrations
COPY bot bot
RUN python -m hatchling build -t wheel -d dist \
 && pip --python /opt/studybuddy/bin/python install --no-index --no-deps dist/*.whl

FROM python:3.13-slim
# pg_dump makes the backup before the schema of a PostgreSQL database is migrated.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --user-group --home-dir /data --no-create-home --shell /usr/sbin/nologin studybuddy \
 && install --directory --owner studybuddy --group studybuddy /data
COPY --from=build /opt/studybuddy /opt/studybuddy
ENV PATH=/opt/studybuddy/bin:$PATH \
    HOME=/data \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STUDYBUDDY_DATABASE_URL=sqlite:////data/studybuddy.db
USER studybuddy
# The program writes only here (database, backups, exports), so the root file system may be read-only.
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=5m --timeout=30s --start-period=30s --retries=3 CMD ["studybuddy", "doctor"]
ENTRYPOINT ["studybuddy"]
CMD ["run"]
