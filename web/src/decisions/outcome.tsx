import type { ProposalView } from "../../../src/core/views-decisions.ts";
import { grouped } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
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
