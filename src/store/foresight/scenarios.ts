import type { ForecastScenario } from "#core/foresight/forecast/scenario.ts";
import { rowOf, rowsOf, sql, type Queries } from "../database.ts";

export type StoredScenario = Readonly<{ id: string; body: ForecastScenario; recordedAt: string; actor: string }>;

/** Saved scenarios by their names, or the one of a name. */
export async function storedScenarios(db: Queries, id?: string): Promise<StoredScenario[]> {
  return rowsOf<StoredScenario>(
    db,
    sql`select id, body, recorded_at as "recordedAt", actor from scenario where ${id === undefined ? sql`true` : sql`id = ${id}`} order by id`,
  );
}

/** Saves a scenario; false where there is one of that name. */
export async function insertScenario(db: Queries, scenario: ForecastScenario, actor: string): Promise<boolean> {
  const row = await rowOf<{ id: string }>(
    db,
    sql`insert into scenario (id, body, actor) values (${scenario.id}, ${JSON.stringify(scenario)}::jsonb, ${actor}) on conflict do nothing returning id`,
  );
  return row !== undefined;
}
