import { Suspense, useState, type ReactNode } from "react";
import { useAppSearch } from "../../frame/hooks.ts";
import { ActLink, actsHere } from "../../funds/acts/act-link.tsx";
import { Waiting } from "../../parts/states.tsx";

/** A form by the name under which the address opens it, and the words on its button. */
type Act = Readonly<{ name: string; words: string; form: ReactNode }>;

/** One form at a time; the address says which is open. Only the machine that the program runs on may enter anything. */
export function Acts({
  label,
  lead = "",
  acts,
  children,
}: Readonly<{ label: string; lead?: string; acts: readonly Act[]; children?: ReactNode }>) {
  const { act } = useAppSearch();
  const open = useOpen(actsHere ? acts : [], act);
  if (open === undefined && children === undefined && (!actsHere || acts.length === 0)) return null;
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
