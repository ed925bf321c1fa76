import { readFile, readdir } from "node:fs/promises";
import { diagramSvg } from "#core/decisions/diagram-svg.ts";
import { diagramOf } from "#core/decisions/diagram.ts";
import { isInForce, procedureOn } from "#core/decisions/opening.ts";
import type { Procedure } from "#core/decisions/procedure.ts";
import { valueOf } from "#core/decisions/result.ts";
import { ruleOutline } from "#core/decisions/rule-outline.ts";
import { MainstayError } from "#core/errors.ts";
import { parseDay } from "#core/frame.ts";
import type { ProcedureRow, ProcedureView } from "#core/views-governed.ts";
import { readProcedure } from "#formats/procedures/read.ts";

const folder = new URL("../../policies/procedures/", import.meta.url);

/** A procedure with the text of its file, which is what a proposal keeps. */
export type FiledProcedure = Readonly<{ procedure: Procedure; text: string }>;

/** The procedures that come with the program, read afresh, every version of each, by name and day. */
export async function filedProcedures(): Promise<readonly FiledProcedure[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  const read = names.map(async (name): Promise<FiledProcedure> => {
    const text = await readFile(new URL(name, folder), "utf8");
    return { procedure: readProcedure(text, name), text };
  });
  const order = ({ procedure: { id, validFrom } }: FiledProcedure): string => `${id} ${validFrom}`;
  return (await Promise.all(read)).toSorted((one, other) => (order(one) < order(other) ? -1 : 1));
}

async function shippedProcedures(): Promise<readonly Procedure[]> {
  return (await filedProcedures()).map((filed) => filed.procedure);
}

/**
 * The procedures in force on a day, every version there is without one, without their steps and rules.
 * @throws MainstayError invalid_date
 */
export async function procedures(on?: string): Promise<readonly ProcedureRow[]> {
  const day = on === undefined ? undefined : parseDay(on, "on");
  return (await shippedProcedures()).filter((one) => day === undefined || isInForce(one, day)).map(rowOf);
}

/**
 * A procedure whole, in the version in force on a day; without one, the newest.
 * @throws MainstayError unknown_procedure, procedure_not_in_force, invalid_date
 */
export async function procedure(id: string, on?: string): Promise<ProcedureView> {
  return viewOf(await versionOf(id, on));
}

/**
 * The same drawn, as the text of an SVG image.
 * @throws MainstayError unknown_procedure, procedure_not_in_force, invalid_date
 */
export async function procedureDrawing(id: string, on?: string): Promise<string> {
  return diagramSvg(diagramOf(await versionOf(id, on)));
}

async function versionOf(id: string, on: string | undefined): Promise<Procedure> {
  const all = await shippedProcedures();
  const newest = all.filter((one) => one.id === id).toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
  if (newest === undefined) throw new MainstayError("unknown_procedure", JSON.stringify(id), { field: "id" });
  return on === undefined ? newest : valueOf(procedureOn(all, id, parseDay(on, "on")));
}

function rowOf({ id, title, summary, basis, validFrom, validTo }: Procedure): ProcedureRow {
  return { id, title, summary, basis, validFrom, validTo };
}

function viewOf(found: Procedure): ProcedureView {
  return { ...found, rule: ruleOutline(found.rule), diagram: diagramOf(found) };
}
