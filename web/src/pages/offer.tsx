import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { OfferView } from "../../../src/core/views-planning.ts";
import { useAppSearch, useParties, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { Answered } from "../parts/states.tsx";
import { OfferActs } from "../planning/acts/panel.tsx";
import { KnownAt } from "../planning/known-at.tsx";
import { OfferBar, OfferKey } from "../planning/offers/list.tsx";
import { Placements } from "../planning/placements.tsx";
import { offerQuery } from "../planning/queries.ts";
import { PlanningPages } from "../planning/subnav.tsx";
import { SourcesOf, Versions } from "../planning/versions.tsx";
import { bare, conditionOf, consentOf, quantityWords, unusedWords, windowWords } from "../planning/words.ts";

/** One offer: what is offered on which conditions, where it goes, and everything that was ever said of it. */
export function OfferPage() {
  const { id = "" } = useParams({ strict: false });
  const { book = defaultBook, known_at } = useAppSearch();
  const query = useQuery(offerQuery(book, id, known_at));
  useTitle(query.data?.title ?? "Offer");
  return (
    <>
      <PlanningPages />
      <Answered query={query} what="the offer" tall alone>
        {(offer) => <Offer offer={offer} />}
      </Answered>
    </>
  );
}

function Offer({ offer }: Readonly<{ offer: OfferView }>) {
  return (
    <article>
      <header className="headline">
        <p className="kicker">
          <Link to="/offers" search={keepFrame()}>
            Offers
          </Link>{" "}
          {"\u00b7"} {offer.id} {offer.head.synthetic && <strong className="synthetic">Synthetic</strong>}
        </p>
        <h1>{offer.title === "" ? offer.itemName : offer.title}</h1>
        <p className="standfirst">
          {offer.itemName}: {quantityWords(offer, offer.quantity)}, offered by{" "}
          <Link to="/nations/$id" params={{ id: offer.giver }} search={keepFrame()} preload={false}>
            {offer.giverName}
          </Link>
          , can leave {windowWords(offer)}.
        </p>
        {offer.unused !== null && (
          <p className="standfirst">
            {offer.unused.code !== "all-placed" && <strong>Not planned with. </strong>}
            {unusedWords(offer)}.
          </p>
        )}
        <KnownAt />
      </header>
      <OfferActs offer={offer} />
      <div className="grid">
        <Used offer={offer} />
        <Conditions offer={offer} />
        <Placements placements={offer.placements} of="offer" file={`${offer.id}-placements`} />
        <Versions history={offer.history} what="offer" />
      </div>
    </article>
  );
}

function Used({ offer }: Readonly<{ offer: OfferView }>) {
  const rows = [
    ["Offered", offer.quantity],
    ["Placed", offer.placed],
    ["Moved", offer.moved],
    ["Signed for", offer.confirmed],
    ["Left", offer.left],
  ] as const;
  return (
    <section className="figure span-6" aria-labelledby="used">
      <header className="figure-head">
        <h2 id="used">What became of it</h2>
        <p className="figure-text">
          {quantityWords(offer, offer.placed)} of {bare(offer.quantity)} placed, {bare(offer.left)} left. It stands in
          the ledger as{" "}
          <Link to="/promises/$id" params={{ id: offer.promise }} search={keepFrame()} preload={false}>
            a promise of {offer.giverName}
          </Link>
          .
        </p>
      </header>
      <OfferKey />
      <div className="offer-bar">
        <OfferBar offer={offer} />
      </div>
      <Pairs rows={rows.map(([term, amount]) => [term, bare(amount)] as const)} />
      {offer.years.length > 0 && (
        <>
          <h3 className="after">By the year from which it can be used</h3>
          <Pairs rows={offer.years.map(({ year, amount }) => [String(year), `${offer.unit}\u00a0${bare(amount)}`])} />
        </>
      )}
    </section>
  );
}

/** Everything that limits what may be done with the offer. */
function Conditions({ offer }: Readonly<{ offer: OfferView }>) {
  const parties = useParties().data ?? [];
  const nameOf = (id: string) => parties.find((party) => party.id === id)?.name ?? id;
  const { earmark, hubNames, valuation } = offer;
  const rows: readonly (readonly [string, ReactNode])[] = [
    ["Can leave", windowWords(offer)],
    ["Condition", conditionOf(offer)],
    ["Third party\u2019s consent", consentOf(offer.consent, nameOf)],
    ["Divided", offer.allOrNothing ? "no: all of it or nothing" : "may be"],
    ["Earmarked for", earmark === null ? "anything" : [...earmark.capabilities, ...earmark.needs].join(", ")],
    ...(offer.caveat === "" ? [] : [["Caveat", offer.caveat] as const]),
    ...(offer.excludes.length === 0 ? [] : [["Not for", offer.excludes.join(", ")] as const]),
    ["Reaches", hubNames === null ? "any hub" : hubNames.join(", ")],
    ...(offer.coalition === null
      ? []
      : [
          [
            "Coalition",
            <Link key="c" to="/groups/$slug" params={{ slug: offer.coalition }} search={keepFrame()} preload={false}>
              {offer.coalitionName ?? offer.coalition}
            </Link>,
          ] as const,
        ]),
    ...(offer.fund === null
      ? []
      : [
          [
            "Through the fund",
            <Link key="f" to="/funds/$id" params={{ id: offer.fund }} search={keepFrame()} preload={false}>
              {offer.fund}
            </Link>,
          ] as const,
        ]),
    [
      "Value of one",
      valuation === null
        ? "not stated"
        : `${valuation.currency}\u00a0${bare(valuation.amount)}, ${valuation.method}; ${valuation.source}`,
    ],
  ];
  return (
    <section className="figure span-6" aria-labelledby="conditions">
      <h2 id="conditions">On which conditions</h2>
      <Pairs rows={rows} />
      {offer.note !== "" && <p className="after">{offer.note}</p>}
      <SourcesOf history={offer.history} />
    </section>
  );
}

function Pairs({ rows }: Readonly<{ rows: readonly (readonly [term: string, value: ReactNode])[] }>) {
  return (
    <dl className="pairs">
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
