import { lazy } from "react";
import type { NeedView, OfferView } from "../../../../src/core/views-planning.ts";
import { planningFiles } from "../../api/planning.ts";
import { useAppSearch } from "../../frame/hooks.ts";
import { Acts } from "./acts.tsx";

// Forms come when they are opened: whoever reads a page needs none of them.
const NeedForm = lazy(async () => ({ default: (await import("./need-form.tsx")).NeedForm }));
const OfferForm = lazy(async () => ({ default: (await import("./offer-form.tsx")).OfferForm }));
const ImportForm = lazy(async () => ({ default: (await import("./import.tsx")).ImportForm }));
const WithdrawForm = lazy(async () => ({ default: (await import("./withdraw.tsx")).WithdrawForm }));
const ConsentForm = lazy(async () => ({ default: (await import("./consent.tsx")).ConsentForm }));

/** What can be entered into a book's needs or offers from this machine, and the ways to take them along. */
export function RecordActs({ what, book }: Readonly<{ what: "needs" | "offers"; book: string }>) {
  const acts =
    what === "needs"
      ? [
          { name: "need", words: "State a need", form: <NeedForm book={book} /> },
          { name: "import", words: "Import a file", form: <ImportForm book={book} what="needs" /> },
        ]
      : [
          { name: "offer", words: "Enter an offer", form: <OfferForm book={book} /> },
          { name: "import", words: "Import a file", form: <ImportForm book={book} what="offers" /> },
        ];
  return (
    <Acts label={`Enter ${what}`} acts={acts}>
      <Files what={what} book={book} />
    </Acts>
  );
}

export function NeedActs({ need }: Readonly<{ need: NeedView }>) {
  const { book } = need.head;
  if (need.head.knownAt !== null) return null;
  return (
    <Acts
      label="Act on this need"
      acts={
        need.state === "withdrawn"
          ? []
          : [
              { name: "change", words: "Change it", form: <NeedForm book={book} need={need} /> },
              {
                name: "withdraw",
                words: "Withdraw it",
                form: <WithdrawForm book={book} what="need" id={need.id} title={need.title} />,
              },
            ]
      }
    />
  );
}

export function OfferActs({ offer }: Readonly<{ offer: OfferView }>) {
  const { book } = offer.head;
  if (offer.head.knownAt !== null) return null;
  return (
    <Acts
      label="Act on this offer"
      acts={
        offer.state === "withdrawn"
          ? []
          : [
              { name: "change", words: "Change it", form: <OfferForm book={book} offer={offer} /> },
              ...(offer.consent.state === "none"
                ? []
                : [{ name: "consent", words: "Record the consent", form: <ConsentForm offer={offer} /> }]),
              {
                name: "withdraw",
                words: "Withdraw it",
                form: <WithdrawForm book={book} what="offer" id={offer.id} title={offer.title} />,
              },
            ]
      }
    />
  );
}

function Files({ what, book }: Readonly<{ what: "needs" | "offers"; book: string }>) {
  const { known_at } = useAppSearch();
  const kinds = ["xlsx", "csv"] as const;
  return (
    <>
      <li className="files">
        All {what} as{" "}
        {kinds.map((kind) => (
          <a key={kind} href={planningFiles.export(book, what, kind, known_at)} download>
            {kind === "csv" ? "CSV" : kind}
          </a>
        ))}
      </li>
      <li className="files">
        Empty file to fill in{" "}
        {kinds.map((kind) => (
          <a key={kind} href={planningFiles.template(what, kind)} download>
            {kind === "csv" ? "CSV" : kind}
          </a>
        ))}
      </li>
    </>
  );
}
