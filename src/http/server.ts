import { randomUUID } from "node:crypto";
import { constants } from "node:zlib";
import compress from "@fastify/compress";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyInstance } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { Database } from "#app/database.ts";
import { openPlanDesk } from "#app/planning/desk.ts";
import { tagAnswers } from "./etag.ts";
import { guardWriting, isLoopback } from "./guard.ts";
import { describeApi, openApiRoute } from "./openapi.ts";
import { operationRoutes } from "./operations.ts";
import { servePages } from "./pages.ts";
import { asMainstayError, refuseWithProblems, sendProblem } from "./problems.ts";
import { bookRoutes } from "./routes/books.ts";
import { decisionRoutes } from "./routes/decisions.ts";
import { deliveryRoutes } from "./routes/deliveries.ts";
import { figureRoutes } from "./routes/figures.ts";
import { forecastRoutes } from "./routes/forecast.ts";
import { fundFileRoutes } from "./routes/fund-files.ts";
import { fundRoutes } from "./routes/funds.ts";
import { keyRoutes } from "./routes/keys.ts";
import { milestoneRoutes } from "./routes/milestones.ts";
import { partyRoutes } from "./routes/parties.ts";
import { importRoutes, type ImportOptions } from "./routes/imports.ts";
import { planningFrameRoutes } from "./routes/planning-frame.ts";
import { planningRoutes } from "./routes/planning.ts";
import { planRoutes } from "./routes/plans.ts";
import { postingRoutes } from "./routes/postings.ts";
import { powerRoutes } from "./routes/power.ts";
import { predictabilityRoutes } from "./routes/predictability.ts";
import { procedureRoutes } from "./routes/procedures.ts";
import { promiseRoutes } from "./routes/promises.ts";
import { reportRoutes } from "./routes/report.ts";
import { sourceRoutes } from "./routes/sources.ts";

export type ServerOptions = Readonly<{
  db: Database;
  pagesFolder: string; // the built pages
  version: string;
  clock?: (() => string) | undefined; // the instant now, in UTC
  address?: string | undefined; // where others reach the pages, such as https://desk.example
}> &
  ImportOptions;

const requestsPerMinute = { elsewhere: 600, here: 100_000 };
const largestBody = 1024 * 1024;

/**
 * The whole server, ready to listen: the API, its description, the pages, health and measurements. Close it before the database.
 * Only warnings and worse are logged, one JSON object a line.
 */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { db, pagesFolder, version } = options;
  const app = Fastify({
    logger: { level: "warn" },
    bodyLimit: largestBody,
    requestTimeout: 120_000,
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => void sendProblem(reply, asMainstayError(error, request)),
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  refuseWithProblems(app);
  guardWriting(app);
  await protect(app);
  tagAnswers(app);
  await app.register(compress, {
    encodings: ["br", "gzip"],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    customTypes: /^(text\/|application\/(x-ndjson|(.+\+)?json|javascript)|image\/svg)/,
  });
  await describeApi(app, version);
  bookRoutes(app, db);
  figureRoutes(app, db);
  partyRoutes(app, db);
  promiseRoutes(app, db);
  postingRoutes(app, db);
  predictabilityRoutes(app, db);
  sourceRoutes(app, db);
  keyRoutes(app, db);
  powerRoutes(app);
  procedureRoutes(app);
  const desk = { db, clock: options.clock ?? (() => new Date().toISOString()), actor: options.actor ?? "api" };
  decisionRoutes(app, desk);
  fundRoutes(app, desk);
  await fundFileRoutes(app, desk);
  const plans = openPlanDesk({ ...desk, now: () => performance.now(), newId: randomUUID });
  app.addHook("onClose", async () => plans.settle());
  const planning = { ...desk, plans };
  await planningRoutes(app, planning);
  planningFrameRoutes(app, planning);
  await planRoutes(app, planning);
  await deliveryRoutes(app, { ...desk, address: options.address ?? null });
  await milestoneRoutes(app, desk);
  reportRoutes(app, desk);
  await forecastRoutes(app, desk);
  await importRoutes(app, db, options);
  operationRoutes(app, db, version);
  openApiRoute(app);
  await servePages(app, pagesFolder);
  await app.ready();
  return app;
}

/** Headers that keep pages to their own files, and a limit of requests that people on this machine never meet. */
async function protect(app: FastifyInstance): Promise<void> {
  const self = ["'self'"];
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: self,
        scriptSrc: self,
        styleSrc: self,
        imgSrc: [...self, "data:", "blob:"],
        connectSrc: self,
        fontSrc: self,
        objectSrc: ["'none'"],
        baseUri: self,
        formAction: self,
        frameAncestors: self,
      },
    },
    strictTransportSecurity: false,
  });
  await app.register(rateLimit, {
    timeWindow: "1 minute",
    max: (request) => (isLoopback(request.socket.remoteAddress) ? requestsPerMinute.here : requestsPerMinute.elsewhere),
    keyGenerator: (request) => request.socket.remoteAddress ?? "unknown",
  });
}
