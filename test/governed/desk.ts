import { openBook } from "#app/books.ts";
import { appendProposalEvent, openProposal, proposalView } from "#app/decisions.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import type { Grant, Terms } from "#core/decisions/terms.ts";
import type { Database } from "#store/database.ts";

/** A desk with a clock that stands still until it is set: what a secretariat does, one instant after the other. */
export type Desk = Readonly<{
  db: Database;
  book: string;
  clock: () => string;
  set: (instant: string) => void;
  doing: (actor?: string) => { now: string; actor: string };
  happens: (proposal: string, event: EventDraft, actor?: string) => Promise<void>;
  decide: (id: string, terms: Terms) => Promise<void>;
}>;

const group = "nordic-baltic-eight";

/** A synthetic book whose decisions are taken by the eight of the north under silence; every one of `decide` is adopted at once, a minute later. */
export async function openDesk(db: Database, book = "practice"): Promise<Desk> {
  let now = "2025-01-06T09:00:00Z";
  const clock = () => now;
  await openBook(db, { slug: book, title: "Practice", recipient: "ukr", synthetic: true });
  const happens: Desk["happens"] = async (proposal, event, actor = "secretariat") =>
    void (await appendProposalEvent(db, clock, proposal, event, actor));
  const later = (seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString().replace(".000Z", "Z");
  return {
    db,
    book,
    clock,
    set: (instant) => {
      now = instant;
    },
    doing: (actor = "secretariat") => ({ now, actor }),
    happens,
    decide: async (id, terms) => {
      const opening = { id, book, group, procedure: "consensus-silence", title: `Decision ${id}`, object: terms.kind };
      await openProposal(db, clock, opening as Parameters<typeof openProposal>[2], "secretariat");
      await happens(id, {
        type: "text-issued",
        title: `Text of ${id}`,
        reference: null,
        body: "As in the terms.",
        terms,
      } as EventDraft);
      await happens(id, { type: "silence-started", expiresAt: later(60) } as EventDraft);
      now = later(60);
      await proposalView(db, clock, id);
    },
  };
}

/** A fund of three lines, one earmark, on the shipped table of the eight, with whatever else is asked. */
export function fundTerms(more: Readonly<Record<string, unknown>> = {}, grants: readonly Grant[] = []): Terms {
  return {
    kind: "open-fund",
    fund: {
      id: "north-fund",
      title: "Fund of the north",
      currency: "EUR",
      members: group,
      from: "2025-01-01",
      until: "2027-12-31",
      years: [
        { year: 2025, amount: "3000000000.00" },
        { year: 2026, amount: "3000000000.00" },
        { year: 2027, amount: "3000000000.00" },
      ],
      lines: [
        { id: "air-defence", title: "Air defence", stream: "materiel", purpose: "Systems and crews" },
        { id: "training", title: "Training", stream: "training", purpose: "Courses" },
        { id: "budget", title: "Budget support", stream: "finance", purpose: "Grants" },
      ],
      earmarks: [{ id: "no-budget", title: "Not for the budget", lines: ["air-defence", "training"] }],
      key: "nordic-baltic-table",
      decides: { call: "consensus-silence" },
      gap: "others",
      inKind: { part: "1/2", most: "1/4", says: "half of the value counts, up to a quarter of a share" },
      account: { holder: "Fund of the north", number: "DK5000400440116243", bank: "A made-up bank" },
      modelled: null,
      ...more,
    },
    grants,
  };
}

export const grant = (more: Partial<Grant> = {}): Grant => ({
  kind: "spend",
  line: "air-defence",
  amount: "1000000.00",
  from: "2025-01-01",
  until: "2027-12-31",
  purpose: "Launchers",
  ...more,
});
