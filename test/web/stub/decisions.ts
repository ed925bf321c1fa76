import type { ProposalEvent } from "#core/decisions/events.ts";
import type { ObjectKind } from "#core/decisions/terms.ts";
import { errorCatalogue, MainstayError } from "#core/errors.ts";
import type { Deadline, DecisionCalendar, ProposalView } from "#core/views-decisions.ts";
import { statusOf } from "../../../src/http/problems.ts";
import { happen, instant, kept, participantsOf, shippedProcedure, stateOf, type Kept } from "./decision-record.ts";
import "./decision-story-decided.ts";
import "./decision-story-open.ts";
import { rowOf, viewOf } from "./decision-view.ts";
import { groups, slug } from "./world.ts";

/** The made-up API's answers about proposals, and what can be entered on them. */

type Body = Readonly<Record<string, unknown>>;

function view(id: string): ProposalView | undefined {
  const one = kept.get(id);
  return one === undefined ? undefined : viewOf(one, instant());
}

function calendar(book: string | null): DecisionCalendar {
  const now = instant();
  const found = [...kept.values()].filter((one) => one.book === (book ?? slug));
  const rows = found.map((one) => rowOf(one, stateOf(one, now)));
  const expiries = rows.flatMap((row): readonly Deadline[] =>
    row.expiresAt === null
      ? []
      : [
          {
            at: row.expiresAt,
            kind: "silence-expires",
            title: `Silence on “${row.title}” expires`,
            address: `/decisions/${row.id}`,
          },
        ],
  );
  const deadlines = [...expiries, ...(found.length === 0 ? [] : madeUpDeadlines())].toSorted((a, b) =>
    a.at < b.at ? -1 : 1,
  );
  return { now, book: book ?? slug, proposals: rows, deadlines };
}

function madeUpDeadlines(): readonly Deadline[] {
  const day = (offset: number): string => instant(Date.now() + offset * 86_400_000).slice(0, 10);
  return [
    {
      at: day(-20),
      kind: "payment-due",
      title: "First instalment of 2026, long haul fund",
      address: "/funds/long-haul-fund",
    },
    {
      at: day(12),
      kind: "payment-due",
      title: "Second instalment of 2026, long haul fund",
      address: "/funds/long-haul-fund",
    },
    {
      at: day(12),
      kind: "pledge-due",
      title: "Norway’s pledge to air defence, second part",
      address: "/funds/long-haul-fund",
    },
    { at: day(41), kind: "pledge-due", title: "Japan’s pledge to reconstruction", address: "/funds/long-haul-fund" },
    {
      at: day(200),
      kind: "authority-ends",
      title: "Authority ends: The first lots (Long Haul Fund)",
      address: "/funds/long-haul-fund",
    },
  ];
}

const text = (body: Body, name: string): string => (typeof body[name] === "string" ? body[name] : "");
const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

function open(body: Body): ProposalView {
  const group = groups.find((one) => one.slug === text(body, "group"));
  if (group === undefined) throw new MainstayError("unknown_group", text(body, "group"));
  const procedure = shippedProcedure(text(body, "procedure"));
  const leads = list((body["roles"] as Body | undefined)?.["lead"]);
  const one: Kept = {
    id: text(body, "id"),
    book: text(body, "book"),
    group: group.slug,
    groupName: group.name,
    procedure,
    fund: text(body, "reference") || null,
    extra: {},
    events: [],
  };
  happen(one, {
    type: "opened",
    at: instant(),
    actor: text(body, "actor") || "tester",
    procedure: procedure.id,
    procedureFrom: procedure.validFrom,
    title: text(body, "title"),
    object: { kind: text(body, "object") as ObjectKind, reference: one.fund },
    participants: participantsOf(
      group.members.map((member) => member.party),
      list(body["without"]),
      Object.fromEntries(leads.map((lead) => [lead, ["lead"]])),
    ),
  });
  kept.set(one.id, one);
  return viewOf(one, instant());
}

function enter(id: string, body: Body): ProposalView | undefined {
  const one = kept.get(id);
  if (one === undefined) return undefined;
  const at = instant();
  const { actor, ...rest } = body;
  const versions = one.events.filter((event) => event.type === "text-issued" || event.type === "re-issued").length;
  const numbered = rest["type"] === "text-issued" || rest["type"] === "re-issued" ? { version: versions + 1 } : {};
  happen(one, { ...rest, ...numbered, at, actor: typeof actor === "string" ? actor : "tester" } as ProposalEvent);
  return viewOf(one, at);
}

export const decisionRoutes: readonly (readonly [RegExp, (query: URLSearchParams, id: string) => unknown])[] = [
  [/^\/decisions$/, (query) => calendar(query.get("book"))],
  [/^\/decisions\/([^/]+)$/, (_, id) => view(id)],
];

type Reply = Readonly<{ status: number; body: unknown }>;

/** What was entered, or the refusal on the wire. */
function reply(sent: Buffer, entered: (body: Body) => ProposalView | undefined): Reply {
  try {
    const body = entered(JSON.parse(sent.toString()) as Body);
    if (body === undefined) throw new MainstayError("unknown_address", "no such proposal");
    return { status: 200, body };
  } catch (error) {
    if (!(error instanceof MainstayError)) throw error;
    const { code, found, place } = error;
    const { title, advice: detail } = errorCatalogue[code];
    const status = statusOf(code);
    return { status, body: { type: "about:blank", title, status, detail, code, found, place: place.field } };
  }
}

export const decisionWrites: readonly (readonly [
  RegExp,
  (body: Buffer, query: URLSearchParams, id: string) => Reply,
])[] = [
  [/^\/decisions$/, (body) => reply(body, open)],
  [/^\/decisions\/([^/]+)\/events$/, (body, _, id) => reply(body, (sent) => enter(id, sent))],
];
