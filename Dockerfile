FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY scripts/prepare.js scripts/build.js scripts/
RUN npm ci
COPY tsconfig.json ./
COPY src src
RUN npm run build && npm prune --omit=dev

FROM node:22-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates git \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/lib lib
COPY package.json app.yml ./
COPY schemas schemas
ENV NODE_ENV=production
# Kubernetes checks runAsNonRoot against a number only; 1000 is the image's user node.
USER 1000
EXPOSE 3000
ENTRYPOINT ["node", "lib/cli/main.js"]
CMD ["serve"]
