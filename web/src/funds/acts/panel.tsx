import { Suspense, lazy } from "react";
import type { FundView } from "../../../../src/core/views-funds.ts";
import { useAppSearch } from "../../frame/hooks.ts";
import { Waiting } from "../../parts/states.tsx";
import { ActLink, actsHere } from "./act-link.tsx";

// Forms come when they are opened: whoever reads a fund's page needs none of them.
const CallForm = lazy(async () => ({ default: (await import("./call.tsx")).CallForm }));
const PledgeForm = lazy(async () => ({ default: (await import("./pledge.tsx")).PledgeForm }));
const ReceiptsForm = lazy(async () => ({ default: (await import("./receipts.tsx")).ReceiptsForm }));
const CreditForm = lazy(async () => ({ default: (await import("./credit.tsx")).CreditForm }));
const SpendForm = lazy(async () => ({ default: (await import("./spend.tsx")).SpendForm }));
const ReallocateForm = lazy(async () => ({ default: (await import("./reallocate.tsx")).ReallocateForm }));

const acts = [
  ["call", "Issue a call"],
  ["receipts", "Import a bank statement"],
  ["pledge", "Add a pledge"],
  ["credit", "Credit in kind"],
  ["place", "Place money"],
  ["pay", "Pay"],
  ["reallocate", "Reallocate"],
] as const;

/** What can be done with a fund from this machine, one form at a time; the address says which is open. */
export function ActBar({ fund }: Readonly<{ fund: FundView }>) {
  const { act } = useAppSearch();
  if (!actsHere) return null;
  const open = acts.find(([name]) => name === act);
  return (
    <section className="act-bar" aria-label="Act on this fund">
      <ul>
        {acts.map(([name, words]) => (
          <li key={name}>
            <ActLink act={name}>{words}</ActLink>
          </li>
        ))}
      </ul>
      {open !== undefined && (
        <Suspense fallback={<Waiting what="the form" />}>
          <OpenForm key={open[0]} fund={fund} act={open[0]} />
        </Suspense>
      )}
    </section>
  );
}

function OpenForm({ fund, act }: Readonly<{ fund: FundView; act: (typeof acts)[number][0] }>) {
  switch (act) {
    case "call":
      return <CallForm fund={fund} />;
    case "receipts":
      return <ReceiptsForm fund={fund} />;
    case "pledge":
      return <PledgeForm fund={fund} />;
    case "credit":
      return <CreditForm fund={fund} />;
    case "reallocate":
      return <ReallocateForm fund={fund} />;
    case "place":
    case "pay":
      return <SpendForm fund={fund} form={act} />;
  }
}
