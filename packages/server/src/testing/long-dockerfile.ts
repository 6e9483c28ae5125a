/** A Dockerfile of 500 lines with what real ones have: stages, long scripts, variables, heredocs, comments, and some findings. */
export function longDockerfile(): string {
  const stages = Array.from({ length: 20 }, (_, index) => stage(index));
  return `${["# syntax=docker/dockerfile:1", "ARG DEBIAN=13", "ARG NODE=22", ...stages.flat()].slice(0, 500).join("\n")}\n`;
}

const stage = (index: number): string[] => [
  "",
  `# Stage ${index}`,
  index === 0
    ? "FROM debian:${DEBIAN} AS stage0"
    : `FROM ${index % 3 === 0 ? "node:${NODE}" : `stage${index - 1}`} AS stage${index}`,
  "ARG TARGETARCH",
  `ENV APP_HOME=/srv/app${index} LANG=C.UTF-8`,
  "WORKDIR ${APP_HOME}",
  "RUN apt-get update \\",
  "    && apt-get install -y --no-install-recommends \\",
  "        build-essential \\",
  "        ca-certificates \\",
  "        curl \\",
  "    && rm -rf /var/lib/apt/lists/*",
  `RUN curl -fsSL "https://example.com/install-${index}-$TARGETARCH.sh" | sh -s -- /opt`,
  "COPY --chown=app:app package.json package-lock.json ./",
  "RUN --mount=type=cache,target=/root/.npm npm ci",
  "RUN <<EOF",
  "set -e",
  `for name in a b c; do echo "$name ${index}" >> list.txt; done`,
  "EOF",
  "COPY . .",
  index === 0 ? "RUN make" : `COPY --from=stage${index - 1} /srv/app${index - 1}/dist ./vendor`,
  "RUN cd /srv && make all",
  `LABEL org.example.stage="${index}"`,
  "EXPOSE 8080",
  "USER app",
  'CMD ["node", "server.js"]',
];
