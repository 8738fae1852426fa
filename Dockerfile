# Curewatch in a container: the packages it runs on, its sources, and nothing to build, since Node 24 reads TypeScript.
FROM node:24-slim AS packages
WORKDIR /curewatch
COPY package.json package-lock.json ./
# No install script is needed: the one there is would bring a second Node.
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-slim
WORKDIR /curewatch
ENV NODE_ENV=production CUREWATCH_HOST=0.0.0.0
COPY --from=packages /curewatch/node_modules ./node_modules
COPY package.json LICENSE ./
COPY examples ./examples
COPY adapters ./adapters
COPY src ./src
# A register file, where there is no database server, and what Node keeps for the next start.
RUN mkdir -p data backups node_modules/.cache/curewatch && chown node:node data backups node_modules/.cache/curewatch
USER node
EXPOSE 3978
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3978/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "--v8-pool-size=1", "src/app/start.js", "main"]
