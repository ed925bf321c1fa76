import type { PlanView } from "../../../../src/core/views-plan.ts";
import { plansApi } from "../../api/plans.ts";
import { counted } from "../../format/amounts.ts";
import { Choice, Written, useFields } from "../../funds/acts/fields.tsx";
import { readable } from "../../funds/words.ts";
import { EntryForm } from "../../parts/entry-form.tsx";
import { touched } from "../queries.ts";

/** A giver's own word for its part of the plan: what the plan takes from it is placed. */
export function AcceptForm({ plan }: Readonly<{ plan: PlanView }>) {
  const [fields, set] = useFields({
    giver: plan.effort[0]?.giver ?? "",
    source: "",
    title: "",
    publisher: "",
    published: "",
    url: "",
  });
  const name = plan.effort.find((one) => one.giver === fields.giver)?.name ?? fields.giver;
  return (
    <EntryForm
      title="Accept as a giver"
      intro="Places what the plan takes from one giver, on that giver's own word, which is named as its source."
      button="Accept its part"
      asked={`${name} accepts its part of ${plan.id}.`}
      touches={touched}
      words={readable}
      send={() =>
        plansApi.accept(plan.book, plan.id, {
          giver: fields.giver,
          source: {
            id: fields.source,
            title: fields.title,
            publisher: fields.publisher,
            publishedOn: fields.published === "" ? null : fields.published,
            url: fields.url === "" ? null : fields.url,
          },
        })
      }
      done={(accepted) => (
        <>
          <h3>Accepted.</h3>
          <p>{counted(accepted.placements, "assignment")} placed.</p>
        </>
      )}
    >
      <Choice
        label="Giver"
        wide
        value={fields.giver}
        onChange={set("giver")}
        options={plan.effort.map((one) => [one.giver, one.name] as const)}
      />
      <Written
        label="Source, by a short name"
        value={fields.source}
        onChange={set("source")}
        pattern="[a-z0-9][a-z0-9-]*"
        hint="letter-of-12-may"
      />
      <Written label="Title of the document" wide value={fields.title} onChange={set("title")} />
      <Written label="Published by" value={fields.publisher} onChange={set("publisher")} />
      <Written label="On" type="date" required={false} value={fields.published} onChange={set("published")} />
      <Written label="Address" wide required={false} value={fields.url} onChange={set("url")} hint="https://" />
    </EntryForm>
  );
}
