# The monitor as a container: docker build -t postal-dnsbl-monitor . (docs/install-one-host.md)
# Built by BuildKit, docker's default.
# By name and version; a digest pins them for good: --build-arg JAVA_IMAGE=<name>@sha256:<digest>
ARG MAVEN_IMAGE=maven:3.9.11-eclipse-temurin-25
ARG JAVA_IMAGE=eclipse-temurin:25.0.2_10-jre-noble

# what a base brings of a Maven repository is the start of the cache below
FROM ${MAVEN_IMAGE} AS maven
ARG BUILDPLATFORM
ARG TARGETPLATFORM
# an AOT cache that was made under emulation can crash on a real CPU
RUN [ "${BUILDPLATFORM%/v*}" = "${TARGETPLATFORM%/v*}" ] || { \
      echo "build for $TARGETPLATFORM on a machine of that platform, not on $BUILDPLATFORM" >&2; \
      exit 1; \
    }
RUN mkdir -p /root/.m2/repository

# the distribution, its server reduced to the features it needs, and the tests, for the training
FROM maven AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository,from=maven,source=/root/.m2/repository \
    mvn -B -DskipTests -Djacoco.skip=true package \
      dependency:copy-dependencies \
 && mkdir target/training \
 && mv target/classes target/test-classes target/dependency target/training/

# A layer for each part that changes more often than the one before, so that an upgrade pulls
# little. Built again, a layer is the same only if the times of its files and folders are.
RUN cd target/dnsbl-monitor \
 && layer() { \
      mkdir -p "/layers/$1/opt/dnsbl-monitor/${2%/*}" \
       && mv "$2" "/layers/$1/opt/dnsbl-monitor/$2"; \
    } \
 && for path in wlp/[!u]*; do layer liberty "$path"; done \
 && for path in lib/[!d]* wlp/usr/shared/resources/jdbc \
      wlp/usr/servers/dnsbl-monitor/apps/dnsbl-monitor.war/WEB-INF/lib; \
    do layer libraries "$path"; done \
 && mkdir -p /layers/application/opt \
 && mv /build/target/dnsbl-monitor /layers/application/opt/ \
 && find /layers/libraries -type f -exec touch --date=2026-01-01T00:00Z {} + \
 && find /layers -type d -exec touch --date=2026-01-01T00:00Z {} +

FROM ${JAVA_IMAGE} AS distribution
COPY --from=build /layers/liberty/ /
COPY --from=build /layers/libraries/ /
COPY --from=build /layers/application/ /

# Two runs in a test environment, by the very Java that will use what they leave: an AOT cache
# is of one JVM and of these paths. Not as root, which the tests' PostgreSQL refuses, too.
FROM distribution AS training
RUN getent passwd 1000 > /dev/null || useradd --uid 1000 --user-group monitor
WORKDIR /training
COPY --from=build /build/target/training ./
COPY src/main/distribution/schema src/main/distribution/schema
RUN chown 1000:1000 /opt/dnsbl-monitor
USER 1000:1000
RUN java -cp "test-classes:classes:dependency/*" -Ddistribution.directory=/opt/dnsbl-monitor \
      dnsblmonitor.testing.Training

FROM distribution
ARG JAVA_IMAGE
ARG VERSION=unversioned
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Postal DNSBL Monitor" \
      org.opencontainers.image.description="Watches the sending addresses of a Postal mail server on DNS blocklists" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="${JAVA_IMAGE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=training --chown=0:0 /opt/dnsbl-monitor/trained /opt/dnsbl-monitor/trained
# the one folder that has to be writable
WORKDIR /tmp
USER 1000:1000
ENTRYPOINT ["/opt/dnsbl-monitor/bin/dnsbl-monitor"]
CMD ["run"]
