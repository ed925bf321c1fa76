import { useQuery } from "@tanstack/react-query";
import type { ConsignmentView, SignLinkMade } from "../../../../../src/core/views-delivery.ts";
import { deliveriesApi } from "../../../api/deliveries.ts";
import { formatDay } from "../../../format/days.ts";
import { useFields, Written } from "../../../funds/acts/fields.tsx";
import { readable } from "../../../funds/words.ts";
import { EntryForm } from "../../../parts/entry-form.tsx";
import { Answered } from "../../../parts/states.tsx";
import { addressQuery, touched } from "../queries.ts";
import { addressHere, itemsWords, piecesWords } from "../words.ts";

/** Makes a code that a phone signs by, to be printed and to go with the goods. */
export function LinkForm({ consignment }: Readonly<{ consignment: ConsignmentView }>) {
  const query = useQuery(addressQuery);
  return (
    <Answered query={query} what="the address">
      {({ address }) => <Making consignment={consignment} address={address ?? addressHere(window.location)} />}
    </Answered>
  );
}

function Making({ consignment, address }: Readonly<{ consignment: ConsignmentView; address: string }>) {
  const { head, id } = consignment;
  const [fields, set] = useFields({ address, days: "30" });
  return (
    <EntryForm
      title="Make a code to sign by"
      intro="Whoever scans it can sign for this consignment and do nothing else. It is shown once: print it now, and let it go with the goods."
      button="Make it"
      asked={`A code to sign for ${id}, good for ${fields.days} days.`}
      touches={touched}
      words={readable}
      send={() =>
        deliveriesApi.makeLink(head.book, id, {
          address: fields.address,
          days: /^\d{1,4}$/.test(fields.days) ? Number(fields.days) : fields.days,
        })
      }
      done={(made) => <Code consignment={consignment} made={made} />}
    >
      <Written
        label="Address under which phones reach this program"
        wide
        value={fields.address}
        onChange={set("address")}
        hint="https://mainstay.example"
      />
      <Written label="Good for how many days" value={fields.days} onChange={set("days")} pattern="[0-9]{1,3}" />
    </EntryForm>
  );
}

/** The sheet that is printed: nothing else of the page is. */
function Code({ consignment, made }: Readonly<{ consignment: ConsignmentView; made: SignLinkMade }>) {
  const { head, title, id } = consignment;
  return (
    <div className="sign-code">
      {head.synthetic && <p className="synthetic sign-code-synthetic">Synthetic: nothing of it is a fact</p>}
      <h3>{title === "" ? id : title}</h3>
      <p>
        {head.title}, consignment {id}: {piecesWords(consignment.stream, consignment.pieces)} of{" "}
        {itemsWords(consignment)}, through {consignment.hubName}.
      </p>
      <img
        src={`data:image/svg+xml;utf8,${encodeURIComponent(made.svg)}`}
        alt={`Code to sign for ${title} by: ${made.address}`}
        width={232}
        height={232}
      />
      <p>
        Scan, count, and sign for {head.recipientName}. Good until {formatDay(made.link.expiresAt)}.
      </p>
      <p className="sign-code-address">
        <a href={made.address}>{made.address}</a>
      </p>
      <p className="tools">
        <button type="button" onClick={() => window.print()}>
          Print it
        </button>
      </p>
    </div>
  );
}
