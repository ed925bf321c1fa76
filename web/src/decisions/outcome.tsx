import { Link } from "@tanstack/react-router";
import type { ProposalView } from "../../../src/core/views-decisions.ts";
import { counted, formatCount, grouped } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { keepFrame } from "../frame/search.ts";
import { sentence, standingHeads } from "./words.ts";

type Outcome = NonNullable<ProposalView["outcome"]>;

/** What was decided: by which rule and counts, by whom, and what is attached to it. */
export function OutcomeShown({ view, outcome }: Readonly<{ view: ProposalView; outcome: Outcome }>) {
  const counts = view.counts.filter((count) => count.weights["members"] !== "0");
  const measures = Object.keys(view.counts[0]?.weights ?? {});
  return (
    <section className="figure span-8" aria-labelledby="outcome">
      <header className="figure-head">
        <h2 id="outcome">{outcome.result === "adopted" ? "What was decided" : "Why it was rejected"}</h2>
        <p className="figure-text">{sentence(outcome.says)}</p>
      </header>
      {outcome.ending !== null && (
        <p className="outcome-ending">
          <b>{outcome.ending.kind === "annulled" ? "Annulled" : "Expired"}</b> on {formatDay(outcome.ending.at)}:{" "}
          {outcome.ending.reason}
        </p>
      )}
      {outcome.effect !== "" && (
        <p className="outcome-ending">
          <b>Not put into effect:</b> {outcome.effect}
        </p>
      )}
      {view.placements !== null && <Placed view={view} placements={view.placements} />}
      {counts.length > 0 && (
        <table className="outcome-counts">
          <caption className="out-of-sight">Counts when it was decided</caption>
          <thead>
            <tr>
              <th scope="col">Position</th>
              {measures.map((measure) => (
                <th key={measure} scope="col" className="number">
                  {measure === "members" ? "Parties" : `${measure[0]?.toUpperCase()}${measure.slice(1)}`}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counts.map((count) => (
              <tr key={count.standing}>
                <th scope="row">
                  <i className={`standing standing-${count.standing}`} aria-hidden="true" />{" "}
                  {standingHeads[count.standing]}
                </th>
                {measures.map((measure) => (
                  <td key={measure} className="number">
                    {grouped(count.weights[measure] ?? "0")}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {outcome.constructiveAbstainers.map((abstainer) => (
        <blockquote key={abstainer.party} className="attached">
          <p>{abstainer.declaration}</p>
          <footer className="hint">
            {abstainer.partyName}, abstaining constructively
            {abstainer.exemptFrom.length > 0 && `: exempt from ${abstainer.exemptFrom.join(" and ")}`}
          </footer>
        </blockquote>
      ))}
      {outcome.statements.map((statement, index) => (
        <blockquote key={index} className="attached">
          <p>{statement.text}</p>
          <footer className="hint">
            {statement.partyName}, {statement.kind.replaceAll("-", " ")}
          </footer>
        </blockquote>
      ))}
      {outcome.reservations.map((reservation) => (
        <blockquote key={reservation.party} className="attached">
          <p>{reservation.note}</p>
          <footer className="hint">{reservation.partyName}, reservation of its parliament</footer>
        </blockquote>
      ))}
      {view.rule.passages.length > 0 && <p className="figure-note">Rule: {view.rule.passages.join("; ")}.</p>}
    </section>
  );
}

type Placements = NonNullable<ProposalView["placements"]>;

/** What was placed under the decision; where it was annulled, what of it a person has to settle. */
function Placed({ view, placements }: Readonly<{ view: ProposalView; placements: Placements }>) {
  const { placed, takenBack, toSettle } = placements;
  return (
    <>
      <p>
        {counted(placed, "assignment")} {placed === 1 ? "was" : "were"} placed under it
        {takenBack === 0 ? "." : `; ${formatCount(takenBack)} ${takenBack === 1 ? "was" : "were"} taken back.`}
      </p>
      {toSettle.length > 0 && (
        <div className="outcome-ending">
          <p>
            <b>To be settled:</b> {counted(toSettle.length, "assignment")} {toSettle.length === 1 ? "stays" : "stay"}{" "}
            placed, since consignments carry {toSettle.length === 1 ? "it" : "them"}. Once returned:{" "}
            <code>npx mainstay plan take-back {view.id}</code>
          </p>
          <ul>
            {toSettle.map((one) => (
              <li key={one.id}>
                {one.id}:{" "}
                <Link to="/offers/$id" params={{ id: one.offer }} search={keepFrame()} preload={false}>
                  {one.offer}
                </Link>{" "}
                for{" "}
                <Link to="/needs/$id" params={{ id: one.need }} search={keepFrame()} preload={false}>
                  {one.need}
                </Link>
                {one.consignments.map((consignment) => (
                  <span key={consignment}>
                    , in{" "}
                    <Link to="/deliveries/$id" params={{ id: consignment }} search={keepFrame()} preload={false}>
                      {consignment}
                    </Link>
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
