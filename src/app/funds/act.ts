import { MainstayError } from "#core/errors.ts";
import type { ActKind } from "#core/funds/figures.ts";
import { present } from "#core/present.ts";
import type { Queries } from "#store/database.ts";
import { insertAct, linkPostings } from "#store/funds/acts.ts";
import { decisionSource } from "#store/funds/decision-source.ts";
import type { StoredFund } from "#store/funds/funds.ts";
import { authoritiesOf } from "#store/funds/funds.ts";
import { ensureSource } from "#store/register.ts";
import { postSteps, type Step } from "../post.ts";

/** When an act takes effect, and when and by whom it is entered. */
export type Doing = Readonly<{ now: string; actor: string }>;

/** An act of a fund and the steps it posts. Steps without an authority of their own are posted under the act's. */
export type FundAct = Readonly<{
  kind: ActKind;
  effectiveOn: string;
  title: string;
  authority: string | null;
  source: string;
  /** What it posts, once what belongs to the act is entered under its number. */
  steps: (act: number) => Promise<readonly FundStep[]>;
}>;

export type FundStep = Readonly<{
  promise: string;
  from: Stage | null;
  to: Stage | null;
  quantity: bigint;
  authority?: string | null | undefined;
}>;
export type Stage = "pledged" | "committed" | "allocated" | "disbursed" | "acknowledged";

/**
 * Posts an act in one call, all or nothing, and returns its number.
 * @throws MainstayError those of postSteps; authority_missing, authority_of_another_purpose, authority_not_live, authority_exhausted
 */
export async function enact(trx: Queries, fund: StoredFund, act: FundAct, { now, actor }: Doing): Promise<number> {
  const { kind, effectiveOn, title, authority, steps } = act;
  const no = await insertAct(trx, { fundNo: fund.no, kind, at: now, effectiveOn, title, authority }, actor);
  const made = await steps(no);
  const posted = await postSteps(
    trx,
    made.map((step) => stepOf(fund, act, step, now)),
    actor,
  );
  await linkPostings(trx, no, posted);
  return no;
}

function stepOf(fund: StoredFund, act: FundAct, step: FundStep, now: string): Step {
  const stage = (name: Stage | null): string | null => (name === null ? null : `finance.${name}`);
  return {
    promise: step.promise,
    unit: fund.currency,
    from: stage(step.from),
    to: stage(step.to),
    quantity: step.quantity,
    reported: null,
    effective: { on: act.effectiveOn, precision: "day" },
    knownAt: now,
    source: act.source,
    reason: act.title,
    authority: step.authority === undefined ? act.authority : step.authority,
  };
}

/** What a call or a pledge is known by: it stands in addresses and in names of files. @throws MainstayError parameter_invalid */
export function requireName(id: string): void {
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(id))
    throw new MainstayError("parameter_invalid", `${JSON.stringify(id)} (small letters, digits and hyphens)`, {
      field: "id",
    });
}

/** The source that a decision is, by its id: entered when it is first needed. */
export async function sourceOfDecision(trx: Queries, proposal: string): Promise<string> {
  const decision = present(await decisionSource(trx, proposal), `the decision ${proposal}`);
  const id = `decision-${proposal}`;
  const title = `${decision.synthetic ? "Made up: decision" : "Decision"} ${decision.number ?? proposal}: ${decision.title}`;
  await ensureSource(trx, {
    id,
    title,
    publisher: decision.group ?? "Mainstay",
    publishedOn: decision.on,
    retrievedOn: null,
    url: null,
    note: `Taken by the procedure ${decision.procedure}; on record here with its text, positions and outcome.`,
  });
  return id;
}

/** The source of what is done under an authority: the decision that granted it. @throws MainstayError unknown_authority */
export async function sourceOfAuthority(trx: Queries, authority: string): Promise<string> {
  const [found] = await authoritiesOf(trx, { id: authority });
  if (found === undefined)
    throw new MainstayError("unknown_authority", JSON.stringify(authority), { field: "authority" });
  return sourceOfDecision(trx, found.proposal);
}
