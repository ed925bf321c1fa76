import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { FundView } from "../../../../src/core/views-funds.ts";
import { keepFrame } from "../../frame/search.ts";
import { EntryForm } from "../../parts/entry-form.tsx";
import { newestFirst, readable } from "../words.ts";

const touches = ["fund", "funds", "call", "reallocation"];

/**
 * One form that enters an act. `asked` says in words what is sent, and is repeated when it is refused; `aside` stands beside the form until
 * there is an answer; `done` says what came of it.
 */
export function ActForm<T>({
  fund,
  send,
  done,
  ...form
}: Readonly<{
  fund: FundView;
  title: string;
  intro?: ReactNode;
  asked: string;
  button: string;
  send: () => Promise<T>;
  done: (answer: T, before: FundView) => ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  level?: 2 | 4;
}>) {
  return (
    <EntryForm
      {...form}
      touches={touches}
      refused="Refused. Nothing was recorded, no money moved."
      words={readable}
      send={async () => ({ answer: await send(), before: fund })}
      done={({ answer, before }) => done(answer, before)}
      ways={(code) =>
        code.includes("authority") && (
          <>
            <Link to="." hash="authorities" search={(previous) => previous} resetScroll={false}>
              What the authorities allow
            </Link>
            <Link to="/decisions/new" search={keepFrame()}>
              Propose a decision
            </Link>
          </>
        )
      }
    />
  );
}

/** What was just recorded, with the way to the reason why it could be. */
export function Recorded({ fund, before }: Readonly<{ fund: FundView; before: FundView }>) {
  const known = new Set(before.acts.map((act) => act.id));
  const act = newestFirst(fund.acts).find((one) => !known.has(one.id));
  const posting = act?.postings[0];
  return (
    <>
      <h3>Recorded.</h3>
      {act !== undefined && (
        <p>
          {act.title}, by {act.actor}.{" "}
          {posting !== undefined && (
            <Link to="/why/$posting" params={{ posting }} search={keepFrame()}>
              Why could this be done?
            </Link>
          )}
        </p>
      )}
    </>
  );
}
