import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { ObjectKind } from "../../../src/core/decisions/terms.ts";
import type { FundModel } from "../../../src/core/views-funds.ts";
import type { Group } from "../../../src/core/views.ts";
import { api } from "../api/client.ts";
import { proceduresQuery } from "../decisions/names.ts";
import { DecidingPages } from "../decisions/subnav.tsx";
import { objectWords } from "../decisions/words.ts";
import { slugOf } from "../format/written.ts";
import { useAppSearch, useGroups, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { fundQuery, fundsQuery } from "../funds/queries.ts";
import { ActingAs, actorKept } from "../parts/acting-as.tsx";
import { useDraft } from "../parts/draft.ts";
import { RadioField, SelectField, TextField } from "../parts/fields.tsx";
import { Refusal } from "../parts/refusal.tsx";
import { Waiting } from "../parts/states.tsx";

type Written = Readonly<{
  object: string;
  fund: string;
  title: string;
  id: string;
  group: string;
  procedure: string;
  without: readonly string[];
  lead: readonly string[];
}>;

const aboutFunds: readonly ObjectKind[] = ["call", "spend", "reallocate", "adopt-key"];

/** Opens a proposal: what it is about, who decides it and how. Its text comes next, on its own page. */
export function ProposePage() {
  useTitle("Propose");
  return (
    <>
      <DecidingPages />
      <header className="headline">
        <h1>Propose</h1>
        <p className="standfirst">
          A proposal is opened with what it is about, who decides it and by which procedure; these are frozen on that
          day. Its first text, with what it would do, comes on the page that opens next.
        </p>
      </header>
      <FromModel />
    </>
  );
}

/** Waits for the model that the address names, so that the form begins with it. */
function FromModel() {
  const { book = defaultBook, model } = useAppSearch();
  const funds = useQuery({ ...fundsQuery(book, undefined), enabled: model !== undefined });
  if (model !== undefined && funds.isPending) return <Waiting what="the model" />;
  const found = funds.data?.models.find((one) => one.id === model);
  return <ProposalForm key={found?.id ?? ""} book={book} model={found} />;
}

function ProposalForm({ book, model }: Readonly<{ book: string; model: FundModel | undefined }>) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [written, change, forget] = useDraft<Written>(`propose ${book} ${model?.id ?? ""}`, () => ({
    object: model === undefined ? "" : "open-fund",
    fund: "",
    title: model?.title ?? "",
    id: "",
    group: "",
    procedure: "",
    without: [],
    lead: [],
  }));
  const aboutFund = aboutFunds.some((object) => object === written.object);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const { object, fund, title, group, procedure, without, lead } = written;
      const view = await api.openDecision({
        id: written.id || slugOf(title),
        book,
        group,
        procedure,
        title,
        object,
        ...(aboutFund && fund !== "" ? { reference: fund } : {}),
        ...(without.length > 0 ? { without } : {}),
        ...(lead.length > 0 ? { roles: { lead } } : {}),
        actor: actorKept(),
      });
      forget();
      queries.setQueryData(["decision", view.id], view);
      void queries.invalidateQueries({ queryKey: ["decisions"] });
      await navigate({
        to: "/decisions/$id",
        params: { id: view.id },
        search: keepFrame({ act: "text-issued", model: model?.id }),
      });
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="form propose" aria-label="Propose" onSubmit={(event) => void send(event)}>
      <ActingAs />
      <RadioField
        legend="What it is about"
        name="object"
        className="radio-lines"
        value={written.object}
        options={Object.entries(objectWords).map(([object, [name, does]]) => [
          object,
          <b key={object}>{name}</b>,
          does,
        ])}
        onChange={(object) => change({ object })}
      />
      {aboutFund && <AboutFund book={book} written={written} change={change} />}
      <TextField
        className="form-wide"
        label="Title"
        value={written.title}
        required
        onChange={(title) => change({ title })}
      />
      <TextField
        label="Name in addresses"
        max={80}
        pattern="[a-z0-9][a-z0-9\-]*"
        value={written.id}
        placeholder={slugOf(written.title) || "small-letters-and-dashes"}
        hint="Left empty, it is made from the title."
        onChange={(id) => change({ id })}
      />
      <Deciders written={written} change={change} />
      <div className="form-ends">
        <button type="submit" className="primary" disabled={busy}>
          Open the proposal
        </button>
        <span className="hint">What is written here stays in this tab until it is sent.</span>
      </div>
      <Refusal error={error} />
    </form>
  );
}

type Part = Readonly<{ written: Written; change: (some: Partial<Written>) => void }>;

/** The fund it is about; where its terms say by which procedure that is decided, that one is taken. */
function AboutFund({ book, written, change }: Part & Readonly<{ book: string }>) {
  const queries = useQueryClient();
  const funds = useQuery(fundsQuery(book, undefined)).data?.funds ?? [];
  const fund = useQuery({ ...fundQuery(written.fund, undefined), enabled: written.fund !== "" }).data;
  const fixed = fund?.terms.decides[written.object as ObjectKind];
  const choose = async (id: string) => {
    change({ fund: id });
    if (id === "") return;
    const { terms } = await queries.ensureQueryData(fundQuery(id, undefined));
    const procedure = terms.decides[written.object as ObjectKind];
    change({ group: terms.members, ...(procedure === undefined ? {} : { procedure }) });
  };
  return (
    <SelectField
      className="form-wide"
      label="Which fund"
      value={written.fund}
      required
      options={funds.map((one) => [one.id, one.title] as const)}
      hint={
        funds.length === 0
          ? "No fund is open in this book. Propose to open one first."
          : fixed === undefined
            ? undefined
            : "Its terms say by which procedure this is decided."
      }
      onChange={(id) => void choose(id)}
    />
  );
}

/** Who decides, who of them stays out, and by which procedure. */
function Deciders({ written, change }: Part) {
  const groups = useGroups().data ?? [];
  const procedures = useQuery(proceduresQuery).data ?? [];
  const group = groups.find((one) => one.slug === written.group);
  const procedure = procedures.find((one) => one.id === written.procedure);
  return (
    <>
      <SelectField
        label="Who decides"
        value={written.group}
        required
        options={groups.map((one) => [one.slug, one.name] as const)}
        hint={group === undefined ? undefined : group.description}
        onChange={(slug) => change({ group: slug, without: [], lead: [] })}
      />
      <SelectField
        label="By which procedure"
        value={written.procedure}
        required
        options={[...new Map(procedures.map((one) => [one.id, one.title] as const))]}
        hint={
          procedure === undefined ? undefined : (
            <>
              {procedure.summary}{" "}
              <Link to="/procedures/$id" params={{ id: procedure.id }} search={keepFrame()} target="_blank">
                Its steps and its rule
              </Link>
            </>
          )
        }
        onChange={(id) => change({ procedure: id })}
      />
      {group !== undefined && (
        <>
          <Members
            legend="Who stays out"
            hint="Who stays out is not counted and states no position."
            group={group}
            chosen={written.without}
            onChange={(without) => change({ without })}
          />
          {written.procedure === "lead-nation" && (
            <Members
              legend="Who leads"
              hint="Beside those whom the group itself has as leads."
              group={group}
              chosen={written.lead}
              onChange={(lead) => change({ lead })}
            />
          )}
        </>
      )}
    </>
  );
}

function Members({
  legend,
  hint,
  group,
  chosen,
  onChange,
}: Readonly<{
  legend: string;
  hint: string;
  group: Group;
  chosen: readonly string[];
  onChange: (parties: readonly string[]) => void;
}>) {
  const members = new Map(group.members.map((member) => [member.party, member.name]));
  const names = chosen.map((party) => members.get(party) ?? party);
  return (
    <details className="form-wide members">
      <summary>
        {legend}: {names.length === 0 ? "nobody" : names.join(", ")}
      </summary>
      <fieldset>
        <legend className="hint">{hint}</legend>
        {[...members].map(([party, name]) => (
          <label key={party}>
            <input
              type="checkbox"
              checked={chosen.includes(party)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, party] : chosen.filter((one) => one !== party))
              }
            />{" "}
            {name}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
