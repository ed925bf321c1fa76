import type { FastifyInstance } from "fastify";
import { Gauge, Histogram, Registry } from "prom-client";
import { z } from "zod";
import type { Database } from "#app/database.ts";
import { connectionsInUse, databaseAnswers, postingsOnRecord } from "#app/health.ts";

const unitOfSeconds = 1e9;

/** `/healthz` says whether the database answers; `/metrics` is for Prometheus. */
export function operationRoutes(app: FastifyInstance, db: Database, version: string): void {
  const health = z.object({ status: z.enum(["ok", "no-database"]), version: z.string() }).meta({ id: "Health" });
  app.route({
    method: "GET",
    url: "/healthz",
    schema: {
      tags: ["operation"],
      summary: "Whether the program and its database answer",
      response: { 200: health, 503: health },
    },
    handler: async (_, reply) => {
      const answered = await databaseAnswers(db);
      void reply.header("cache-control", "no-store");
      return answered ? { status: "ok", version } : reply.code(503).send({ status: "no-database", version });
    },
  });
  const registry = metricsOf(app, db, version);
  app.route({
    method: "GET",
    url: "/metrics",
    schema: {
      tags: ["operation"],
      summary: "Measurements in the Prometheus text format",
      response: { 200: z.string() },
    },
    handler: async (_, reply) =>
      reply
        .type(registry.contentType)
        .header("cache-control", "no-store")
        .serializer(String)
        .send(await registry.metrics()),
  });
}

function metricsOf(app: FastifyInstance, db: Database, version: string): Registry {
  const registers = [new Registry()];
  const registry = registers[0] ?? new Registry();
  const durations = new Histogram({
    name: "mainstay_http_request_duration_seconds",
    help: "How long requests took, by route",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  new Gauge({ name: "mainstay_info", help: "The version that runs", labelNames: ["version"], registers }).set(
    { version },
    1,
  );
  new Gauge({
    name: "mainstay_database_connections",
    help: "Connections to the database, and callers waiting for one",
    labelNames: ["state"],
    registers,
    collect() {
      for (const [state, value] of Object.entries(connectionsInUse(db))) this.set({ state }, value);
    },
  });
  new Gauge({
    name: "mainstay_postings",
    help: "Postings on record, as of the database's last look at the table",
    registers,
    async collect() {
      this.set(await countPostings(db));
    },
  });
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    durations.observe(
      { method: request.method, route, status: reply.statusCode },
      (reply.elapsedTime * 1e6) / unitOfSeconds,
    );
  });
  return registry;
}

const recount = 15_000;
const counted = new WeakMap<Database, { at: number; postings: number }>();

/** Counting takes a while on a large record, so a count is good for some seconds. */
async function countPostings(db: Database): Promise<number> {
  const last = counted.get(db);
  if (last !== undefined && performance.now() - last.at < recount) return last.postings;
  const postings = await postingsOnRecord(db);
  if (postings === undefined) return Number.NaN;
  counted.set(db, { at: performance.now(), postings });
  return postings;
}
