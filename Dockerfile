# syntax=docker/dockerfile:1
ARG NODE=node:24.11-alpine3.22

FROM ${NODE} AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund

FROM ${NODE}
WORKDIR /work
COPY --from=build /src/bin /opt/stagewright/bin
COPY --from=build /src/dist /opt/stagewright/dist
COPY --from=build /src/package.json /src/LICENSE /opt/stagewright/
USER node
ENTRYPOINT ["node", "/opt/stagewright/bin/stagewright.js"]
