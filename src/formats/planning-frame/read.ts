import { z } from "zod";
import { MainstayError } from "#core/errors.ts";
import type { PlanningFrame } from "#core/planning/frame.ts";
import { parseJson, refuseIssues } from "../procedures/json.ts";

const code = "planning_frame_invalid";
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, "an id of letters, digits, points, hyphens");
const words = z.string().trim().min(1).max(300);
const day = z.iso.date();
const year = z.int().min(1900).max(2200);
const capacity = z.number().min(0).max(1e9).nullable();
const whole = z.int().min(0).max(1e9);

const file = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, "the code of a currency"),
  wayDays: z.int().min(0).max(3650).default(0),
  hubs: z
    .array(
      z.strictObject({
        id,
        name: words,
        latitude: z.number().min(-90).max(90).nullable().default(null),
        longitude: z.number().min(-180).max(180).nullable().default(null),
        tonnesPerWeek: capacity,
        placesPerWeek: capacity,
      }),
    )
    .min(1)
    .max(500),
  transport: z.array(z.strictObject({ year, tonnes: z.number().min(0).max(1e9) })).default([]),
  market: z
    .array(
      z.strictObject({
        item: id,
        price: z.string().regex(/^\d{1,12}(\.\d{1,2})?$/, "an amount such as 4000000.00"),
        leadDays: z.int().min(0).max(3650),
        perMonth: whole,
        source: words,
      }),
    )
    .default([]),
  assumptions: z
    .array(
      z.strictObject({
        item: id,
        massKg: z.number().positive().max(1e9).nullable().default(null),
        courseDays: z.int().positive().max(3650).nullable().default(null),
        source: words,
      }),
    )
    .default([]),
  shares: z
    .union([
      z.strictObject({ key: id, year }),
      z.strictObject({ table: z.array(z.strictObject({ party: id, sharePpm: z.int().min(0).max(1_000_000) })).min(1) }),
    ])
    .nullable()
    .default(null),
  roadmap: z
    .array(
      z.strictObject({
        coalition: id,
        on: day,
        title: words,
        item: id.nullable().default(null),
        quantity: whole.nullable().default(null),
        source: words,
      }),
    )
    .default([]),
});

/**
 * Capacities and prices from the text of a JSON file. Whether the record knows the kinds, parties and groups it names is another question.
 * @throws MainstayError planning_frame_invalid naming the field
 */
export function readPlanningFrame(text: string, fileName: string | undefined): PlanningFrame {
  const read = parseJson(text, code, fileName);
  const { success, data, error } = file.safeParse(read);
  if (!success) throw refuseIssues(error, code, fileName, read);
  refuseRepeated(data, fileName);
  return data;
}

function refuseRepeated(frame: PlanningFrame, fileName: string | undefined): void {
  const refuse = (field: string, found: string) => new MainstayError(code, found, { file: fileName, field });
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ["hubs", frame.hubs.map((hub) => hub.id)],
    ["transport", frame.transport.map((one) => String(one.year))],
    ["market", frame.market.map((one) => one.item)],
    ["assumptions", frame.assumptions.map((one) => one.item)],
  ];
  for (const [field, ids] of lists) {
    const twice = ids.find((one, index) => ids.indexOf(one) !== index);
    if (twice !== undefined) throw refuse(field, `${twice}, twice`);
  }
  if (frame.shares === null || !("table" in frame.shares)) return;
  const { table } = frame.shares;
  const parties = table.map((share) => share.party);
  const twice = parties.find((one, index) => parties.indexOf(one) !== index);
  if (twice !== undefined) throw refuse("shares.table", `${twice}, twice`);
  const sum = table.reduce((all, share) => all + share.sharePpm, 0);
  if (sum !== 1_000_000) throw refuse("shares.table", `shares that add up to ${sum}, not to 1000000`);
}
