import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ConsignmentView, SignLinkView } from "../../../../../src/core/views-delivery.ts";
import { deliveriesApi, receiptsFile } from "../../../api/deliveries.ts";
import { formatMinute } from "../../../format/instants.ts";
import { ActLink, actsHere } from "../../../funds/acts/act-link.tsx";
import { touched } from "../queries.ts";

/** The ways to sign for it: a phone by a code, a file; and the codes that were made. */
export function SignLinks({ consignment }: Readonly<{ consignment: ConsignmentView }>) {
  const { head, id, links, possible } = consignment;
  const signable = possible.some(({ event }) => event === "confirm");
  return (
    <section className="figure span-4 sign-links" aria-labelledby="signing">
      <header className="figure-head">
        <h2 id="signing">Signing for it</h2>
        <p className="figure-text">
          {signable
            ? "The recipient signs on a phone by a printed code, or by a file of receipts."
            : "Nothing of it waits for a signature."}
        </p>
      </header>
      {signable && (
        <ul className="signing-ways">
          {actsHere && head.knownAt === null && (
            <li>
              <ActLink act="link">Make a code to sign by</ActLink>
            </li>
          )}
          <li>
            A file to fill in: {/* The two ways the template comes in. */}
            <a href={receiptsFile(head.book, "xlsx", id)} download>
              xlsx
            </a>{" "}
            <a href={receiptsFile(head.book, "csv", id)} download>
              CSV
            </a>
          </li>
        </ul>
      )}
      {links.length > 0 && (
        <>
          <h3 className="after">Codes made</h3>
          <ul className="sign-codes">
            {links.map((link) => (
              <Code key={link.id} link={link} book={head.book} consignment={id} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

const stateWords: Readonly<Record<SignLinkView["state"], string>> = {
  live: "good",
  expired: "run out",
  withdrawn: "withdrawn",
};

function Code({ link, book, consignment }: Readonly<{ link: SignLinkView; book: string; consignment: string }>) {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: async () => deliveriesApi.endLink(book, consignment, link.id),
    onSuccess: async () => Promise.all(touched.map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
  return (
    <li>
      <b>{stateWords[link.state]}</b>, made {formatMinute(link.madeAt)} by {link.actor}
      {link.state === "live" && `, until ${formatMinute(link.expiresAt)}`}{" "}
      {link.state === "live" && actsHere && (
        <button type="button" className="plain" disabled={end.isPending} onClick={() => end.mutate()}>
          Withdraw it
        </button>
      )}
      {end.isError && (
        <span role="alert" className="late">
          {" "}
          {end.error.message}
        </span>
      )}
    </li>
  );
}
