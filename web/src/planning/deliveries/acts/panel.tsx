import { Suspense, lazy, useState, type ReactNode } from "react";
import type { ConsignmentView } from "../../../../../src/core/views-delivery.ts";
import { receiptsFile } from "../../../api/deliveries.ts";
import { useAppSearch } from "../../../frame/hooks.ts";
import { ActLink, actsHere } from "../../../funds/acts/act-link.tsx";
import { Waiting } from "../../../parts/states.tsx";

// Forms come when they are opened: whoever reads a page needs none of them.
const MakeForm = lazy(async () => ({ default: (await import("./make.tsx")).MakeForm }));
const ReceiptsForm = lazy(async () => ({ default: (await import("./receipts.tsx")).ReceiptsForm }));
const PolicyForm = lazy(async () => ({ default: (await import("./policy.tsx")).PolicyForm }));
const EventForm = lazy(async () => ({ default: (await import("./event.tsx")).EventForm }));
const SplitForm = lazy(async () => ({ default: (await import("./parts.tsx")).SplitForm }));
const MergeForm = lazy(async () => ({ default: (await import("./parts.tsx")).MergeForm }));
const LinkForm = lazy(async () => ({ default: (await import("./link.tsx")).LinkForm }));

type Act = Readonly<{ name: string; words: string; form: ReactNode }>;

/** What can be entered into a book's deliveries, and what the recipient can sign for as a file. */
export function DeliveryActs({ book }: Readonly<{ book: string }>) {
  return (
    <Acts
      label="Enter deliveries"
      acts={[
        { name: "consignment", words: "Make a consignment", form: <MakeForm book={book} /> },
        { name: "receipts", words: "Import receipts", form: <ReceiptsForm book={book} /> },
        { name: "policy", words: "Say what counts as delivered", form: <PolicyForm book={book} /> },
      ]}
    >
      <li className="files">
        What can be signed for, to fill in{" "}
        {(["xlsx", "csv"] as const).map((kind) => (
          <a key={kind} href={receiptsFile(book, kind)} download>
            {kind === "csv" ? "CSV" : kind}
          </a>
        ))}
      </li>
    </Acts>
  );
}

/** What can be reported of a consignment as it stands: only what its course lets happen next. */
export function ConsignmentActs({ consignment }: Readonly<{ consignment: ConsignmentView }>) {
  const { head, possible } = consignment;
  if (head.knownAt !== null) return null;
  const events = possible.map((event) => ({
    name: `event-${event.event}`,
    words: event.name,
    form: <EventForm consignment={consignment} event={event} />,
  }));
  const onItsWay = consignment.states.some(({ done }) => !done);
  return (
    <Acts
      label="Report what happened"
      lead={events.length > 0 ? "What happened next?" : ""}
      acts={[
        ...events,
        ...(onItsWay
          ? [
              { name: "split", words: "Split", form: <SplitForm consignment={consignment} /> },
              { name: "merge", words: "Merge others into it", form: <MergeForm consignment={consignment} /> },
            ]
          : []),
        ...(possible.some(({ event }) => event === "confirm")
          ? [{ name: "link", words: "Make a code to sign by", form: <LinkForm consignment={consignment} /> }]
          : []),
      ]}
    />
  );
}

/** One form at a time; the address says which is open. Only the machine that the program runs on may enter anything. */
function Acts({
  label,
  lead = "",
  acts,
  children,
}: Readonly<{ label: string; lead?: string; acts: readonly Act[]; children?: ReactNode }>) {
  const { act } = useAppSearch();
  const open = useOpen(actsHere ? acts : [], act);
  if (!actsHere && children === undefined) return null;
  return (
    <section className="act-bar" aria-label={label}>
      <ul>
        {actsHere && lead !== "" && <li className="act-lead">{lead}</li>}
        {actsHere &&
          acts.map(({ name, words }) => (
            <li key={name}>
              <ActLink act={name}>{words}</ActLink>
            </li>
          ))}
        {children}
      </ul>
      {open !== undefined && (
        <Suspense fallback={<Waiting what="the form" />}>
          <div key={open.name}>{open.form}</div>
        </Suspense>
      )}
    </section>
  );
}

/** The form that is open. What was just entered may leave nothing to enter by it again: it stays, to say what came of it, until it is closed. */
function useOpen(acts: readonly Act[], name: string | undefined): Act | undefined {
  const [last, keep] = useState<Act | undefined>(undefined);
  const found = acts.find((act) => act.name === name);
  if (found !== undefined && found.name !== last?.name) keep(found);
  return found ?? (last?.name === name ? last : undefined);
}
