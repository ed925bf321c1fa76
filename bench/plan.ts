import { solveInstance } from "#app/planning/solver.ts";
import { standingOf } from "#core/planning/carried.ts";
import { checkPlan } from "#core/planning/check.ts";
import type { Instance } from "#core/planning/instance.ts";
import { levers } from "#core/planning/levers.ts";
import { buildModel } from "#core/planning/model/build.ts";
import type { Plan } from "#core/planning/plan.ts";
import { practiceInstance, type PracticeSize } from "#core/planning/practice.ts";
import { fillUp, previewPlan } from "#core/planning/preview.ts";
import { peerFigures } from "./plan-peers.ts";
import { besideLimit, rounded, type BenchFigure, type Benchmark } from "./report.ts";

/** What is aimed at, in seconds but where said otherwise. */
type Aims = Partial<Record<"quick plan" | "solved" | "what-if" | "fair plan" | "plan after one change", number>> &
  Readonly<{ gap: number; memory?: number }>; // gap: a part; memory: MiB

/** Practice sets, the gap at which each is good enough, and what is aimed at. */
export const sizes: readonly (readonly [size: PracticeSize, gap: number, aims: Aims])[] = [
  ["S", 0.005, { solved: 3, gap: 0.005 }],
  ["M", 0.005, { solved: 6, "what-if": 0.5, "fair plan": 7, gap: 0.005 }],
  ["L", 0.015, { "quick plan": 0.3, solved: 30, "plan after one change": 15, gap: 0.015, memory: 256 }],
];

export const plan: Benchmark = {
  description: "plans of the practice sets: building, solving, gap and memory, beside other solvers on the same model",
  async measure({ quick, say }) {
    const figures: BenchFigure[] = [];
    const notes: string[] = [
      "Seconds of processor time stand beside those on the clock: the machine may have other work.",
    ];
    for (const [size, gap, aims] of quick ? sizes.slice(0, 1) : sizes) {
      const instance = practiceInstance(size);
      say(`${size}: ${instance.needs.length} needs, ${instance.offers.length + instance.money.length} offers`);
      figures.push(...(await ownFigures(size, instance, gap, aims, say)));
      if (quick || size === "L") continue;
      const beside = await peerFigures(size, instance, gap, say);
      figures.push(...beside.figures);
      notes.push(...beside.notes);
    }
    return { runs: 1, figures, notes };
  },
};

/** Seconds on the clock and of the processor. */
async function spent<T>(work: () => T | Promise<T>): Promise<readonly [T, number, number]> {
  const [clock, processor] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(processor);
  return [value, (performance.now() - clock) / 1000, (user + system) / 1e6];
}

export async function ownFigures(
  size: PracticeSize,
  instance: Instance,
  gap: number,
  aims: Aims,
  say: (line: string) => void,
): Promise<BenchFigure[]> {
  const figures: BenchFigure[] = [];
  const add = (name: string, value: number, unit: string, aim?: number) =>
    figures.push(
      aim === undefined
        ? { name: `${size}, ${name}`, value: rounded(value), unit }
        : besideLimit(`${size}, ${name}`, value, unit, { name: "aim", value: aim }),
    );
  const timed = async <T>(name: keyof Aims | "built" | "levers", work: () => T | Promise<T>): Promise<T> => {
    say(`${size}: ${name}`);
    const [value, clock, processor] = await spent(work);
    add(name, clock, "s", name in aims ? aims[name as keyof Aims] : undefined);
    add(`${name}, processor`, processor, "s");
    return value;
  };
  const model = await timed("built", () => buildModel(instance, { apart: size !== "L" }));
  add("columns", model.sparse.columns, "");
  add("rows", model.sparse.rows, "");
  const quick = sound(instance, await timed("quick plan", () => previewPlan(instance)));
  add("quick plan, score", quick.score, "points");
  const found = await timed("solved", async () => (await solveInstance(instance, { goal: "cover", gap })).plan);
  sound(instance, found);
  add("score", found.score, "points");
  add("gap", (found.gap ?? 1) * 100, "%", aims.gap * 100);
  add("lots", found.assignments.length + found.purchases.length, "");
  add("memory at most", process.resourceUsage().maxRSS / 1024, "MiB", aims.memory);
  await timed("what-if", () => fillUp(withMore(instance), found));
  await timed("levers", () => levers(instance, found));
  const changed = afterWithdrawal(instance, found);
  const next = await timed(
    "plan after one change",
    async () => (await solveInstance(changed, { goal: "cover", gap })).plan,
  );
  sound(changed, next);
  const kept = next.goals.find(({ goal }) => goal === "pieces of the standing plan kept")?.value ?? 0;
  const standing = changed.standing.reduce((sum, { quantity }) => sum + quantity, 0);
  add("pieces moved after one change", (100 * (standing - kept)) / standing, "%");
  const fair = sound(
    instance,
    await timed("fair plan", async () => (await solveInstance(instance, { goal: "fair" })).plan),
  );
  for (const { goal, value, bound } of fair.goals.slice(0, 1)) {
    add(`fair plan, ${goal}`, value, "");
    if (bound !== null) add(`fair plan, ${goal}, at most`, bound, "");
  }
  return figures;
}

function sound(instance: Instance, found: Plan): Plan {
  const [broken] = checkPlan(instance, found);
  if (broken !== undefined) throw new Error(JSON.stringify(broken));
  return found;
}

/** A tenth more of every offer of the kind that is asked for most. */
function withMore(instance: Instance): Instance {
  const kind = instance.needs.toSorted((one, other) => other.quantity - one.quantity)[0]?.accepts[0]?.item;
  const more = (quantity: number) => Math.ceil(quantity * 1.1);
  const offers = instance.offers.map((one) => (one.item === kind ? { ...one, quantity: more(one.quantity) } : one));
  return { ...instance, offers };
}

/** The instance without the offer that gives most of its pieces in most lots, and with the plan standing. */
function afterWithdrawal(instance: Instance, found: Plan): Instance {
  const standing = standingOf(found);
  const lots = Map.groupBy(found.assignments, ({ offer }) => offer);
  const [most] = [...lots].toSorted(([, one], [, other]) => other.length - one.length);
  const gone = most?.[0];
  return {
    ...instance,
    offers: instance.offers.filter(({ id }) => id !== gone),
    standing: standing.filter(({ offer }) => offer !== gone),
  };
}
