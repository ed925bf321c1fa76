import { MainstayError } from "#core/errors.ts";
import { instalmentModel, type Instalment } from "#core/foresight/forecast/instalments.ts";
import { valuesOf } from "#core/foresight/forecast/fit.ts";
import { blockPaths, drivers, type ForecastModel, type Running } from "#core/foresight/forecast/model.ts";
import { monthNumber } from "#core/foresight/forecast/months.ts";
import { needModel } from "#core/foresight/forecast/need-model.ts";
import type { ForecastPolicy } from "#core/foresight/forecast/policy.ts";
import type { Task, Work } from "#core/foresight/forecast/tasks.ts";
import { streams, type Stream } from "#core/bindingness.ts";
import type { Database } from "#store/database.ts";
import { dueInstalments, type DueInstalment } from "#store/foresight/forecast-record.ts";
import type { ForecastFrame } from "./frame.ts";
import { milestoneChances, type ChanceAsked, type MilestoneAsked } from "./milestones.ts";
import { needsAhead, type NeedFound } from "./needs.ts";
import type { Stage } from "./pool.ts";

/** All of a forecast's work in stages, and what each task is of. */
export type ForecastPlan = Readonly<{
  work: Work;
  stages: readonly Stage[];
  horizon: number; // months from `now` on
  kept: readonly number[]; // months of the main model that givers are told in
  givers: readonly number[]; // those with a line
  streams: readonly Stream[];
  fundLines: readonly Readonly<{ fund: string; line: string; title: string }>[];
  needs: readonly NeedFound[];
  chances: readonly ChanceAsked[];
}>;

const instalmentWeight = 4; // as if so many instalments of a giver had been seen before

export async function openPlan(
  db: Database,
  frame: ForecastFrame,
  asked: Readonly<{ policy: ForecastPolicy; milestones: readonly MilestoneAsked[]; running: Running }>,
): Promise<ForecastPlan> {
  const { policy, milestones, running } = asked;
  const { model, known, bookNo, knownBefore, day, book } = frame;
  const values = valuesOf(policy);
  const due = (await dueInstalments(db, bookNo, knownBefore)).filter((one) => one.currency === known.unit);
  const needs = await needsOrNone(db, policy.books[book.slug]?.needs ?? book.slug, day);
  const ahead = { base: known.now, months: known.horizon, values };
  const models: Record<string, ForecastModel> = {
    main: model,
    funds: instalmentModel(due.map(instalmentOf), { ...ahead, weight: instalmentWeight }),
    needs: needModel(needs, ahead),
  };
  const shared = new SharedArrayBuffer(8 * model.classes.length * model.months * running.paths);
  const last = model.months - 1;
  const work: Work = {
    models,
    whole: "main",
    running,
    target: frame.target === null ? null : { class: model.classes.indexOf(frame.target), month: last },
    paths: new Float64Array(shared),
  };
  const kept = Array.from({ length: model.months }, (_, month) => month).filter((month) => (last - month) % 3 === 0);
  const givers = [...new Set(model.lines.map((line) => line.giver))].sort((one, other) => one - other);
  const present = streams.filter((stream) => model.lines.some((line) => line.stream === stream));
  const everyMonth = Array.from({ length: model.months }, (_, month) => month);
  const fundLines = [...new Map(due.map((one) => [`${one.fund}/${one.line}`, one])).values()];
  const chances = milestoneChances(frame, models, milestones, new Map(needs.map((one) => [one.need, one.quantity])));
  const linesOf = (name: string, is: (line: ForecastModel["lines"][number]) => boolean): number[] =>
    (models[name]?.lines ?? []).flatMap((line, index) => (is(line) ? [index] : []));
  const group = (name: string, lines: readonly number[], months: readonly number[]): Task => ({
    kind: "group",
    model: name,
    lines,
    kept: months,
  });
  const fundMonths = Array.from({ length: known.horizon }, (_, month) => month);
  const stages: Stage[] = [
    { step: "Running the paths", weight: 5, tasks: pathTasks(running.paths) },
    {
      step: "Sorting them",
      weight: 1,
      tasks: model.classes.map((_, place): Task => ({ kind: "bands", class: place })),
    },
    {
      step: "Giver by giver",
      weight: 4,
      tasks: givers.map((giver) =>
        group(
          "main",
          linesOf("main", (line) => line.giver === giver),
          kept,
        ),
      ),
    },
    {
      step: "Stream by stream",
      weight: 3,
      tasks: present.map((stream) =>
        group(
          "main",
          linesOf("main", (line) => line.stream === stream),
          everyMonth,
        ),
      ),
    },
    {
      step: "Line by line",
      weight: 1,
      tasks: fundLines.map((one) =>
        group(
          "funds",
          linesOf("funds", (line) => line.fundLine === `${one.fund}/${one.line}`),
          fundMonths,
        ),
      ),
    },
    {
      step: "Needs",
      weight: 1,
      tasks: needs.map(({ need, quantity, until }): Task => ({
        kind: "chance",
        model: "needs",
        lines: linesOf("needs", (line) => line.fundLine === need),
        class: 0,
        month: Math.min(known.horizon - 1, Math.max(0, until - known.now - 1)),
        least: quantity,
      })),
    },
    {
      step: "Milestones",
      weight: 1,
      tasks: chances.flatMap((chance) => (chance.kind === "task" ? [chance.task] : [])),
    },
    { step: "What drives it", weight: 3, tasks: drivers.map((driver): Task => ({ kind: "driver", driver })) },
  ];
  return {
    work,
    stages,
    horizon: known.horizon,
    kept,
    givers,
    streams: present,
    fundLines: fundLines.map(({ fund, line, lineTitle }) => ({ fund, line, title: lineTitle })),
    needs,
    chances,
  };
}

const blocksPerTask = 4;

function pathTasks(paths: number): Task[] {
  const size = blocksPerTask * blockPaths;
  return Array.from({ length: Math.ceil(paths / size) }, (_, at) => ({
    kind: "paths",
    first: at * size,
    end: Math.min(paths, (at + 1) * size),
  }));
}

function instalmentOf(due: DueInstalment): Instalment {
  const major = 10 ** -due.scale;
  return {
    giver: due.party,
    line: `${due.fund}/${due.line}`,
    stream: due.stream,
    due: monthNumber(due.dueOn),
    amount: Number(due.amount) * major,
    received: Number(due.received) * major,
    paid: due.lastOn === null ? null : monthNumber(due.lastOn),
  };
}

/** The needs of a book; none where the record has no book of that name. */
async function needsOrNone(db: Database, book: string, day: string): Promise<NeedFound[]> {
  try {
    return await needsAhead(db, book, day);
  } catch (error) {
    if (error instanceof MainstayError && error.code === "unknown_book") return [];
    throw error;
  }
}
