import { type ReactNode, useId } from "react";
import { amountPattern, readAmount, writtenAmount } from "../format/written.ts";

/** Native fields of a form, each with its label above and a word of help below. */

type Common = Readonly<{
  label: string;
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  hint?: ReactNode;
  className?: string;
}>;

function Labelled({
  label,
  hint,
  className = "",
  children,
}: Readonly<{
  label: string;
  hint?: ReactNode;
  className?: string | undefined;
  children: (id: string, hintId: string | undefined) => ReactNode;
}>) {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}hint`;
  return (
    <div className={`form-field ${className}`}>
      <label htmlFor={id}>{label}</label>
      {children(id, hintId)}
      {hint !== undefined && (
        <p id={hintId} className="hint">
          {hint}
        </p>
      )}
    </div>
  );
}

export function TextField({
  type = "text",
  max = 300,
  placeholder,
  pattern,
  ...common
}: Common &
  Readonly<{
    type?: "text" | "url" | "date";
    max?: number;
    placeholder?: string | undefined;
    pattern?: string | undefined;
  }>) {
  return (
    <Labelled {...common}>
      {(id, hintId) => (
        <input
          id={id}
          type={type}
          value={common.value}
          maxLength={type === "date" ? undefined : max}
          placeholder={placeholder}
          pattern={pattern}
          required={common.required}
          aria-describedby={hintId}
          autoComplete="off"
          onChange={(event) => common.onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

export function AreaField({ rows = 3, max = 20_000, ...common }: Common & Readonly<{ rows?: number; max?: number }>) {
  return (
    <Labelled {...common} className={`form-wide ${common.className ?? ""}`}>
      {(id, hintId) => (
        <textarea
          id={id}
          rows={rows}
          value={common.value}
          maxLength={max}
          required={common.required}
          aria-describedby={hintId}
          onChange={(event) => common.onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

export type Option = readonly [value: string, words: string];

export function SelectField({
  options,
  none,
  ...common
}: Common & Readonly<{ options: readonly Option[]; none?: string }>) {
  const known = common.value === "" || options.some(([value]) => value === common.value);
  return (
    <Labelled {...common}>
      {(id, hintId) => (
        <select
          id={id}
          value={common.value}
          required={common.required}
          aria-describedby={hintId}
          onChange={(event) => common.onChange(event.target.value)}
        >
          {(none !== undefined || common.value === "") && <option value="">{none ?? "choose…"}</option>}
          {!known && <option value={common.value}>{common.value}</option>}
          {options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

/** An amount as text: "40 bn" and "1,250,000.50" are understood, and thousands are set apart when the field is left. */
export function AmountField(common: Common) {
  return (
    <Labelled {...common}>
      {(id, hintId) => (
        <AmountInput
          id={id}
          value={common.value}
          required={common.required}
          describedBy={hintId}
          onChange={common.onChange}
        />
      )}
    </Labelled>
  );
}

export function AmountInput({
  id,
  name,
  value,
  required,
  describedBy,
  onChange,
}: Readonly<{
  id?: string;
  name?: string;
  value: string;
  required?: boolean | undefined;
  describedBy?: string | undefined;
  onChange: (value: string) => void;
}>) {
  return (
    <input
      id={id}
      type="text"
      inputMode="decimal"
      className="amount"
      aria-label={name}
      aria-describedby={describedBy}
      value={value}
      required={required}
      pattern={amountPattern}
      title="An amount such as 1,250,000.50, 300 m or 40 bn"
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
      onBlur={(event) => {
        const amount = readAmount(event.target.value);
        if (amount !== null) onChange(writtenAmount(amount));
      }}
    />
  );
}

export function CheckField({
  label,
  checked,
  onChange,
  hint,
}: Readonly<{ label: string; checked: boolean; onChange: (checked: boolean) => void; hint?: ReactNode }>) {
  const id = useId();
  return (
    <div className="form-check">
      <label>
        <input
          type="checkbox"
          checked={checked}
          aria-describedby={hint === undefined ? undefined : id}
          onChange={(event) => onChange(event.target.checked)}
        />{" "}
        {label}
      </label>
      {hint !== undefined && (
        <p id={id} className="hint">
          {hint}
        </p>
      )}
    </div>
  );
}

/** One of a few, all of them in sight. */
export function RadioField({
  legend,
  name,
  value,
  options,
  onChange,
  className = "",
}: Readonly<{
  legend: string;
  name: string;
  value: string;
  options: readonly (readonly [value: string, words: ReactNode, more?: ReactNode])[];
  onChange: (value: string) => void;
  className?: string;
}>) {
  return (
    <fieldset className={`form-radio form-wide ${className}`}>
      <legend>{legend}</legend>
      {options.map(([choice, words, more]) => (
        <label key={choice}>
          <input
            type="radio"
            name={name}
            value={choice}
            checked={value === choice}
            required
            onChange={() => onChange(choice)}
          />{" "}
          <span>
            {words}
            {more !== undefined && <small className="muted"> {more}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
