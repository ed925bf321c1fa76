import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DecisionCalendar } from "../../../src/core/views-decisions.ts";
import { Deadlines } from "../decisions/deadlines.tsx";
import { DecidedList, OpenList } from "../decisions/lists.tsx";
import { calendarQuery, soon } from "../decisions/queries.ts";
import { DecidingPages } from "../decisions/subnav.tsx";
import { isOpen } from "../decisions/words.ts";
import { booksQuery, useAppSearch, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { Answered, Empty } from "../parts/states.tsx";

/** What is open and how long it still is, what is due next, and what was decided. */
export function DecisionsPage() {
  useTitle("Decisions");
  const { book = defaultBook } = useAppSearch();
  const query = useQuery(calendarQuery(book));
  return (
    <>
      <DecidingPages />
      <header className="headline headline-with">
        <div>
          <h1>Decisions</h1>
          <p className="standfirst">
            Texts that groups have before them, with the time they have left; what falls due under what they decided;
            and every decision with who stood where.
          </p>
        </div>
        <Link to="/decisions/new" search={keepFrame()} className="button primary">
          Propose
        </Link>
      </header>
      <Answered query={query} what="the decisions" tall>
        {(calendar) => (
          <Calendar calendar={calendar} receivedAt={query.dataUpdatedAt} onEnd={() => soon(query.refetch)} />
        )}
      </Answered>
    </>
  );
}

function Calendar({
  calendar,
  receivedAt,
  onEnd,
}: Readonly<{ calendar: DecisionCalendar; receivedAt: number; onEnd: () => void }>) {
  const told = { now: calendar.now, receivedAt };
  if (calendar.proposals.length === 0 && calendar.deadlines.length === 0)
    return (
      <Empty title="Nothing has been proposed in this book.">
        <p>
          A fund, a call, a key: each begins with a proposal.{" "}
          <Link to="/decisions/new" search={keepFrame()}>
            Propose something
          </Link>
          , argue over shares in the{" "}
          <Link to="/whatif" search={keepFrame()}>
            what-if
          </Link>{" "}
          first, or read{" "}
          <Link to="/procedures" search={keepFrame()}>
            how groups decide
          </Link>
          .
        </p>
        <Rehearsal book={calendar.book} />
      </Empty>
    );
  return (
    <div className="grid">
      <OpenList rows={calendar.proposals} told={told} onEnd={onEnd} />
      {calendar.deadlines.length > 0 && <Deadlines calendar={calendar} />}
      {calendar.proposals.some((row) => !isOpen(row.stepKind)) && <DecidedList rows={calendar.proposals} />}
    </div>
  );
}

/** The way to the book in which a whole story is played, where there is one. */
function Rehearsal({ book }: Readonly<{ book: string }>) {
  const rehearsal = useQuery(booksQuery).data?.find((one) => one.slug === "rehearsal");
  if (rehearsal === undefined || rehearsal.slug === book) return null;
  return (
    <p>
      How it all goes together is played, with made-up nations, in{" "}
      <Link to="/decisions" search={{ book: rehearsal.slug }}>
        {rehearsal.title}
      </Link>
      .
    </p>
  );
}
