import type { OpenedEvent } from "#core/decisions/events.ts";
import { procedureOn } from "#core/decisions/opening.ts";
import { valueOf } from "#core/decisions/result.ts";
import { appendEvent } from "#core/decisions/state.ts";
import type { ObjectKind } from "#core/decisions/terms.ts";
import { MainstayError } from "#core/errors.ts";
import { present } from "#core/present.ts";
import { toJson } from "#formats/proposals/events.ts";
import { inTransaction, type Database } from "#store/database.ts";
import { findProposal, insertEvent, insertProposal, lockProposal } from "#store/decisions/proposals.ts";
import { requireBook } from "../books.ts";
import { dayOf, type Clock } from "../clock.ts";
import { filedProcedures, type FiledProcedure } from "../procedures.ts";
import { participantsOn } from "./participants.ts";

/** What a proposal is opened with. Parties by id, name or code. */
export type Opening = Readonly<{
  id: string;
  book: string;
  group: string;
  procedure: string;
  title: string;
  object: ObjectKind;
  reference?: string | undefined; // the fund, or whatever else it is about
  without?: readonly string[] | undefined; // members that do not take part
  roles?: Readonly<Record<string, readonly string[]>> | undefined; // by role, beside those of their membership
}>;

const idForm = /^[a-z0-9][a-z0-9-]{0,79}$/;
const longestTitle = 300;
const taken = new Set(["new"]); // /decisions/new is where one is opened

/**
 * Puts a proposal on record with its participants and its procedure as they are on the day of the clock; both stay so for it whatever changes.
 * @throws MainstayError proposal_invalid, proposal_exists_already, unknown_book, unknown_group, unknown_party, participants_invalid,
 *   participant_weight_missing, unknown_procedure, procedure_not_in_force
 */
export async function enterOpening(
  db: Database,
  clock: Clock,
  opening: Opening,
  actor: string,
  filed?: readonly FiledProcedure[],
): Promise<void> {
  checkWords(opening);
  const book = await requireBook(db, opening.book);
  const all = filed ?? (await filedProcedures());
  await inTransaction(db, async (trx) => {
    await lockProposal(trx, opening.id);
    if ((await findProposal(trx, opening.id)) !== undefined)
      throw new MainstayError("proposal_exists_already", JSON.stringify(opening.id), { field: "id" });
    const at = clock();
    const procedure = valueOf(
      procedureOn(
        all.map((one) => one.procedure),
        opening.procedure,
        dayOf(at),
      ),
    );
    const { text } = present(
      all.find((one) => one.procedure === procedure),
      procedure.id,
    );
    const { group, reference = null, without = [], roles = {} } = opening;
    const event: OpenedEvent = {
      type: "opened",
      at,
      actor,
      procedure: procedure.id,
      procedureFrom: procedure.validFrom,
      title: opening.title.trim(),
      object: { kind: opening.object, reference },
      participants: await participantsOn(trx, { group, without, roles, fund: reference }, dayOf(at)),
    };
    valueOf(appendEvent(procedure, [], event));
    const no = await insertProposal(trx, {
      id: opening.id,
      bookNo: book.no,
      group,
      procedure: procedure.id,
      procedureFrom: procedure.validFrom,
      procedureText: text,
      object: opening.object,
      actor,
    });
    await insertEvent(trx, no, { seq: 1, at, kind: event.type, body: toJson(event), actor });
  });
}

function checkWords({ id, title }: Opening): void {
  if (!idForm.test(id))
    throw new MainstayError("proposal_invalid", `${JSON.stringify(id)} (small letters, digits and hyphens)`, {
      field: "id",
    });
  if (taken.has(id))
    throw new MainstayError("proposal_invalid", `${JSON.stringify(id)}, the address of another page`, { field: "id" });
  if (title.trim() === "" || title.length > longestTitle)
    throw new MainstayError("proposal_invalid", `${JSON.stringify(title)} (1 to ${longestTitle} characters)`, {
      field: "title",
    });
}
