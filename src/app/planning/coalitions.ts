import { MainstayError } from "#core/errors.ts";
import { sumOfCoverage } from "#core/planning/coverage.ts";
import type { RoadmapStep as Target } from "#core/planning/frame.ts";
import type { CoalitionList, CoalitionView, NeedRow, OfferRow, RoadmapStep } from "#core/views-planning.ts";
import type { Group } from "#core/views.ts";
import type { Database } from "#store/database.ts";
import { listGroups } from "#store/groups.ts";
import type { Clock } from "../clock.ts";
import { cutOf, type Cut } from "./cut.ts";
import { planningFrame } from "./frame.ts";
import { needRows } from "./need-views.ts";
import { findOffers } from "./offer-search.ts";
import { offerRows } from "./offer-views.ts";
import { nameOfKind } from "./said.ts";

/** A book's coalitions as known by the end of a day, or now. */
export type CoalitionQuestion = Readonly<{ book: string; knownAt?: string | undefined }>;

const kind = "coalition";

/**
 * The capability coalitions that a book lists, with how many of its needs and offers name each.
 * @throws MainstayError unknown_book, invalid_date
 */
export async function coalitionList(db: Database, clock: Clock, question: CoalitionQuestion): Promise<CoalitionList> {
  const cut = await cutOf(db, question.book, question.knownAt);
  const needs = await statedNeeds(db, cut);
  const offers = await standingOffers(db, clock, cut);
  const groups = (await listGroups(db, groupCut(cut))).filter((group) => group.kind === kind);
  return {
    head: cut.head,
    coalitions: groups.map((group) => ({
      slug: group.slug,
      name: group.name,
      leads: leadsOf(group),
      members: new Set(group.members.map((member) => member.party)).size,
      needs: needs.filter((row) => row.coalition === group.slug).length,
      offers: offers.filter(({ line }) => line.coalition === group.slug).length,
    })),
  };
}

/**
 * One coalition: its leads and members, and the needs, offers and dated targets of the record that name it.
 * @throws MainstayError unknown_book, unknown_coalition, invalid_date
 */
export async function coalitionView(
  db: Database,
  clock: Clock,
  question: CoalitionQuestion & Readonly<{ slug: string }>,
): Promise<CoalitionView> {
  const cut = await cutOf(db, question.book, question.knownAt);
  const group = (await listGroups(db, groupCut(cut), question.slug)).find((one) => one.kind === kind);
  if (group === undefined)
    throw new MainstayError("unknown_coalition", JSON.stringify(question.slug), { field: "coalition" });
  const needs = await statedNeeds(db, cut);
  const offers = await standingOffers(db, clock, cut, group.slug);
  const own = {
    needs: needs.filter((row) => row.coalition === group.slug),
    offers: await offerRows(db, clock, cut, offers),
  };
  const { frame } = await planningFrame(db, question.book, cut.knownBefore);
  return {
    head: cut.head,
    slug: group.slug,
    name: group.name,
    description: group.description,
    leads: leadsOf(group),
    members: group.members.map(({ party, name, role }) => ({ party, name, role })),
    all: sumOfCoverage(own.needs.map((row) => row.coverage)),
    ...own,
    roadmap: frame.roadmap
      .filter((step) => step.coalition === group.slug)
      .map((step) => roadmapStep(step, own.needs, own.offers))
      .sort((one, other) => (one.on < other.on ? -1 : 1)),
  };
}

async function statedNeeds(db: Database, cut: Cut): Promise<NeedRow[]> {
  const { rows } = await needRows(db, cut);
  return rows.map(({ row }) => row).filter((row) => row.state === "stated");
}

/** The offers that stand and name a coalition, or this one. */
async function standingOffers(db: Database, clock: Clock, cut: Cut, coalition?: string) {
  const found = await findOffers(db, clock, cut, { coalition });
  return found.filter(({ line, state }) => line.coalition !== null && state !== "withdrawn");
}

function groupCut({ bookNo, knownBefore, head }: Cut) {
  return { bookNo, frame: { asOf: head.knownAt, knownBefore } };
}

/** Those who lead: by the word of their membership. */
function leadsOf(group: Group): CoalitionView["leads"] {
  return group.members.filter(({ role }) => /lead/i.test(role)).map(({ party, name }) => ({ party, name }));
}

function roadmapStep(
  { on, title, item, quantity, source }: Target,
  needs: readonly NeedRow[],
  offers: readonly OfferRow[],
): RoadmapStep {
  const step = { on, title, item, itemName: item === null ? null : nameOfKind(item), quantity, source };
  if (item === null) return { ...step, needed: null, offered: null, placed: null, confirmed: null };
  const asked = needs.filter((row) => row.item === item);
  const sum = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    ...step,
    needed: sum(asked, (row) => row.coverage.needed),
    offered: sum(
      offers.filter((row) => row.item === item),
      (row) => Math.floor(Number(row.quantity)),
    ),
    placed: sum(asked, (row) => row.coverage.placed),
    confirmed: sum(asked, (row) => row.coverage.confirmed),
  };
}
