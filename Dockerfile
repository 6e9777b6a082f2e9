# The command in an empty image: `docker build -t live-rewards .`
#
#     docker run --rm -p 127.0.0.1:8300-8303:8300-8303 live-rewards
#
# runs the emulator: xiaoe on 8300, polyv on 8301, yxt on 8302, its management port on 8303. Its credentials are public, so publish
# the ports on loopback only. The ready line says 127.0.0.1, as the container sees itself: for other containers tell it its name,
#
#     docker run --rm --network NETWORK --name emulator live-rewards emulate --host 0.0.0.0 --port 8300 --announce emulator
#
# Callbacks go to loopback and are ordered from there, so none can be ordered from outside.
#
# `docker stop` sends SIGTERM, upon which it answers what is under way and ends with 0; Ctrl-C ends it with 130.

FROM rust:1.95-alpine AS build
# The base image's release decides the versions; Alpine drops old ones, so pins would break.
# hadolint ignore=DL3018
RUN apk add --no-cache build-base linux-headers
WORKDIR /source
COPY . .
# Alpine's Rust links statically against musl.
RUN cargo build --release --locked --package live-rewards-cli --bin live-rewards

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY LICENSE-APACHE LICENSE-MIT /licenses/
COPY --from=build /source/target/release/live-rewards /live-rewards
# Nobody, by number: the image has no users.
USER 65532:65532
EXPOSE 8300-8303
ENTRYPOINT ["/live-rewards"]
# In a container loopback is the container itself.
CMD ["emulate", "--host", "0.0.0.0", "--port", "8300"]
