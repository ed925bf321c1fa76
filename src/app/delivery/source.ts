import { MainstayError } from "#core/errors.ts";
import type { DeliverySide } from "#core/views-delivery.ts";
import type { Queries } from "#store/database.ts";
import { ensureSource, sourceNumber } from "#store/register.ts";
import type { Cut } from "../planning/cut.ts";

/** The number of a source on record. @throws MainstayError unknown_source */
export async function requireSource(db: Queries, id: string): Promise<number> {
  const no = await sourceNumber(db, id);
  if (no === undefined) throw new MainstayError("unknown_source", JSON.stringify(id), { field: "source" });
  return no;
}

/** The source named, or the reports of a side of a consignment, entered when they are first needed. @throws MainstayError unknown_source */
export async function sourceOf(
  trx: Queries,
  cut: Cut,
  carried: Readonly<{ id: string; title: string }>,
  { side, source }: Readonly<{ side: DeliverySide; source?: string | null | undefined }>,
): Promise<Readonly<{ no: number; id: string }>> {
  if (source != null && source !== "") return { no: await requireSource(trx, source), id: source };
  const { book, synthetic, recipientName } = cut.head;
  const id = `delivery-${book}-${carried.id}-${side}`;
  const by = side === "donor" ? "donor side" : "recipient";
  const no = await ensureSource(trx, {
    id,
    title: `${synthetic ? "Made up: reports" : "Reports"} of the ${by} on the consignment ${carried.id}: ${carried.title}`,
    publisher: side === "donor" ? "The donor side" : recipientName,
    publishedOn: null,
    retrievedOn: null,
    url: null,
    note: "Entered in Mainstay event by event, each with who reported it.",
  });
  return { no, id };
}
