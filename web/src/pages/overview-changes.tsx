import { Link } from "@tanstack/react-router";
import type { Overview } from "../../../src/core/views.ts";
import { Bars } from "../charts/bars.tsx";
import { Figure } from "../figure/figure.tsx";
import { counted, moneyWords, sumOf } from "../format/amounts.ts";
import { releaseWords } from "../format/units.ts";
import { keepFrame } from "../frame/search.ts";

type Props = Readonly<{ view: Overview }>;

/** What the latest release changed, kinds of change kept apart. */
export function ChangeFigure({ view }: Props) {
  const changes = view.changes;
  if (changes === null) return null;
  const kinds = [
    ["Added", changes.added, "promises not listed before"],
    ["Dropped", changes.dropped, "no longer listed"],
    ["New money", changes.newMoney, "more or less in their own unit"],
    ["Re-converted", changes.reconverted, "same money, other rate"],
    ["Re-coded", changes.recoded, "same money, other place"],
  ] as const;
  const net = sumOf(kinds.map(([, sum]) => sum.amount));
  const text = `From ${releaseWords(changes.from)} to ${releaseWords(changes.to)} the total changed by ${moneyWords(view.frame.unit, net)}: ${counted(changes.added.promises, "promise")} added, ${counted(changes.dropped.promises, "promise")} dropped, the rest revalued.`;
  return (
    <Figure
      title="What changed since the release before"
      className="span-6"
      text={text}
      frame={view.frame}
      bindingClass={changes.class}
      rows={null}
      json={changes}
      table={{
        columns: [
          { key: "kind", label: "Change", kind: "text" },
          { key: "meaning", label: "Meaning", kind: "text" },
          { key: "promises", label: "Promises", kind: "count" },
          { key: "amount", label: "Amount", kind: "amount" },
        ],
        rows: [
          ...kinds.map(([name, sum, meaning]) => [name, meaning, String(sum.promises), sum.amount]),
          ...changes.byDonor.map((line) => [line.name, "by giver", null, line.change]),
        ],
      }}
      note={
        <>
          <p>
            <Link to="/releases" search={keepFrame({ from: changes.from, to: changes.to, class: changes.class })}>
              Compare the releases row by row
            </Link>
          </p>
          {changes.byDonor.length > 0 && (
            <p>
              Most changed:{" "}
              {changes.byDonor.slice(0, 5).map((line, index) => (
                <span key={line.donor}>
                  {index > 0 && "; "}
                  {line.name} <span className="nowrap">{moneyWords(view.frame.unit, line.change)}</span>
                </span>
              ))}
              .
            </p>
          )}
        </>
      }
    >
      <Bars
        bars={kinds.map(([label, sum]) => ({ label, amount: sum.amount, note: counted(sum.promises, "promise") }))}
        unit={view.frame.unit}
        title={text}
        labelWidth={120}
        signed
      />
    </Figure>
  );
}

/** Where our sum of the publisher's rows is not the total the publisher prints. */
export function DifferenceFigure({ view }: Props) {
  const differences = view.differences;
  if (differences.length === 0) return null;
  return (
    <Figure
      title="Where the record differs from its publisher"
      className="span-12"
      text={`In ${counted(differences.length, "cell")} the sum of the source's own rows is not the total it prints. Both are shown; the figures here follow the rows.`}
      frame={view.frame}
      rows={null}
      table={{
        columns: [
          { key: "release", label: "Release", kind: "text" },
          { key: "donor", label: "Giver", kind: "text" },
          { key: "category", label: "Category", kind: "text" },
          { key: "class", label: "Class", kind: "text" },
          { key: "printed", label: "Printed", kind: "amount" },
          { key: "ours", label: "Sum of rows", kind: "amount" },
          { key: "difference", label: "Difference", kind: "amount" },
        ],
        rows: differences.map((cell) => [
          cell.release,
          cell.donor,
          cell.category,
          cell.class,
          cell.printed,
          cell.ours,
          cell.difference,
        ]),
      }}
    />
  );
}
