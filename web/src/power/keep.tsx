import { useState } from "react";
import type { DocumentRef, VotingMember, VotingPowerView } from "../../../src/core/views-governed.ts";
import { csvOf, saveFile } from "../figure/save.ts";
import { formatDay } from "../format/days.ts";

const methodWords: Readonly<Record<VotingPowerView["method"], string>> = {
  sizes: "counted by size alone",
  table: "counted over weight and size",
  halves: "counted by meeting in the middle",
};

/** How it was counted, and ways to take it along. */
export function Keep({
  view,
  members,
  title,
}: Readonly<{ view: VotingPowerView; members: readonly VotingMember[]; title: string }>) {
  const [said, setSaid] = useState("");
  const name = `voting-power-${view.rule?.id ?? "own-weights"}`;
  const copy = () => {
    const text = `Mainstay, \u201cVoting power: ${title}\u201d. ${window.location.href} (read ${formatDay(new Date().toISOString())}).`;
    navigator.clipboard.writeText(text).then(
      () => setSaid("Citation copied."),
      (error: unknown) => setSaid(String(error)),
    );
  };
  return (
    <footer className="figure-foot">
      <p className="meta">
        Exact, {methodWords[view.method]}; shares are rounded for reading, the JSON has the fractions
      </p>
      <div className="tools">
        <button type="button" className="plain" onClick={copy}>
          Copy citation
        </button>
        <button type="button" className="plain" onClick={() => saveFile(`${name}.csv`, "text/csv", csvText(members))}>
          Save CSV
        </button>
        <button
          type="button"
          className="plain"
          onClick={() => saveFile(`${name}.json`, "application/json", JSON.stringify(view, null, 2))}
        >
          Save JSON
        </button>
        <span role="status">{said}</span>
      </div>
    </footer>
  );
}

function csvText(members: readonly VotingMember[]): string {
  return csvOf(
    ["member", "weight", "veto", "swings", "shapley", "banzhaf", "absolute", "shapley_exact", "banzhaf_exact"],
    members.map(({ name, weight, veto, swings, shapley, banzhaf, absolute }) => [
      name,
      weight,
      veto ? "yes" : "no",
      swings,
      shapley.decimal,
      banzhaf.decimal,
      absolute.decimal,
      shapley.exact,
      banzhaf.exact,
    ]),
  );
}

/** A document outside the record, by name. */
export function DocumentLine({ document }: Readonly<{ document: DocumentRef }>) {
  return (
    <>
      <a href={document.url}>{document.title}</a> <span className="muted">{document.publisher}</span>
    </>
  );
}
