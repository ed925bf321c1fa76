import { useId, useState } from "react";
import type { AuthorityView } from "../../../../src/core/views-decisions.ts";
import type { FundView } from "../../../../src/core/views-funds.ts";
import { amountPattern, readAmount } from "../../format/written.ts";
import { authorityChoice } from "../authorities.tsx";

type Option = readonly [value: string, words: string];

/** The values of a form's fields by name, and a way to change one. */
export function useFields<K extends string>(
  initial: Readonly<Record<K, string>>,
): readonly [Readonly<Record<K, string>>, (name: K) => (value: string) => void] {
  const [fields, setFields] = useState(initial);
  return [fields, (name) => (value) => setFields((previous) => ({ ...previous, [name]: value }))];
}

/** What is sent for an amount: exact digits; as it stands when it is no amount, for the server to say so. */
export function amountOf(text: string): string {
  return readAmount(text) ?? text;
}

export function Written({
  label,
  value,
  onChange,
  hint,
  type = "text",
  wide = false,
  required = true,
  pattern,
  options,
}: Readonly<{
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  type?: "text" | "date";
  wide?: boolean;
  required?: boolean;
  pattern?: string;
  options?: readonly Option[];
}>) {
  const list = useId();
  return (
    <label className={wide ? "wide-field" : undefined}>
      <span>
        {label}
        {!required && <small> (may stay empty)</small>}
      </span>
      <input
        type={type}
        value={value}
        required={required}
        placeholder={hint}
        pattern={pattern}
        autoComplete="off"
        {...(options === undefined ? {} : { list })}
        onChange={(event) => onChange(event.target.value)}
      />
      {options !== undefined && (
        <datalist id={list}>
          {options.map(([entry, words]) => (
            <option key={entry} value={entry}>
              {words}
            </option>
          ))}
        </datalist>
      )}
    </label>
  );
}

export function Amount(
  props: Readonly<{ label: string; value: string; onChange: (value: string) => void; required?: boolean }>,
) {
  return <Written {...props} hint="2 bn, 40 m, 1,250,000.50" pattern={amountPattern} />;
}

export function Choice({
  label,
  value,
  onChange,
  options,
  wide = false,
}: Readonly<{
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly Option[];
  wide?: boolean;
}>) {
  return (
    <label className={wide ? "wide-field" : undefined}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {!options.some(([entry]) => entry === value) && <option value={value}>{value}</option>}
        {options.map(([entry, words]) => (
          <option key={entry} value={entry}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

export function lineOptions(fund: FundView, without?: string): readonly Option[] {
  return fund.lines.filter((line) => line.id !== without).map((line) => [line.id, line.title]);
}

/** The earmarks that may be used on a line, none first. */
export function earmarkOptions(fund: FundView, line: string): readonly Option[] {
  const own = fund.terms.earmarks.filter((earmark) => earmark.lines.includes(line));
  return [["", "free money"], ...own.map(({ id, title }): Option => [id, title])];
}

/** Which authority to use: those that fit first, but all, so that the record itself can say why another will not do. */
export function AuthorityChoice({
  authorities,
  fits,
  value,
  onChange,
}: Readonly<{
  authorities: readonly AuthorityView[];
  fits: (authority: AuthorityView) => boolean;
  value: string;
  onChange: (value: string) => void;
}>) {
  const fitting = authorities.filter((authority) => authority.live && fits(authority));
  const others = authorities.filter((authority) => !fitting.includes(authority));
  const list = (all: readonly AuthorityView[]) =>
    all.map((authority) => (
      <option key={authority.id} value={authority.id}>
        {authorityChoice(authority)}
        {authority.live ? "" : " (not in force)"}
      </option>
    ));
  return (
    <label className="wide-field">
      <span>Under the authority</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {value === "" && <option value="">none that fits is in force</option>}
        {fitting.length > 0 && <optgroup label="In force for this">{list(fitting)}</optgroup>}
        {others.length > 0 && <optgroup label="For something else, or not in force">{list(others)}</optgroup>}
      </select>
    </label>
  );
}

/** The authority that stands chosen: the one picked, else the first that fits. */
export function chosenAuthority(
  authorities: readonly AuthorityView[],
  fits: (authority: AuthorityView) => boolean,
  picked: string,
): AuthorityView | undefined {
  return (
    authorities.find((authority) => authority.id === picked) ??
    authorities.find((authority) => authority.live && fits(authority))
  );
}
