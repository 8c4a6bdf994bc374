# The app as a container: `docker build -t turnpike .`; with compose.yaml also its worker and the migrations.
FROM node:24-slim AS installed
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci

FROM installed AS built
COPY . .
ENV NEXT_OUTPUT=standalone NEXT_TELEMETRY_DISABLED=1
RUN npm run build

# Runs commands: migrations, worker, doctor, setup.
FROM node:24-slim AS commands
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci --omit=dev
COPY lib ./lib
COPY --from=built /app/prisma ./prisma
USER node
CMD ["npm", "run", "worker"]

FROM node:24-slim AS app
WORKDIR /app
ENV NODE_ENV=production HOSTNAME=0.0.0.0 PORT=3000
COPY --from=built --chown=node:node /app/.next/standalone ./
COPY --from=built --chown=node:node /app/.next/static ./.next/static
COPY --from=built --chown=node:node /app/public ./public
USER node
EXPOSE 3000
HEALTHCHECK CMD node -e "fetch('http://localhost:3000/api/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "server.js"]
