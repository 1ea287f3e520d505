# Builds Roster and copies it into a small Debian image: docker build --tag roster .
FROM swift:6.3-bookworm AS build
RUN apt-get update \
  && apt-get install --yes --no-install-recommends libcmark-gfm-dev libcmark-gfm-extensions-dev libssl-dev make pkg-config python3 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN make build && Packaging/stage .build/release/roster /staged

FROM debian:bookworm-slim
# Roster reads histories and reviews branches with git.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends git libgcc-s1 libstdc++6 \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --create-home --uid 1000 roster \
  && git config --system --add safe.directory '*'
COPY --from=build /staged /usr/local
USER roster
WORKDIR /work
EXPOSE 8000
ENTRYPOINT ["roster"]
CMD ["--help"]
