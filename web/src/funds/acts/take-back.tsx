import type { ActView, FundView } from "../../../../src/core/views-funds.ts";
import { fundApi } from "../../api/funds.ts";
import { grouped } from "../../format/amounts.ts";
import { useFields, Written } from "./fields.tsx";
import { ActForm, Recorded } from "./form.tsx";

/** Takes an act back: a new act with a reason; the old one stays in the record. */
export function TakeBackForm({ fund, act }: Readonly<{ fund: FundView; act: ActView }>) {
  const [fields, set] = useFields({ reason: "" });
  return (
    <ActForm
      fund={fund}
      level={4}
      title={`Take back: ${act.title}`}
      intro="Both stay in the record, the act and its taking back; what it used of an authority is free again."
      button="Take it back"
      asked={`Take back \u201c${act.title}\u201d, ${fund.currency} ${grouped(act.amount)}.`}
      send={() => fundApi.takeBack(fund.id, act.id, { reason: fields.reason })}
      done={(answer, before) => <Recorded fund={answer} before={before} />}
    >
      <Written label="Reason" wide value={fields.reason} onChange={set("reason")} hint="Entered twice" />
    </ActForm>
  );
}
