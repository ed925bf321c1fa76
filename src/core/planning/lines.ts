import type { Plan } from "./plan.ts";

/** A line of a plan as it is listed, placed and delivered: what is given, or bought with what is given. */
export type PlanLine = Readonly<{
  no: number; // its place in the plan, from 1
  kind: "given" | "bought";
  offer: string;
  need: string;
  item: string;
  hub: string;
  bucket: number;
  ordered: number | null; // the bucket in which it is ordered; null for what is given
  quantity: number; // pieces
  costMinor: number | null; // minor units of the plan's currency; null for what is given
}>;

/** Every line of a plan, what is given before what is bought, each numbered by its place: the same for ever. */
export function planLines(plan: Plan): readonly PlanLine[] {
  const given = plan.assignments.map(({ offer, need, item, hub, bucket, quantity }) => {
    return { kind: "given", offer, need, item, hub, bucket, ordered: null, quantity, costMinor: null } as const;
  });
  const bought = plan.purchases.map(({ money, need, item, hub, ordered, bucket, quantity, costMinor }) => {
    return { kind: "bought", offer: money, need, item, hub, bucket, ordered, quantity, costMinor } as const;
  });
  return [...given, ...bought].map((line, index) => ({ no: index + 1, ...line }));
}

/** The name under which a line is placed. A line stands once: it can't be placed twice. `again`: how often it was placed and taken back before. */
export function placementId(plan: string, no: number, again = 0): string {
  const id = `${plan}-${String(no).padStart(4, "0")}`;
  return again === 0 ? id : `${id}.${again + 1}`;
}

/** The name of a line when it was placed first, by any of its names. */
export function firstPlacementId(id: string): string {
  return id.replace(/\.\d+$/, "");
}
