import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { Source } from "../../../src/core/views.ts";
import { api } from "../api/client.ts";
import { counted } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { useBook, useReleases, useTitle } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";
import { Answered } from "../parts/states.tsx";

/** One source: where it is, what was read from it, and the passages quoted. */
export function SourcePage() {
  const { id = "" } = useParams({ strict: false });
  const query = useQuery({ queryKey: ["source", id], queryFn: ({ signal }) => api.source(id, signal) });
  useTitle(query.data?.title ?? "Source");
  return (
    <Answered query={query} what="the source" alone>
      {(source) => <OneSource source={source} />}
    </Answered>
  );
}

function OneSource({ source }: Readonly<{ source: Source }>) {
  const book = useBook();
  const release = (useReleases().data ?? []).find((entry) => entry.source.id === source.id);
  return (
    <article>
      <header className="headline">
        <p className="kicker">
          <Link to="/sources" search={keepFrame()}>
            Sources
          </Link>{" "}
          {book?.synthetic === true && <strong className="synthetic">Synthetic</strong>}
        </p>
        <h1>{source.title}</h1>
        <p className="standfirst">
          {source.publisher}
          {source.publishedOn !== null && `, ${formatDay(source.publishedOn)}`}. {counted(source.postings, "posting")}{" "}
          on record {source.postings === 1 ? "rests" : "rest"} on it.
        </p>
      </header>
      <div className="grid">
        <section className="figure span-8">
          <h2>Passages</h2>
          {source.passages.length === 0 ? (
            <p className="muted">No passage is quoted; the file as a whole was read.</p>
          ) : (
            <ul className="passages">
              {source.passages.map((passage) => (
                <li key={passage.id} id={passage.id}>
                  <blockquote>{passage.quote}</blockquote>
                  <p className="hint">{passage.locator}</p>
                </li>
              ))}
            </ul>
          )}
        </section>
        <section className="figure span-4">
          <h2>Particulars</h2>
          <dl className="pairs">
            {source.url !== null && (
              <div>
                <dt>Address</dt>
                <dd className="links">
                  {/^https?:\/\//.test(source.url) ? (
                    <a href={source.url} rel="noreferrer">
                      {source.url.replace(/^https?:\/\/(www\.)?/, "")}
                    </a>
                  ) : (
                    source.url
                  )}
                </dd>
              </div>
            )}
            {source.retrievedOn !== null && (
              <div>
                <dt>Retrieved</dt>
                <dd>{formatDay(source.retrievedOn)}</dd>
              </div>
            )}
            {release !== undefined && (
              <>
                <div>
                  <dt>Release</dt>
                  <dd>{release.name}</dd>
                </div>
                <div>
                  <dt>File</dt>
                  <dd className="links">
                    {release.fileName}
                    <br />
                    <code>SHA-256 {release.sha256}</code>
                  </dd>
                </div>
              </>
            )}
          </dl>
          {source.note !== "" && <p>{source.note}</p>}
          {release !== undefined && (
            <p className="after">
              <Link to="/" search={(previous) => keepFrame({ known_at: release.publishedOn })(previous)}>
                Draw the figures as known at {formatDay(release.publishedOn)}
              </Link>
            </p>
          )}
        </section>
        {release !== undefined && (
          <section className="figure span-12">
            <h2>What it says of each class</h2>
            <dl className="pairs">
              {release.coverage.map((entry) => (
                <div key={entry.class}>
                  <dt>{entry.class}</dt>
                  <dd>
                    {entry.state === "stated" ? "stated in figures" : entry.reason === "" ? "not stated" : entry.reason}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </div>
    </article>
  );
}
