import { Link } from "@tanstack/react-router";
import type { Overview } from "../../../src/core/views.ts";
import { counted, moneyWords } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { useBoundaryWords, useOverview, useTitle } from "../frame/hooks.ts";
import { Answered, Empty } from "../parts/states.tsx";
import { CategoryFigure, ClassFigure, SeriesFigure, VintageFigure } from "./overview-figures.tsx";
import { ChangeFigure, DifferenceFigure } from "./overview-changes.tsx";
import { GiverFigure } from "./overview-givers.tsx";

/** The standing picture: what was promised, how far it has got, who gave, and what changed. */
export function OverviewPage() {
  useTitle("");
  const query = useOverview();
  return (
    <Answered query={query} what="the overview" tall alone>
      {(view) => (
        <div aria-busy={query.isPlaceholderData} className={query.isPlaceholderData ? "stale" : undefined}>
          <Standing view={view} />
        </div>
      )}
    </Answered>
  );
}

function Standing({ view }: Readonly<{ view: Overview }>) {
  if (view.donors.length === 0) return <NothingYet view={view} />;
  return (
    <>
      <Headline view={view} />
      <div className="grid">
        <ClassFigure view={view} />
        <CategoryFigure view={view} />
        <SeriesFigure view={view} />
        <GiverFigure view={view} />
        <VintageFigure view={view} />
        <ChangeFigure view={view} />
        <DifferenceFigure view={view} />
      </div>
    </>
  );
}

/** "Known at 22 April 2026: 44 givers have placed EUR 350.0 bn for Ukraine." */
function Headline({ view }: Readonly<{ view: Overview }>) {
  const known = view.frame.knownAt ?? view.book.knownTo;
  const boundary = useBoundaryWords(view.frame.boundary);
  const chosen = view.classes.find((entry) => entry.class === view.class);
  const givers = view.donors.filter((line) => line.byClass[view.class] !== null).length;
  const verb = {
    said: "said they would give",
    bound: "bound themselves to give",
    placed: "placed",
    moved: "moved",
    received: "given, confirmed as received,",
  }[view.class];
  const others = view.classes.filter((entry) => entry.class !== view.class);
  const whole = others.filter((entry) => entry.amount !== null && entry.partial === null);
  const inPart = others.filter((entry) => entry.amount !== null && entry.partial !== null);
  const unknown = others.filter((entry) => entry.amount === null).map((entry) => entry.class);
  const within = view.frame.boundary === "all" ? "" : ` (${boundary})`;
  return (
    <header className="headline">
      <p className="kicker">
        {view.book.title}
        {known !== null && (
          <>
            {" "}
            {"\u00b7"} known at {formatDay(known)}
          </>
        )}
        {view.frame.asOf !== null && (
          <>
            {" "}
            {"\u00b7"} as of {formatDay(view.frame.asOf)}
          </>
        )}
      </p>
      <h1>
        {counted(givers, "giver")}
        {within} {givers === 1 ? "has" : "have"} {verb} <em>{moneyWords(view.frame.unit, chosen?.amount ?? null)}</em>{" "}
        for {view.book.recipient}.
      </h1>
      <p className="standfirst">
        {whole.map((entry) => `${capital(entry.class)}: ${moneyWords(view.frame.unit, entry.amount)}. `)}
        {inPart.length > 0 &&
          `Known in part: ${inPart.map((entry) => `${entry.class} ${moneyWords(view.frame.unit, entry.amount)}`).join(", ")}. `}
        {unknown.length > 0 && <>What was {listed(unknown)} is not known from these sources. </>}
        Drawn from {counted(view.sources, "source")}.
      </p>
    </header>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function NothingYet({ view }: Readonly<{ view: Overview }>) {
  return (
    <Empty alone title={`Nothing is on record in ${view.book.title} in this frame.`}>
      {view.book.knownFrom !== null && view.frame.knownAt !== null && view.frame.knownAt < view.book.knownFrom ? (
        <p>
          The first knowledge of this book is of {formatDay(view.book.knownFrom)}.{" "}
          <Link to="/" search={{ book: view.book.slug }}>
            Show what is known now
          </Link>
        </p>
      ) : (
        <p>
          Widen the frame above or{" "}
          <Link to="/" search={{ book: view.book.slug }}>
            reset it
          </Link>
          . To fill the book, import a release:{" "}
          <code>npx mainstay import kiel FILE --release NAME --published YYYY-MM-DD</code>
        </p>
      )}
    </Empty>
  );
}
