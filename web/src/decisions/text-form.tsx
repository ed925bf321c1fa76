import type { FormEvent, ReactNode } from "react";
import type { EventDraft } from "../../../src/core/decisions/events.ts";
import type { ProposalView } from "../../../src/core/views-decisions.ts";
import { fromField, readerDay } from "../format/instants.ts";
import { useDraft } from "../parts/draft.ts";
import { AreaField, CheckField, TextField } from "../parts/fields.tsx";
import type { Told } from "./clock.tsx";
import { ExpiryField } from "./expiry-field.tsx";
import { draftOfTerms, freshDraft, termsOfDraft, type TermDraft } from "./term-draft.ts";
import { TermsForm } from "./terms-form.tsx";
import { actionWords } from "./words.ts";

type Written = Readonly<{
  title: string;
  reference: string;
  body: string;
  wordsAlone: boolean;
  terms: TermDraft;
  expiry: string;
}>;

/** A text, the first or a revised one, with what it would do; a revised one with its new silence. */
export function TextForm({
  draftKey,
  type,
  view,
  told,
  send,
  under,
}: Readonly<{
  draftKey: string;
  type: "text-issued" | "re-issued";
  view: ProposalView;
  told: Told;
  send: (draft: EventDraft, forget: () => void) => Promise<void>;
  under: ReactNode;
}>) {
  const last = view.texts.at(-1);
  const [written, change, forget] = useDraft<Written>(draftKey, () => ({
    title: last?.title ?? view.title,
    reference: last?.reference ?? "",
    body: last?.body ?? "",
    wordsAlone: last !== undefined && last.terms === null,
    terms:
      last?.terms == null ? freshDraft(view.object, view.fund ?? "", readerDay(view.now)) : draftOfTerms(last.terms),
    expiry: "",
  }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { title, body, wordsAlone, expiry } = written;
    const text = {
      title,
      reference: written.reference.trim() === "" ? null : written.reference.trim(),
      body,
      terms: wordsAlone ? null : termsOfDraft(view.object, written.terms),
    };
    const draft: EventDraft =
      type === "re-issued" ? { type, ...text, expiresAt: fromField(expiry) ?? expiry } : { type, ...text };
    void send(draft, forget);
  };
  return (
    <form className="form" aria-label={actionWords[type]} onSubmit={submit}>
      <h3 className="form-wide">
        {last === undefined ? "Issue the first text" : `${actionWords[type]}: version ${last.version + 1}`}
      </h3>
      <TextField
        className="form-wide"
        label="Title"
        value={written.title}
        required
        onChange={(title) => change({ title })}
      />
      <AreaField
        label="Text"
        rows={10}
        max={500_000}
        value={written.body}
        required
        hint="An empty line parts paragraphs."
        onChange={(body) => change({ body })}
      />
      <TextField
        label="Reference, if it has one"
        value={written.reference}
        placeholder="WP(2026)0041"
        onChange={(reference) => change({ reference })}
      />
      {type === "re-issued" && (
        <ExpiryField
          label="New silence expires"
          value={written.expiry}
          told={told}
          procedure={view.procedure}
          onChange={(expiry) => change({ expiry })}
        />
      )}
      <fieldset className="form-part">
        <legend>What it would do once adopted</legend>
        <CheckField
          label="Nothing but what its words say"
          checked={written.wordsAlone}
          hint="It then moves no money and changes nothing on record."
          onChange={(wordsAlone) => change({ wordsAlone })}
        />
        {!written.wordsAlone && (
          <TermsForm
            kind={view.object}
            book={view.book}
            draft={written.terms}
            onChange={(terms) => change({ terms })}
          />
        )}
      </fieldset>
      {under}
    </form>
  );
}
