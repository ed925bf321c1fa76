import sse from "@fastify/sse";
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Database } from "#app/database.ts";
import { forecastRecord } from "#app/foresight/forecast-record.ts";
import {
  largestHorizon,
  standingForecast,
  usualHorizon,
  usualPaths,
  usualSeed,
  type ForecastOrder,
} from "#app/foresight/forecast.ts";
import {
  compareScenarios,
  mostCompared,
  saveScenario,
  scenarioChoices,
  scenarioFile,
  scenarioList,
  scenarioOf,
  scenarioView,
} from "#app/foresight/scenarios.ts";
import { describeError, MainstayError } from "#core/errors.ts";
import type { ForecastView, ScenarioComparison } from "#core/views-forecast.ts";
import { usualBook } from "../frame-query.ts";
import { problemSchema } from "../problems.ts";
import { goneSignal } from "../gone.ts";
import { actorField, apiPrefix, operationId, read, write } from "../route.ts";
import * as shapes from "../schemas-forecast.ts";

const tag = "foresight";
const heartbeatMs = 15_000;
const mostPathsHere = 50_000;
/** The package's types describe another module form than the one it has: the import itself is the plugin. */
const serverSentEvents = sse as unknown as FastifyPluginAsync<{ heartbeatInterval: number }>;

const word = z.string().min(1).max(200);
const scenarioText = z.string().min(1).max(4000);
const running = {
  book: word.default(usualBook).describe("The book the forecast is drawn from"),
  known_at: z
    .string()
    .max(200)
    .optional()
    .describe("As known at the end of this day, YYYY-MM-DD; without it the latest"),
  horizon: z.coerce.number().int().min(1).max(largestHorizon).default(usualHorizon).describe("Months after that day"),
  paths: z.coerce.number().int().min(100).max(mostPathsHere).default(usualPaths).describe("How many paths are run"),
  seed: z.coerce.number().int().min(0).max(0xffffffff).default(usualSeed).describe("Another seed draws other paths"),
};
const forecastQuery = z.object({
  ...running,
  scenario: scenarioText.optional().describe("Suppose what a scenario changes: its name, or its whole text as JSON"),
});
const compareQuery = z.object({
  ...running,
  with: z
    .preprocess(
      (given) => (given === undefined || Array.isArray(given) ? given : [given]),
      z.array(scenarioText).min(1).max(mostCompared),
    )
    .describe("Scenarios by name, or their whole text as JSON; given again for each"),
});
type ForecastQuery = z.output<typeof forecastQuery>;
type CompareQuery = z.output<typeof compareQuery>;

type Desk = Readonly<{ db: Database; actor: string }>;

/** What will have arrived, how that did before, and what changes under a scenario. */
export async function forecastRoutes(app: FastifyInstance, { db, actor: user }: Desk): Promise<void> {
  read(app, {
    url: "/foresight/forecast",
    tag,
    summary: "What will have arrived by each month, how sure that is and whom it hangs on",
    description:
      "Takes some seconds where nobody has asked before; /foresight/forecast/events tells how far it is. The same question gives the same answer to the last digit.",
    query: forecastQuery,
    answer: shapes.forecast,
    handler: async (query, _, reply) => standingForecast(db, await orderOf(db, query), { signal: goneSignal(reply) }),
  });
  read(app, {
    url: "/foresight/forecast/record",
    tag,
    summary: "How the forecast's own past did, release by release, beside two naive rules",
    query: z.object({ book: running.book }),
    answer: shapes.forecastRecord,
    handler: async ({ book }, _, reply) => forecastRecord(db, book, { signal: goneSignal(reply) }),
  });
  read(app, {
    url: "/foresight/scenarios",
    tag,
    summary: "Scenarios that come with the program and those saved",
    query: z.object({}),
    answer: shapes.scenarioList,
    handler: async () => scenarioList(db),
  });
  read(app, {
    url: "/foresight/scenarios/:scenario",
    tag,
    summary: "One scenario whole",
    params: z.object({ scenario: word }),
    query: z.object({}),
    answer: shapes.savedScenario,
    handler: async ({ scenario }) => scenarioView(db, scenario),
  });
  read(app, {
    url: "/foresight/scenario-choices",
    tag,
    summary: "What a scenario of a book can be stated of: givers, decisions and keys",
    query: z.object({ book: running.book, known_at: running.known_at }),
    answer: shapes.scenarioChoices,
    handler: async ({ book, known_at: knownAt }) => scenarioChoices(db, { book, knownAt }),
  });
  read(app, {
    url: "/foresight/scenario-comparison",
    tag,
    summary: "Up to four scenarios beside the standing forecast, on the same paths",
    query: compareQuery,
    answer: shapes.scenarioComparison,
    handler: async (query, _, reply) => compared(db, query, { signal: goneSignal(reply) }),
  });
  write(app, {
    url: "/foresight/scenarios",
    tag,
    summary: "Saves a scenario under its name, for good",
    body: z.strictObject({ scenario: scenarioFile, actor: actorField }),
    answer: shapes.savedScenario,
    handler: async (_, { scenario, actor = user }) => saveScenario(db, scenario, { file: "scenario", actor }),
  });
  await app.register(async (scope) => {
    await scope.register(serverSentEvents, { heartbeatInterval: heartbeatMs });
    follow(scope, "/foresight/forecast/events", forecastQuery, async (query, hooks) =>
      standingForecast(db, await orderOf(db, query as ForecastQuery), hooks),
    );
    follow(scope, "/foresight/scenario-comparison/events", compareQuery, async (query, hooks) =>
      compared(db, query as CompareQuery, hooks),
    );
  });
}

async function orderOf(db: Database, { scenario, ...query }: ForecastQuery): Promise<ForecastOrder> {
  return { ...runningOf(query), scenario: scenario === undefined ? undefined : await scenarioOf(db, scenario) };
}

function runningOf({ book, known_at: knownAt, horizon, paths, seed }: Omit<ForecastQuery, "scenario">): ForecastOrder {
  return { book, knownAt, horizonMonths: horizon, paths, seed };
}

type Hooks = Parameters<typeof standingForecast>[2];

async function compared(db: Database, query: CompareQuery, hooks?: Hooks): Promise<ScenarioComparison> {
  const scenarios = await Promise.all(query.with.map(async (one) => scenarioOf(db, one)));
  return compareScenarios(db, runningOf(query), scenarios, hooks);
}

/** The work as server-sent events: `progress` while it goes, then `end` with the answer, or `refused` with the problem. Who leaves cancels it. */
function follow(
  app: FastifyInstance,
  url: string,
  query: z.ZodObject,
  work: (query: unknown, hooks: Hooks) => Promise<ForecastView | ScenarioComparison>,
): void {
  app.route({
    method: "GET",
    url: `${apiPrefix}${url}`,
    sse: "only",
    schema: {
      operationId: operationId("follow", url),
      tags: [tag],
      summary:
        "The same as server-sent events: progress, then the answer as `end`, or why not as `refused`; leaving cancels",
      querystring: query.strict(),
      response: {
        200: { content: { "text/event-stream": { schema: z.string() } } },
        "4xx": problemSchema,
        "5xx": problemSchema,
      },
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const gone = new AbortController();
      reply.sse.onClose(() => gone.abort());
      let sending: Promise<unknown> = Promise.resolve();
      const send = (event: string, data: unknown) => {
        sending = sending.then(async () => (gone.signal.aborted ? undefined : reply.sse.send({ event, data })));
        return sending;
      };
      try {
        const answer = await work(request.query, {
          signal: gone.signal,
          onProgress: (progress) => void send("progress", progress),
        });
        await send("end", answer);
      } catch (error) {
        if (!(error instanceof MainstayError)) throw error;
        const { code, found, place } = error;
        await send("refused", { code, message: describeError(code, found, place) });
      }
    },
  });
}
