# One program and the files that browsers load. The database, the mail server and TLS are outside: see compose.yaml.

FROM node:22-bookworm-slim AS packages
WORKDIR /source
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund

FROM rust:1.95-bookworm AS build
# wasm-opt, which makes the browser's half small, is a program for node.
COPY --from=packages /usr/local/bin/node /usr/local/bin/node
WORKDIR /source
RUN rustup target add wasm32-unknown-unknown
COPY . .
COPY --from=packages /source/node_modules node_modules
RUN cargo run --locked --package xtask -- site
# What this build is called, such as its commit: `--build-arg PLINTH_RELEASE="$(git rev-parse --short HEAD)"`. Reports of problems say it.
ARG PLINTH_RELEASE=""
# View types are erased in debug builds only.
RUN RUSTFLAGS="" cargo build --locked --release --package server --no-default-features

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/plinth --create-home plinth
COPY --from=build /source/target/release/plinth /usr/local/bin/plinth
COPY --from=build /source/target/site /usr/share/plinth/site
ENV PLINTH_ENV=production \
    PLINTH_ADDRESS=0.0.0.0:3000 \
    PLINTH_DATA_DIR=/var/lib/plinth \
    PLINTH_SITE_DIR=/usr/share/plinth/site
USER plinth
WORKDIR /var/lib/plinth
EXPOSE 3000
STOPSIGNAL SIGTERM
# No HEALTHCHECK: only `serve` with pages listens, so that whoever starts one asks /readyz, as compose.yaml does.
ENTRYPOINT ["plinth"]
CMD ["serve"]
