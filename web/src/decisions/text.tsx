import { lazy, type ReactNode, Suspense, useState } from "react";
import type { ProposalView, TextView } from "../../../src/core/views-decisions.ts";
import { formatMinute } from "../format/instants.ts";
import { Waiting } from "../parts/states.tsx";
import { TermsShown } from "./terms.tsx";
import { placeWords } from "./words.ts";

const Comparison = lazy(async () => ({ default: (await import("./comparison.tsx")).Comparison }));

/** The text in any of its versions, or with what changed since another; and beside it what it would do once adopted. `children` stand under the text. */
export function Text({ view, children }: Readonly<{ view: ProposalView; children: ReactNode }>) {
  const newest = view.texts.at(-1);
  const [chosen, choose] = useState<number | null>(null);
  const [against, compareWith] = useState<number | null>(null);
  const of = (version: number | null) => view.texts.find((text) => text.version === version);
  const text = of(chosen) ?? newest;
  const other = of(against);
  const decided = view.result === "adopted";
  if (text === undefined)
    return (
      <section className="figure span-12" aria-labelledby="text">
        <h2 id="text">Text</h2>
        <p className="figure-text">
          No text has been issued yet. Until one is, nothing can be put under silence or voted on.
        </p>
      </section>
    );
  const compared = other !== undefined && other.version !== text.version;
  return (
    <>
      <div className="span-6 stack">
        <section className="figure" aria-labelledby="text">
          <header className="figure-head">
            <h2 id="text">Text</h2>
            <p className="figure-text">
              Version {text.version} of {view.texts.length}
              {text.reference !== null && `, ${text.reference}`}, issued {formatMinute(text.issuedAt)} {placeWords()} by{" "}
              {text.actor}.
            </p>
            {view.texts.length > 1 && (
              <div className="figure-controls filters">
                <Version label="Version" value={text.version} texts={view.texts} onChange={choose} />
                <Version
                  label="What changed since"
                  value={compared ? other.version : null}
                  texts={view.texts.filter((one) => one.version !== text.version)}
                  none="not shown"
                  onChange={compareWith}
                />
              </div>
            )}
          </header>
          {compared ? (
            <Suspense fallback={<Waiting what="the comparison" />}>
              <Comparison before={other} after={text} />
            </Suspense>
          ) : (
            <Body text={text} />
          )}
        </section>
        {children}
      </div>
      <section className="figure span-6" aria-labelledby="terms">
        <header className="figure-head">
          <h2 id="terms">{decided ? "What it does" : "What it would do once adopted"}</h2>
        </header>
        <div className="terms">
          {text.terms === null ? (
            <p>Nothing but what its words say: it moves no money and changes nothing on record.</p>
          ) : (
            <TermsShown terms={text.terms} />
          )}
        </div>
      </section>
    </>
  );
}

function Version({
  label,
  value,
  texts,
  none,
  onChange,
}: Readonly<{
  label: string;
  value: number | null;
  texts: readonly TextView[];
  none?: string;
  onChange: (version: number | null) => void;
}>) {
  return (
    <label>
      <span>{label}</span>
      <select
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value === "" ? null : Number(event.target.value))}
      >
        {none !== undefined && <option value="">{none}</option>}
        {texts.map((text) => (
          <option key={text.version} value={text.version}>
            version {text.version}
          </option>
        ))}
      </select>
    </label>
  );
}

function Body({ text }: Readonly<{ text: TextView }>) {
  return (
    <div className="decision-text">
      <h3>{text.title}</h3>
      {text.body.split(/\n{2,}/).map((paragraph, index) => (
        <p key={index}>{paragraph}</p>
      ))}
    </div>
  );
}
