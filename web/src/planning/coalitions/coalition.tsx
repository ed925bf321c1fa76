import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { CoalitionView } from "../../../../src/core/views-planning.ts";
import { counted } from "../../format/amounts.ts";
import { useAppSearch, useBook } from "../../frame/hooks.ts";
import { defaultBook, keepFrame } from "../../frame/search.ts";
import { listed } from "../../funds/words.ts";
import { Answered } from "../../parts/states.tsx";
import { NeedsTable } from "../needs/list.tsx";
import { OffersTable } from "../offers/list.tsx";
import { coalitionQuery } from "../queries.ts";
import { percentOf } from "../words.ts";
import { Roadmap } from "./roadmap.tsx";

const shownAtOnce = 20;

/** What of a book's needs and offers a coalition looks after, and how far its roadmap has come: the record itself, no copy of it. */
export function Coalition({ slug, synthetic }: Readonly<{ slug: string; synthetic: boolean }>) {
  const { book = defaultBook, known_at } = useAppSearch();
  const inBook = useBook();
  // A made-up coalition has no part in a book of facts.
  const isListed = !synthetic || inBook?.synthetic === true;
  const query = useQuery({ ...coalitionQuery(book, slug, known_at), enabled: isListed });
  if (!isListed) return null;
  return (
    <div className="span-12 stack">
      <Answered query={query} what="its needs and offers" tall>
        {(view) => (
          <>
            <Roadmap view={view} />
            <Needs view={view} />
            <Offers view={view} />
          </>
        )}
      </Answered>
    </div>
  );
}

function Needs({ view }: Readonly<{ view: CoalitionView }>) {
  const { all, needs } = view;
  return (
    <section className="figure" aria-labelledby="coalition-needs">
      <header className="figure-head">
        <h2 id="coalition-needs">Needs it looks after</h2>
        <p className="figure-text">
          {needs.length === 0
            ? "No need in this book names the coalition."
            : `${counted(all.needs, "need")}: ${all.whole} placed in full, ${all.none} not at all. Of an average need ${percentOf(all.placedPpm)} is placed and ${percentOf(all.confirmedPpm)} signed for.`}
          {view.leads.length > 0 && ` Led by ${listed(view.leads.map((lead) => lead.name))}.`}
        </p>
      </header>
      {needs.length > 0 && (
        <NeedsTable
          caption={`Needs of ${view.name}`}
          planned={all.plannedPpm !== null}
          needs={needs.slice(0, shownAtOnce)}
        />
      )}
      {needs.length > shownAtOnce && (
        <p className="more">
          <Link to="/needs" search={keepFrame({ coalition: view.slug })} preload={false}>
            All {needs.length} needs
          </Link>
        </p>
      )}
    </section>
  );
}

function Offers({ view }: Readonly<{ view: CoalitionView }>) {
  const { offers } = view;
  const open = offers.filter((offer) => offer.unused === null).length;
  return (
    <section className="figure" aria-labelledby="coalition-offers">
      <header className="figure-head">
        <h2 id="coalition-offers">Offers made through it</h2>
        <p className="figure-text">
          {offers.length === 0
            ? "No offer in this book names the coalition."
            : `${counted(offers.length, "offer")}, ${open} of which can be planned with.`}
        </p>
      </header>
      {offers.length > 0 && <OffersTable caption={`Offers of ${view.name}`} offers={offers.slice(0, shownAtOnce)} />}
      {offers.length > shownAtOnce && (
        <p className="more">
          <Link to="/offers" search={keepFrame({ coalition: view.slug })} preload={false}>
            All {offers.length} offers
          </Link>
        </p>
      )}
    </section>
  );
}
