import type { FundView } from "../../../../src/core/views-funds.ts";
import { fundApi } from "../../api/funds.ts";
import { grouped } from "../../format/amounts.ts";
import { Amount, amountOf, useFields, Written } from "./fields.tsx";
import { ActForm, Recorded } from "./form.tsx";
import { useOpenReferences } from "./match.tsx";

/** Credits something given in kind against a call, by the fund's own rule. */
export function CreditForm({ fund }: Readonly<{ fund: FundView }>) {
  const [fields, set] = useFields({ reference: "", value: "", method: "" });
  const references = useOpenReferences(fund);
  return (
    <ActForm
      fund={fund}
      title="Credit in kind"
      intro={`The rule of this fund: ${fund.terms.inKind?.says ?? "it credits nothing in kind."}`}
      button="Credit"
      asked={`Credit what is worth ${fund.currency} ${grouped(amountOf(fields.value))} against ${fields.reference}.`}
      send={() =>
        fundApi.credit(fund.id, {
          reference: fields.reference.trim(),
          value: amountOf(fields.value),
          method: fields.method,
        })
      }
      done={(answer, before) => <Recorded fund={answer} before={before} />}
    >
      <Written
        label="Against the reference"
        value={fields.reference}
        onChange={set("reference")}
        hint={"RF\u2026"}
        options={references}
      />
      <Amount label={`Value, ${fund.currency}`} value={fields.value} onChange={set("value")} />
      <Written
        label="How it was valued"
        wide
        value={fields.method}
        onChange={set("method")}
        hint="Price of the last contract, by the ministry, March 2026"
      />
    </ActForm>
  );
}
