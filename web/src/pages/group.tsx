import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { Group, Takeover } from "../../../src/core/views.ts";
import { api } from "../api/client.ts";
import { useAppSearch, useFrame, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame, underWords } from "../frame/search.ts";
import { Brought } from "../groups/brought.tsx";
import { History } from "../groups/history.tsx";
import { Members, RolesThatContinue } from "../groups/members.tsx";
import { Needs } from "../groups/needs.tsx";
import { DecisionOf, spanWords } from "../groups/words.tsx";
import { Answered } from "../parts/states.tsx";
import { Coalition } from "../planning/coalitions/coalition.tsx";

/** One group: who belongs to it, under whom it came by which decision, and what it brought along. */
export function GroupPage() {
  const { slug = "" } = useParams({ strict: false });
  const frame = useFrame();
  const { book, as_of, known_at } = frame;
  const group = useQuery({
    queryKey: ["group", slug, book, as_of, known_at],
    queryFn: ({ signal }) => api.group(slug, frame, signal),
  });
  useTitle(group.data?.name ?? "Group");
  return (
    <Answered query={group} what="the group" tall alone>
      {(data) => <Shown group={data} />}
    </Answered>
  );
}

function Shown({ group }: Readonly<{ group: Group }>) {
  const frame = useFrame();
  const { book = defaultBook } = useAppSearch();
  const { as_of, known_at, basis } = frame;
  const brought = useQuery({
    queryKey: ["brought-along", group.slug, frame.book, as_of, known_at, basis],
    queryFn: ({ signal }) => api.broughtAlong(group.slug, frame, signal),
  });
  const facts = useQuery({ queryKey: ["facts", book], queryFn: ({ signal }) => api.facts(book, signal) });
  return (
    <>
      <header className="headline">
        <p className="kicker">
          {group.kind.replaceAll("-", " ")} {"\u00b7"} {group.slug}{" "}
          {group.synthetic && <strong className="synthetic">Made up</strong>}
        </p>
        <h1>{group.name}</h1>
        {group.description !== "" && <p className="standfirst">{group.description}</p>}
        {group.under.map((takeover) => (
          <p key={takeover.decision} className="standfirst">
            Under <GroupLink to={takeover} /> {spanWords(takeover)}, by the decision <DecisionOf takeover={takeover} />.
          </p>
        ))}
      </header>
      <div className="grid">
        {group.under.length > 0 && (
          <div className="span-12 stack">
            <Answered query={brought} what="what it brought along" tall>
              {(view) => view.takeovers.map((one) => <Brought key={one.decision} takeover={one} view={view} />)}
            </Answered>
          </div>
        )}
        <aside className="span-4 stack">
          <Giving group={group} />
          <Formats formats={group.formats} />
          <RolesThatContinue group={group} />
          <Answered query={facts} what="the needs and the history">
            {({ needs, milestones }) => (
              <>
                {group.kind === "contact-group" && <Needs needs={needs} />}
                <History group={group} milestones={milestones} />
              </>
            )}
          </Answered>
        </aside>
        <Members group={group} />
        {group.kind === "coalition" && <Coalition slug={group.slug} synthetic={group.synthetic} />}
      </div>
    </>
  );
}

function GroupLink({ to }: Readonly<{ to: Pick<Takeover, "slug" | "name"> }>) {
  return (
    <Link to="/groups/$slug" params={{ slug: to.slug }} search={keepFrame()} preload={false}>
      {to.name}
    </Link>
  );
}

/** The boundaries that are drawn around the group. */
function Giving({ group }: Readonly<{ group: Group }>) {
  return (
    <section className="figure">
      <h2>What is given</h2>
      <ul className="plain-list">
        <li>
          <Link to="/" search={keepBoundary(`group:${group.slug}`)}>
            By its own members
          </Link>
        </li>
        {group.formats.length > 0 && (
          <li>
            <Link to="/" search={keepBoundary(`under:${group.slug}`)}>
              By {underWords(group.name)}
            </Link>{" "}
            <span className="muted">each giver once, transfers between them left out</span>
          </li>
        )}
      </ul>
    </section>
  );
}

const keepBoundary = (boundary: string) => keepFrame({ boundary });

function Formats({ formats }: Readonly<{ formats: readonly Takeover[] }>) {
  if (formats.length === 0) return null;
  return (
    <section className="figure">
      <h2>Brought under it</h2>
      <ul className="plain-list">
        {formats.map((takeover) => (
          <li key={takeover.decision}>
            <GroupLink to={takeover} />{" "}
            <span className="muted">
              {spanWords(takeover)}, by <DecisionOf takeover={takeover} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
