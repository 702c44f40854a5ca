# The image of a release: GoReleaser puts the static binaries beside this file.
#
#	docker run --rm -v "$PWD:/src" ghcr.io/keyvet/keyvet
FROM scratch
ARG TARGETPLATFORM
COPY $TARGETPLATFORM/keyvet /usr/bin/keyvet
WORKDIR /src
ENTRYPOINT ["/usr/bin/keyvet"]
