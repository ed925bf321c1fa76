import { useId, useState } from "react";

/**
 * A field that is written in: it counts when it is left or sent with Enter. What cannot be read stays where it is and is said to be wrong;
 * the what-if stays as it was.
 */
export function Written({
  label,
  value,
  has = "",
  example,
  reads,
  onChange,
}: Readonly<{
  label: string;
  value: string;
  has?: string; // what counts while the field is empty
  example: string;
  reads: (text: string) => boolean;
  onChange: (value: string) => void;
}>) {
  const id = useId();
  const [draft, setDraft] = useState(value);
  const [from, setFrom] = useState(value);
  const [wrong, setWrong] = useState(false);
  if (from !== value) {
    setFrom(value);
    setDraft(value);
    setWrong(false);
  }
  const send = () => {
    const next = draft.trim();
    const readable = next === "" || reads(next);
    setWrong(!readable);
    if (readable && next !== value) onChange(next);
  };
  return (
    <div className="whatif-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        value={draft}
        placeholder={has}
        autoComplete="off"
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}wrong` : undefined}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={send}
        onKeyDown={(event) => {
          if (event.key === "Enter") send();
        }}
      />
      {wrong && (
        <p id={`${id}wrong`} className="whatif-wrong" role="alert">
          Not read. Write it as {example}.
        </p>
      )}
    </div>
  );
}
