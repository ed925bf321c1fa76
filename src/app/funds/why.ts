import { MainstayError } from "#core/errors.ts";
import { authorityView } from "#core/funds/authority.ts";
import { formatDecimal, groupThousands } from "#core/money.ts";
import type { WhyView } from "#core/views-funds.ts";
import type { Database } from "#store/database.ts";
import { storedActs } from "#store/funds/acts.ts";
import { authoritiesOf } from "#store/funds/funds.ts";
import { postingFacts, type PostingFacts } from "#store/funds/why.ts";
import { proposalView } from "../decisions.ts";
import { dayOf, type Clock } from "../clock.ts";
import { actView } from "./act-view.ts";

/**
 * Why a posting could be made: the act that made it, the authority it drew on, and the decision that granted that.
 * @throws MainstayError unknown_posting
 */
export async function whyPosting(db: Database, clock: Clock, id: string): Promise<WhyView> {
  const posting = /^\d{1,15}$/.test(id) ? await postingFacts(db, Number(id)) : undefined;
  if (posting === undefined) throw new MainstayError("unknown_posting", JSON.stringify(id), { field: "id" });
  const { authority, scale } = posting;
  const [act] = await storedActs(db, { posting: Number(id) });
  const [granted] = authority === null ? [] : await authoritiesOf(db, { id: authority });
  const seen = granted === undefined ? null : authorityView(granted, dayOf(clock()));
  const basis = granted?.proposal ?? act?.decision ?? posting.opening;
  const decision = basis == null ? null : await decisionOf(db, clock, basis);
  const amount = formatDecimal(BigInt(posting.quantity), scale);
  return {
    posting: { ...shownOf(posting), amount },
    act: act === undefined ? null : actView(act, scale),
    authority: seen,
    decision,
    says: sentences(posting, amount, seen, decision),
  };
}

function shownOf(facts: PostingFacts): Omit<WhyView["posting"], "amount"> {
  const { id, promise, donor, from, to, unit, effectiveOn, knownAt, actor, reason, source } = facts;
  return { id, promise, donor, from, to, unit, effectiveOn, knownAt, actor, reason, source };
}

async function decisionOf(db: Database, clock: Clock, id: string): Promise<WhyView["decision"]> {
  const found = await proposalView(db, clock, id);
  if (found.outcome === null) return null;
  return {
    id,
    title: found.title,
    number: found.number,
    result: found.outcome.ending?.kind ?? found.outcome.result,
    at: found.outcome.at,
    by: found.outcome.by,
    says: found.outcome.says,
    procedure: found.procedure,
    procedureTitle: found.procedureTitle,
    passages: found.rule.passages,
    textVersion: found.outcome.textVersion,
  };
}

function sentences(
  posting: PostingFacts,
  amount: string,
  authority: WhyView["authority"],
  decision: WhyView["decision"],
): string[] {
  const money = `${posting.unit} ${groupThousands(amount)}`;
  const first = `${money} went from ${posting.from} to ${posting.to} in ${posting.promiseTitle}${posting.effectiveOn === null ? "" : ` on ${posting.effectiveOn}`}.`;
  if (authority === null) {
    if (posting.governed === null)
      return [
        first,
        posting.release === null
          ? `It was entered by ${posting.actor} with its source: ${posting.source}.`
          : `It is what ${posting.release} states; it is no money of a fund, so no decision is asked for.`,
      ];
    return [
      first,
      posting.governed === "pot"
        ? "It is money that came in, or a recipient's confirmation: neither needs an authority."
        : "It is a payment of what was called, or a credit against it: neither needs an authority of its own.",
      ...(decision === null ? [] : [`The fund itself rests on the decision ${decision.title}.`, decision.says]),
    ];
  }
  const where =
    authority.kind === "reallocate"
      ? `from ${authority.lineTitle} to ${authority.toLineTitle}`
      : (authority.lineTitle ?? "any line of the fund");
  return [
    first,
    `The authority ${authority.id} allows to ${authority.kind} ${authority.currency} ${groupThousands(authority.amount)}, ${where}, from ${authority.from} to ${authority.until}: ${authority.purpose}. ${authority.currency} ${groupThousands(authority.used)} of it is used.`,
    ...(decision === null
      ? []
      : [`It was granted by the decision ${decision.number ?? decision.id}, ${decision.title}.`, decision.says]),
  ];
}
