import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import type { EvidenceView, MilestoneBrief, MilestoneView } from "../../../src/core/views-milestones.ts";
import { formatDated, formatDay } from "../format/days.ts";
import { useAppSearch } from "../frame/hooks.ts";
import { keepFrame, type AppSearch } from "../frame/search.ts";
import { SourceLine } from "../parts/source-line.tsx";
import { Answered } from "../parts/states.tsx";
import { MilestoneActs } from "./acts/panel.tsx";
import { chanceQuery } from "./queries.ts";
import { chanceWords, daysWords, standingWords } from "./words.ts";

/** All that is known of a milestone: every day it was expected on, what it depends on, how likely it is, what bears it out. */
export function Detail({ milestone }: Readonly<{ milestone: MilestoneView }>) {
  const { owner, partyNames, condition, says, note, source, address, needs, neededBy, evidence } = milestone;
  return (
    <div className="milestone-detail">
      <Days milestone={milestone} />
      <dl>
        {owner !== null && (
          <Said term="Answers for it">
            {owner.party === null ? (
              owner.name
            ) : (
              <Link to="/nations/$id" params={{ id: owner.party }} search={keepFrame()}>
                {owner.name}
              </Link>
            )}
          </Said>
        )}
        {milestone.groupName !== null && <Said term="Group">{milestone.groupName}</Said>}
        {partyNames.length > 0 && <Said term="Concerns">{partyNames.map(({ name }) => name).join(", ")}</Said>}
        {condition !== null && <Said term="Met when">{condition.says}</Said>}
        <Said term="Probability">
          <Chance milestone={milestone} />
        </Said>
        {needs.length > 0 && (
          <Said term="Depends on">
            <Briefs list={needs} />
          </Said>
        )}
        {neededBy.length > 0 && (
          <Said term="Needed by">
            <Briefs list={neededBy} />
          </Said>
        )}
        {says !== "" && <Said term="How far it is">{says}</Said>}
        {evidence.length > 0 && (
          <Said term="Evidence">
            <ul>
              {evidence.map((one) => (
                <li key={`${one.kind} ${one.id}`}>
                  <EvidenceLink evidence={one} />
                </li>
              ))}
            </ul>
          </Said>
        )}
        {source !== null && (
          <Said term="Source">
            <SourceLine source={source} />
          </Said>
        )}
        {note !== "" && <Said term="Note">{note}</Said>}
        {address !== null && (
          <Said term="More">
            <Link to={address as "/decisions"} search={keepFrame()}>
              Its own page
            </Link>
          </Said>
        )}
      </dl>
      <MilestoneActs milestone={milestone} />
    </div>
  );
}

function Said({ term, children }: Readonly<{ term: string; children: ReactNode }>) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Every day that was expected, the first before. */
function Days({ milestone: { days } }: Readonly<{ milestone: MilestoneView }>) {
  return (
    <ol className="milestone-days" aria-label="Days it was expected on">
      {days.map((day) => (
        <li key={`${day.knownAt} ${day.on}`}>
          <b>{formatDated(day.on, day.precision)}</b> {moveWords(day.movedDays)}
          <span className="muted">
            known from {formatDay(day.knownAt)} on
            {day.reason !== "" && `: ${day.reason}`}
          </span>
        </li>
      ))}
    </ol>
  );
}

function moveWords(moved: number | null): string {
  if (moved === null) return "";
  if (moved === 0) return "said more exactly, ";
  return `${daysWords(Math.abs(moved))} ${moved > 0 ? "later" : "earlier"}, `;
}

function Briefs({ list }: Readonly<{ list: readonly MilestoneBrief[] }>) {
  return (
    <ul>
      {list.map((one) => (
        <li key={one.id}>
          <Link
            to="/timeline"
            search={(previous: AppSearch) => ({ ...previous, milestone: one.id })}
            resetScroll={false}
          >
            {one.title}
          </Link>
          , {formatDated(one.on, one.precision)}, {standingWords(one)}
        </li>
      ))}
    </ul>
  );
}

const evidenceWords = {
  source: "Source",
  posting: "Posting",
  decision: "Decision",
  consignment: "Consignment",
} as const;

function EvidenceLink({ evidence: { kind, id, address } }: Readonly<{ evidence: EvidenceView }>) {
  return (
    <Link to={address as "/sources"} search={keepFrame()}>
      {evidenceWords[kind]} {id}
    </Link>
  );
}

/** The forecast's estimate, asked for when the reader wants it; unknown where there is nothing it can speak of. */
function Chance({ milestone }: Readonly<{ milestone: MilestoneView }>) {
  const { known_at } = useAppSearch();
  const [asked, ask] = useState(false);
  const { id, condition, state, head, on, today } = milestone;
  const isOpen = state !== "met" && state !== "missed" && state !== "cancelled";
  const isPast = on < today;
  const can = condition !== null && isOpen && !isPast;
  const query = useQuery({ ...chanceQuery(head.book, id, known_at), enabled: asked && can });
  if (!isOpen) return <>None is asked: it is over.</>;
  if (condition === null) return <>Unknown: nothing is stated that a forecast can speak of.</>;
  if (isPast) return <>Unknown: its day is past.</>;
  if (!asked)
    return (
      <>
        Not asked yet.{" "}
        <button type="button" onClick={() => ask(true)}>
          Ask the forecast
        </button>
      </>
    );
  return (
    <Answered query={query} what="the forecast">
      {(found) =>
        found.probability === null ? (
          <>Unknown: {found.unknownWhy ?? found.forecast.says}</>
        ) : (
          <>
            <b>{chanceWords(found.probability)}</b>, an estimate of the standing forecast.
          </>
        )
      }
    </Answered>
  );
}
