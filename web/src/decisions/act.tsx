import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { EventDraft } from "../../../src/core/decisions/events.ts";
import type { NextStep, ProposalView } from "../../../src/core/views-decisions.ts";
import { api } from "../api/client.ts";
import { useAppSearch, useChangeSearch } from "../frame/hooks.ts";
import { ActingAs, actorKept } from "../parts/acting-as.tsx";
import { useDraft } from "../parts/draft.ts";
import { Refusal } from "../parts/refusal.tsx";
import { ActionFields, blank, draftOf, type Action, type Written } from "./act-forms.tsx";
import type { Told } from "./clock.tsx";
import { usualParty } from "./party-field.tsx";
import { TextForm } from "./text-form.tsx";
import { actionWords, sentence } from "./words.ts";

type Doing = keyof typeof actionWords;
const ofDelegations: readonly Doing[] = [
  "position-stated",
  "objection",
  "statement-made",
  "reservation-placed",
  "reservation-lifted",
];
const isDoing = (name: string | undefined): name is Doing => name !== undefined && Object.hasOwn(actionWords, name);

/** What can be done with a proposal from this machine, one form at a time; what cannot, and why. */
export function Acts({ view, told }: Readonly<{ view: ProposalView; told: Told }>) {
  const { act } = useAppSearch();
  const change = useChangeSearch();
  const [said, setSaid] = useState("");
  const status = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The form that had the focus is gone.
    if (said !== "") status.current?.focus();
  }, [said]);
  const possible = view.next.flatMap(({ on, allowed }) =>
    allowed && isDoing(on) && (on !== "reservation-lifted" || view.missing.openReservations.length > 0) ? [on] : [],
  );
  const chosen = isDoing(act) && possible.includes(act) ? act : null;
  const choose = (action: Doing | null) => {
    setSaid("");
    change({ act: action ?? undefined }, true);
  };
  const groups: readonly (readonly [string, readonly Doing[]])[] = [
    ["Delegations", possible.filter((one) => ofDelegations.includes(one))],
    ["Chair and secretariat", possible.filter((one) => !ofDelegations.includes(one))],
  ];
  return (
    <section className="figure span-12 acts" aria-labelledby="acts">
      <header className="figure-head">
        <h2 id="acts">What can be done now</h2>
        <p className="figure-text">
          From this machine, until there is sign-in. Each entry is put on record with its time and its author, and
          stays.
        </p>
      </header>
      <ActingAs />
      {groups.map(
        ([name, actions]) =>
          actions.length > 0 && (
            <div key={name} className="act-row" role="group" aria-label={name}>
              <span className="muted">{name}</span>
              {actions.map((action) => (
                <button
                  key={action}
                  type="button"
                  aria-pressed={chosen === action}
                  onClick={() => choose(chosen === action ? null : action)}
                >
                  {actionWords[action]}
                </button>
              ))}
            </div>
          ),
      )}
      {possible.length === 0 && <p>Nothing more can be entered on it.</p>}
      <p role="status" className="act-said" tabIndex={-1} ref={status}>
        {said}
      </p>
      {chosen !== null && (
        <OneForm
          key={chosen}
          action={chosen}
          view={view}
          told={told}
          onChoose={choose}
          onDone={(words) => {
            choose(null);
            setSaid(words);
          }}
        />
      )}
      <NotNow next={view.next} />
    </section>
  );
}

function OneForm({
  action,
  view,
  told,
  onChoose,
  onDone,
}: Readonly<{
  action: Doing;
  view: ProposalView;
  told: Told;
  onChoose: (action: Doing | null) => void;
  onDone: (words: string) => void;
}>) {
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>("select, input, textarea")?.focus();
  }, []);
  const send = async (draft: EventDraft, forget: () => void) => {
    setBusy(true);
    setError(null);
    try {
      const answer = await api.decisionEvent(view.id, { ...draft, actor: actorKept() });
      forget();
      queries.setQueryData(["decision", view.id], answer);
      void queries.invalidateQueries({ queryKey: ["decisions"] });
      void queries.invalidateQueries({ queryKey: ["funds"] });
      onDone(doneWords(draft, answer));
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const key = `decision ${view.id} ${action}`;
  const under = (
    <>
      <div className="form-ends">
        <button type="submit" className="primary" disabled={busy}>
          {actionWords[action]}
        </button>
        <button type="button" className="plain" onClick={() => onChoose(null)}>
          Leave it
        </button>
      </div>
      <Refusal error={error} />
    </>
  );
  return (
    <div ref={box}>
      {action === "text-issued" || action === "re-issued" ? (
        <TextForm draftKey={key} type={action} view={view} told={told} send={send} under={under} />
      ) : (
        <EventForm
          draftKey={key}
          action={action}
          view={view}
          told={told}
          send={send}
          under={under}
          instead={onChoose}
        />
      )}
    </div>
  );
}

function EventForm({
  draftKey,
  action,
  view,
  told,
  send,
  under,
  instead,
}: Readonly<{
  draftKey: string;
  action: Action;
  view: ProposalView;
  told: Told;
  send: (draft: EventDraft, forget: () => void) => Promise<void>;
  under: ReactNode;
  instead: (action: Action) => void;
}>) {
  const [written, change, forget] = useDraft<Written>(draftKey, () => ({
    ...blank,
    participant: usualParty(view.participants),
  }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(draftOf(action, written), forget);
  };
  return (
    <form className="form" aria-label={actionWords[action]} onSubmit={submit}>
      <h3 className="form-wide">{actionWords[action]}</h3>
      <ActionFields action={action} view={view} told={told} written={written} change={change} instead={instead} />
      {under}
    </form>
  );
}

function doneWords(draft: EventDraft, view: ProposalView): string {
  const event = view.events.findLast((one) => one.kind === draft.type);
  return event === undefined ? "On record." : `On record: ${sentence(event.says)}`;
}

/** What is not possible, with the same reason told once. */
function NotNow({ next }: Readonly<{ next: readonly NextStep[] }>) {
  const reasons = new Map<string, string[]>();
  for (const { on, allowed, says } of next) {
    if (allowed || !isDoing(on)) continue;
    const reason = reasonOf(says, on);
    reasons.set(reason, [...(reasons.get(reason) ?? []), actionWords[on]]);
  }
  if (reasons.size === 0) return null;
  return (
    <details className="not-now">
      <summary>What cannot be done now, and why</summary>
      <dl>
        {[...reasons].map(([reason, actions]) => (
          <div key={reason}>
            <dt>{actions.join(", ")}</dt>
            <dd>{reason}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** The server's words, without the name of the event and without the advice to look here. */
function reasonOf(says: string, on: string): string {
  return says
    .replace(` Found: ${on} in the step`, " The step:")
    .replace(/ See what can come next on the proposal's page[^.]*\./, "");
}
