import type { EventDraft } from "../../../src/core/decisions/events.ts";
import type { EventType, PositionKind } from "../../../src/core/decisions/procedure.ts";
import type { ProposalView } from "../../../src/core/views-decisions.ts";
import { fromField } from "../format/instants.ts";
import { AreaField, CheckField, RadioField, TextField } from "../parts/fields.tsx";
import type { Told } from "./clock.tsx";
import { ExpiryField } from "./expiry-field.tsx";
import { PartyField } from "./party-field.tsx";
import { positionWords, sentence } from "./words.ts";

/** What is written in a form of an event. Every form uses some of it. */
export type Written = Readonly<{
  participant: string;
  position: string;
  reason: string;
  restricted: boolean;
  declaration: string;
  form: string;
  text: string;
  kind: string;
  note: string;
  number: string;
  expiry: string;
}>;
export type Action = Exclude<EventType, "opened" | "text-issued" | "re-issued">;

export const blank: Written = {
  participant: "",
  position: "",
  reason: "",
  restricted: false,
  declaration: "",
  form: "objection",
  text: "",
  kind: "interpretative-statement",
  note: "",
  number: "",
  expiry: "",
};

/** The event that a form says. */
export function draftOf(action: Action, written: Written): EventDraft {
  const { participant, note, text, number } = written;
  const reason = written.reason.trim() === "" ? null : { text: written.reason.trim(), restricted: written.restricted };
  const position = written.position as PositionKind;
  const declaration = position === "constructive-abstain" ? written.declaration : null;
  switch (action) {
    case "position-stated":
      return { type: action, participant, position, reason, declaration };
    case "objection":
      return {
        type: action,
        participant,
        form: written.form === "amendment" ? "amendment" : "objection",
        text,
        reason,
      };
    case "silence-started":
    case "silence-extended":
      return { type: action, expiresAt: fromField(written.expiry) ?? written.expiry };
    case "reservation-placed":
      return { type: action, participant, note };
    case "reservation-lifted":
      return { type: action, participant };
    case "statement-made":
      return {
        type: action,
        participant,
        kind: written.kind === "formal-reservation" ? "formal-reservation" : "interpretative-statement",
        text,
      };
    case "taken-to-meeting":
    case "put-to-vote":
    case "adopted":
    case "rejected":
      return { type: action, note };
    case "issued":
      return { type: action, number };
    case "withdrawn":
    case "annulled":
    case "expired":
      return { type: action, reason: written.reason };
  }
}

type FieldsProps = Readonly<{
  action: Action;
  view: ProposalView;
  told: Told;
  written: Written;
  change: (some: Partial<Written>) => void;
  /** Leads from one form to another that does what is meant. */
  instead: (action: Action) => void;
}>;

/** The fields of an event. */
export function ActionFields(props: FieldsProps) {
  const { action, view, told, written, change } = props;
  const party = (participants = view.participants) => (
    <PartyField
      participants={participants}
      value={written.participant}
      onChange={(participant) => change({ participant })}
    />
  );
  switch (action) {
    case "position-stated":
      return <PositionFields {...props} />;
    case "objection":
      return (
        <>
          {party()}
          <RadioField
            legend="In the form of"
            name="form"
            value={written.form}
            options={[
              ["objection", "an objection"],
              ["amendment", "an amendment"],
            ]}
            onChange={(form) => change({ form })}
          />
          <AreaField
            label={written.form === "amendment" ? "The amendment" : "The objection"}
            value={written.text}
            required
            hint="It breaks the silence at once, and all are told who wrote it and what."
            onChange={(text) => change({ text })}
          />
          <ReasonFields {...props} />
        </>
      );
    case "silence-started":
    case "silence-extended":
      return (
        <ExpiryField
          label={action === "silence-started" ? "Expires" : "New expiry"}
          value={written.expiry}
          told={told}
          procedure={view.procedure}
          after={action === "silence-extended" ? view.expiresAt : null}
          onChange={(expiry) => change({ expiry })}
        />
      );
    case "reservation-placed":
      return (
        <>
          {party(view.participants.filter((one) => one.reservation === null))}
          <AreaField
            label="What the parliament still has to do"
            rows={2}
            value={written.note}
            hint="It is put on record and holds nothing up by itself."
            onChange={(note) => change({ note })}
          />
        </>
      );
    case "reservation-lifted":
      return party(view.participants.filter((one) => one.reservation !== null));
    case "statement-made":
      return (
        <>
          {party()}
          <RadioField
            legend="Kind"
            name="kind"
            value={written.kind}
            options={[
              ["interpretative-statement", "Interpretative statement"],
              ["formal-reservation", "Formal reservation"],
            ]}
            onChange={(kind) => change({ kind })}
          />
          <AreaField
            label="Its words"
            value={written.text}
            required
            hint="Attached to the decision when it is adopted."
            onChange={(text) => change({ text })}
          />
        </>
      );
    case "taken-to-meeting":
    case "put-to-vote":
    case "adopted":
    case "rejected":
      return <AreaField label="Note" rows={2} value={written.note} onChange={(note) => change({ note })} />;
    case "issued":
      return (
        <TextField
          label="Number"
          value={written.number}
          required
          hint="Under which the decision is cited, such as PO(2026)0113."
          onChange={(number) => change({ number })}
        />
      );
    case "withdrawn":
    case "annulled":
    case "expired":
      return (
        <AreaField
          label="Reason"
          rows={2}
          value={written.reason}
          required={action === "annulled"}
          hint={
            action === "withdrawn"
              ? "A proposal that is withdrawn cannot be taken up again; open a new one."
              : "It stops further use of what was allowed, and touches nothing already done."
          }
          onChange={(reason) => change({ reason })}
        />
      );
  }
}

function PositionFields({ view, written, change, instead, ...rest }: FieldsProps) {
  const breaks = view.next.some((next) => next.on === "objection" && next.allowed);
  const allowed = view.positionsAllowed.filter((position) => position !== "against" || !breaks);
  const cost = view.abstention?.find((row) => row.party === written.participant);
  return (
    <>
      <PartyField
        participants={view.participants}
        value={written.participant}
        onChange={(participant) => change({ participant })}
      />
      <RadioField
        legend="Position"
        name="position"
        value={written.position}
        options={allowed.map((position) => [position, positionWords[position]] as const)}
        onChange={(position) => change({ position })}
      />
      {breaks && (
        <p className="hint form-wide">
          Under silence, who is against says so in writing and breaks it:{" "}
          <button type="button" className="plain" onClick={() => instead("objection")}>
            write an objection or an amendment
          </button>
        </p>
      )}
      {written.position === "constructive-abstain" && (
        <AreaField
          label="Formal declaration"
          value={written.declaration}
          required
          hint={
            cost === undefined
              ? "The decision then commits all, and does not bind who declared so."
              : sentence(`${cost.partyName} ${cost.effect}`)
          }
          onChange={(declaration) => change({ declaration })}
        />
      )}
      <ReasonFields view={view} written={written} change={change} instead={instead} {...rest} />
    </>
  );
}

function ReasonFields({ written, change }: FieldsProps) {
  return (
    <>
      <AreaField
        label="Reason, if it is given"
        rows={2}
        value={written.reason}
        onChange={(reason) => change({ reason })}
      />
      <CheckField
        label="The reason is restricted"
        checked={written.restricted}
        hint="The page then shows only that there is one. Its words stay in the database of this machine."
        onChange={(restricted) => change({ restricted })}
      />
    </>
  );
}
