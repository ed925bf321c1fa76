import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { NeedView } from "../../../src/core/views-planning.ts";
import { useAppSearch, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { Answered } from "../parts/states.tsx";
import { NeedActs } from "../planning/acts/panel.tsx";
import { KnownAt } from "../planning/known-at.tsx";
import { Offered } from "../planning/needs/offered.tsx";
import { Package } from "../planning/needs/package.tsx";
import { StepsFigure } from "../planning/needs/steps.tsx";
import { Placements } from "../planning/placements.tsx";
import { needQuery } from "../planning/queries.ts";
import { PlanningPages } from "../planning/subnav.tsx";
import { SourcesOf, Versions } from "../planning/versions.tsx";
import { priorityWords, quantityWords, windowWords } from "../planning/words.ts";

/** One need: what is asked, how far it is met, by whom, and everything that was ever said of it. */
export function NeedPage() {
  const { id = "" } = useParams({ strict: false });
  const { book = defaultBook, known_at } = useAppSearch();
  const query = useQuery(needQuery(book, id, known_at));
  useTitle(query.data?.title ?? "Need");
  return (
    <>
      <PlanningPages />
      <Answered query={query} what="the need" tall alone>
        {(need) => <Need need={need} />}
      </Answered>
    </>
  );
}

function Need({ need }: Readonly<{ need: NeedView }>) {
  return (
    <article>
      <header className="headline">
        <p className="kicker">
          <Link to="/needs" search={keepFrame()}>
            Needs
          </Link>{" "}
          {"\u00b7"} {need.id} {need.head.synthetic && <strong className="synthetic">Synthetic</strong>}
        </p>
        <h1>{need.title === "" ? need.id : need.title}</h1>
        <p className="standfirst">
          {need.itemName}: {quantityWords(need, need.quantity)}, wanted {windowWords(need)}
          {need.placeName !== null && ` at ${need.placeName}`}. Priority {priorityWords[need.priority] ?? need.priority}
          .
        </p>
        {need.state === "withdrawn" && (
          <p className="standfirst">
            <strong>Withdrawn.</strong> {need.reason}
          </p>
        )}
        <KnownAt />
      </header>
      <NeedActs need={need} />
      <div className="grid">
        <StepsFigure need={need} />
        <Asked need={need} />
        <Package need={need} />
        <Placements placements={need.placements} of="need" need={need.id} file={`${need.id}-placements`} />
        <Offered need={need} />
        <Versions history={need.history} what="need" />
      </div>
    </article>
  );
}

/** What the recipient asked for, in its particulars. */
function Asked({ need }: Readonly<{ need: NeedView }>) {
  return (
    <section className="figure span-4" aria-labelledby="asked">
      <h2 id="asked">What is asked</h2>
      <dl className="pairs">
        {need.accepts.map((one, index) => (
          <div key={one.item}>
            <dt>{index === 0 ? "Kind" : "or instead"}</dt>
            <dd>
              {one.name}
              {index > 0 && <span className="muted">, worth {one.worth}</span>}
            </dd>
          </div>
        ))}
        <div>
          <dt>Capability</dt>
          <dd>{need.capabilityTitle}</dd>
        </div>
        <div>
          <dt>Wanted</dt>
          <dd>{windowWords(need)}</dd>
        </div>
        <div>
          <dt>Place</dt>
          <dd>{need.placeName ?? "any"}</dd>
        </div>
        {need.coalition !== null && (
          <div>
            <dt>Coalition</dt>
            <dd>
              <Link to="/groups/$slug" params={{ slug: need.coalition }} search={keepFrame()} preload={false}>
                {need.coalitionName ?? need.coalition}
              </Link>
            </dd>
          </div>
        )}
      </dl>
      {need.note !== "" && <p className="after">{need.note}</p>}
      <SourcesOf history={need.history} />
    </section>
  );
}
