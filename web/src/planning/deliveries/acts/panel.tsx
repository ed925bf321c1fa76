import { lazy } from "react";
import type { ConsignmentView } from "../../../../../src/core/views-delivery.ts";
import { receiptsFile } from "../../../api/deliveries.ts";
import { Acts } from "../../acts/acts.tsx";

// Forms come when they are opened: whoever reads a page needs none of them.
const MakeForm = lazy(async () => ({ default: (await import("./make.tsx")).MakeForm }));
const ReceiptsForm = lazy(async () => ({ default: (await import("./receipts.tsx")).ReceiptsForm }));
const PolicyForm = lazy(async () => ({ default: (await import("./policy.tsx")).PolicyForm }));
const EventForm = lazy(async () => ({ default: (await import("./event.tsx")).EventForm }));
const SplitForm = lazy(async () => ({ default: (await import("./parts.tsx")).SplitForm }));
const MergeForm = lazy(async () => ({ default: (await import("./parts.tsx")).MergeForm }));
const LinkForm = lazy(async () => ({ default: (await import("./link.tsx")).LinkForm }));

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
