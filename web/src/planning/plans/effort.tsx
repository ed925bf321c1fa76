import { Link } from "@tanstack/react-router";
import type { PlanEffort, PlanView } from "../../../../src/core/views-plan.ts";
import { Figure } from "../../figure/figure.tsx";
import { lengthOf, moneyWords } from "../../format/amounts.ts";
import { keepFrame } from "../../frame/search.ts";
import { drawnBy } from "./drawn-by.ts";
import { shareWords } from "./words.ts";

const shown = 12;

/** What each giver bears against what the key says it should. */
export function EffortFigure({ plan }: Readonly<{ plan: PlanView }>) {
  const effort = plan.effort.toSorted((a, b) => lengthOf(b.amount) - lengthOf(a.amount));
  const keyed = effort.some((one) => one.keyShare !== null);
  const [most] = effort;
  if (most === undefined) return null;
  const longest = Math.max(...effort.flatMap((one) => [one.share ?? 0, one.keyShare ?? 0]), 1e-9);
  return (
    <Figure
      title={keyed ? "Who bears it, against the key" : "Who bears it"}
      className="span-4"
      drawing={false}
      text={`${most.name} bears most, ${shareWords(most.share)}${most.keyShare === null ? "" : `, where the key says ${shareWords(most.keyShare)}`}.`}
      {...drawnBy(plan, plan.currency)}
      json={effort}
      table={{
        columns: [
          { key: "giver", label: "Giver", kind: "text" },
          { key: "effort", label: "Effort", kind: "amount" },
          { key: "share", label: "Share", kind: "decimal" },
          { key: "key", label: "By the key", kind: "decimal" },
        ],
        rows: effort.map((one) => [
          one.name,
          one.amount,
          one.share === null ? null : shareWords(one.share),
          one.keyShare === null ? null : shareWords(one.keyShare),
        ]),
      }}
      note={`By the values that givers state; what is not valued counts towards no share. ${effort.length > shown ? `The ${shown} largest; the table has all ${effort.length}.` : ""}`}
    >
      <ul className="efforts">
        {effort.slice(0, shown).map((one) => (
          <Bar key={one.giver} one={one} longest={longest} currency={plan.currency} />
        ))}
      </ul>
    </Figure>
  );
}

function Bar({ one, longest, currency }: Readonly<{ one: PlanEffort; longest: number; currency: string }>) {
  const size = (share: number | null) => ((share ?? 0) / longest) * 100;
  return (
    <li>
      <Link to="/nations/$id" params={{ id: one.giver }} search={keepFrame()} preload={false}>
        {one.name}
      </Link>{" "}
      <span className="muted">
        {moneyWords(currency, one.amount)}, {shareWords(one.share)}
      </span>
      <svg className="line-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width={100} height={10} className="flow-open" />
        <rect width={size(one.share)} height={10} className="class-placed" />
        {one.keyShare !== null && <rect x={size(one.keyShare) - 0.5} width={1} height={10} className="key-mark" />}
      </svg>
    </li>
  );
}
