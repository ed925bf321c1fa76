import { Link } from "@tanstack/react-router";
import { Suspense, lazy } from "react";
import type { PlanView } from "../../../../src/core/views-plan.ts";
import { useAppSearch } from "../../frame/hooks.ts";
import { keepFrame } from "../../frame/search.ts";
import { ActLink, actsHere } from "../../funds/acts/act-link.tsx";
import { listed } from "../../funds/words.ts";
import { Waiting } from "../../parts/states.tsx";
import { acceptanceWords } from "./words.ts";

const AcceptForm = lazy(async () => ({ default: (await import("./accept-form.tsx")).AcceptForm }));
const ProposeForm = lazy(async () => ({ default: (await import("./propose-form.tsx")).ProposeForm }));

/** What became of the plan: the proposals that would adopt it, how much of it is placed, and the ways to accept it. */
export function Acceptance({ plan }: Readonly<{ plan: PlanView }>) {
  const { act } = useAppSearch();
  const { acceptance } = plan;
  const open = acceptance.state !== "accepted" && plan.problems.length === 0;
  return (
    <section className="act-bar" aria-label="What became of it">
      <p>
        <strong>{sentence(acceptanceWords(acceptance))}</strong>{" "}
        {acceptance.proposals.map(({ id, title, state }) => (
          <span key={id}>
            <Link to="/decisions/$id" params={{ id }} search={keepFrame()}>
              {title === "" ? id : title}
            </Link>
            : {state}.{" "}
          </span>
        ))}
        {acceptance.state === "open" &&
          `A plan holds once ${listed(["a decision adopts it", "its givers accept their parts"]).replace(" and ", " or ")}.`}
      </p>
      {actsHere && open && (
        <ul>
          <li>
            <ActLink act="propose">Put it to decision</ActLink>
          </li>
          <li>
            <ActLink act="accept">Accept as a giver</ActLink>
          </li>
        </ul>
      )}
      {actsHere && open && (act === "propose" || act === "accept") && (
        <Suspense fallback={<Waiting what="the form" />}>
          {act === "propose" ? <ProposeForm plan={plan} /> : <AcceptForm plan={plan} />}
        </Suspense>
      )}
    </section>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
