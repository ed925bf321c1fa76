import { useEffect, useId, useRef, useState, type FocusEvent } from "react";
import type { Party } from "../../../src/core/views.ts";
import { useEscape } from "../parts/use-escape.ts";

const fewNames = 2;
const searched = 12;
const widest = 240; // pixels that an open list takes

/** Any number of parties, ticked in a list that opens under its button. */
export function PartyPicker({
  label,
  chosen,
  from,
  onChange,
}: Readonly<{
  label: string;
  chosen: readonly string[];
  from: readonly Party[];
  onChange: (ids: readonly string[]) => void;
}>) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState("");
  const [first, setFirst] = useState(chosen); // those chosen when it was opened; the order stays while it is open
  const [toLeft, setToLeft] = useState(false);
  const toggle = () => {
    const room = document.documentElement.clientWidth - (box.current?.getBoundingClientRect().left ?? 0);
    setToLeft(room < widest);
    setFirst(chosen);
    setWords("");
    setOpen(!open);
  };
  useEscape(open, () => {
    setOpen(false);
    button.current?.focus();
  });
  useOutside(box, open, () => setOpen(false));
  const leave = (event: FocusEvent) => {
    if (event.relatedTarget !== null && !box.current?.contains(event.relatedTarget)) setOpen(false);
  };
  const inOrder = [
    ...from.filter(({ id: one }) => first.includes(one)),
    ...from.filter((one) => !first.includes(one.id)),
  ];
  const shown = inOrder.filter((party) => party.name.toLowerCase().includes(words.trim().toLowerCase()));
  return (
    <div className="whatif-field whatif-picker" ref={box} onBlur={leave}>
      <span className="whatif-label" id={id}>
        {label}
      </span>
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-controls={`${id}list`}
        aria-labelledby={`${id} ${id}value`}
        onClick={toggle}
      >
        <span id={`${id}value`}>{namesOf(chosen, from)}</span>
      </button>
      <div
        id={`${id}list`}
        className={toLeft ? "whatif-options to-left" : "whatif-options"}
        role="group"
        aria-labelledby={id}
        hidden={!open}
      >
        {from.length > searched && (
          <input
            type="search"
            value={words}
            placeholder="Find"
            aria-label={`Find in ${label.toLowerCase()}`}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
        {shown.map((party) => (
          <label key={party.id}>
            <input
              type="checkbox"
              checked={chosen.includes(party.id)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, party.id] : chosen.filter((one) => one !== party.id))
              }
            />{" "}
            {party.name}
          </label>
        ))}
        {shown.length === 0 && <p className="hint">Nobody of that name.</p>}
      </div>
    </div>
  );
}

/** "Hungary, Slovakia and 2 more"; "nobody". */
function namesOf(chosen: readonly string[], parties: readonly Party[]): string {
  if (chosen.length === 0) return "nobody";
  const names = chosen.map((id) => parties.find((one) => one.id === id)?.name ?? id);
  const more = names.length - fewNames;
  return more > 0 ? `${names.slice(0, fewNames).join(", ")} and ${more} more` : names.join(", ");
}

function useOutside(box: Readonly<{ current: HTMLElement | null }>, open: boolean, onOutside: () => void): void {
  const callback = useRef(onOutside);
  useEffect(() => {
    callback.current = onOutside;
  });
  useEffect(() => {
    if (!open) return undefined;
    const listen = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) callback.current();
    };
    document.addEventListener("pointerdown", listen);
    return () => document.removeEventListener("pointerdown", listen);
  }, [box, open]);
}
