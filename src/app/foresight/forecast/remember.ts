import { MainstayError } from "#core/errors.ts";
import type { Database } from "#store/database.ts";
import { recordMark } from "#store/foresight/forecast-record.ts";

const kept = 24;
const waitingAtMost = 20;

type Desk = { answers: Map<string, unknown>; queue: Promise<unknown>; waiting: number };
const desks = new WeakMap<Database, Desk>();

function deskOf(db: Database): Desk {
  const found = desks.get(db) ?? { answers: new Map<string, unknown>(), queue: Promise.resolve(), waiting: 0 };
  desks.set(db, found);
  return found;
}

/**
 * What was answered before to the same question of the same record, or `work` done now: one after the other, since each takes all threads it may have. A
 * database that is in a transaction remembers nothing.
 * @throws MainstayError forecast_desk_full, and what `work` throws
 */
export async function remembered<T>(
  db: Database,
  question: unknown,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (db.isTransaction) return work();
  const key = `${await recordMark(db)} ${JSON.stringify(question, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value))}`;
  const desk = deskOf(db);
  const before = desk.answers.get(key);
  if (before !== undefined) return before as T;
  if (desk.waiting >= waitingAtMost)
    throw new MainstayError("forecast_desk_full", `${waitingAtMost} forecasts are waiting`);
  desk.waiting += 1;
  const turn = desk.queue.then(async () => {
    desk.waiting -= 1;
    if (signal?.aborted === true) throw new MainstayError("forecast_cancelled");
    const meanwhile = desk.answers.get(key);
    const answer = meanwhile === undefined ? await work() : (meanwhile as T);
    desk.answers.delete(key);
    desk.answers.set(key, answer);
    for (const oldest of desk.answers.keys()) if (desk.answers.size > kept) desk.answers.delete(oldest);
    return answer;
  });
  desk.queue = turn.catch(() => undefined);
  return turn;
}
