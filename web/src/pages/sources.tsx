import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import type { Release, Source } from "../../../src/core/views.ts";
import { api } from "../api/client.ts";
import { formatCount } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { useAppSearch, useReleases, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { Answered, Empty } from "../parts/states.tsx";
import { inOrder } from "../format/order.ts";

/** Where every figure comes from: the releases taken in, and every source. */
export function SourcesPage() {
  useTitle("Sources");
  const { book = defaultBook } = useAppSearch();
  const sources = useQuery({ queryKey: ["sources", book], queryFn: ({ signal }) => api.sources(book, signal) });
  const releases = useReleases();
  return (
    <>
      <header className="headline">
        <h1>Sources</h1>
        <p className="standfirst">
          Every fact on record names the document it was read from. A release is knowledge from the day it was
          published.
        </p>
      </header>
      <div className="grid">
        <section className="figure span-12">
          <h2>Releases taken in</h2>
          <Answered query={releases} what="the releases">
            {(list) => <Releases releases={list} />}
          </Answered>
        </section>
        <section className="figure span-12">
          <h2>All sources</h2>
          <Answered query={sources} what="the sources">
            {(list) => <Sources sources={list} />}
          </Answered>
        </section>
      </div>
    </>
  );
}

function Releases({ releases }: Readonly<{ releases: readonly Release[] }>) {
  if (releases.length === 0) {
    return (
      <Empty title="No release is in this book yet.">
        <p>
          Import one: <code>npx mainstay import kiel FILE --release NAME --published YYYY-MM-DD</code>
        </p>
      </Empty>
    );
  }
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Table of releases">
      <table>
        <thead>
          <tr>
            <th scope="col">Published</th>
            <th scope="col">Release</th>
            <th scope="col">States</th>
            <th scope="col" className="number">
              Rows
            </th>
            <th scope="col">File</th>
            <th scope="col">Draw figures as known then</th>
          </tr>
        </thead>
        <tbody>
          {releases
            .toSorted((a, b) => inOrder(b.publishedOn, a.publishedOn))
            .map((release) => (
              <tr key={release.id}>
                <td className="nowrap">{formatDay(release.publishedOn)}</td>
                <th scope="row">
                  <Link to="/sources/$id" params={{ id: release.source.id }} search={keepFrame()}>
                    {release.name}
                  </Link>
                </th>
                <td>
                  {release.coverage
                    .filter((entry) => entry.state === "stated")
                    .map((entry) => entry.class)
                    .join(", ") || "nothing in figures"}
                </td>
                <td className="number">{formatCount(release.rows)}</td>
                <td className="file">
                  {release.fileName} <code title={`SHA-256 ${release.sha256}`}>{release.sha256.slice(0, 10)}</code>
                </td>
                <td>
                  <Link to="/" search={(previous) => keepFrame({ known_at: release.publishedOn })(previous)}>
                    Known at {formatDay(release.publishedOn)}
                  </Link>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

function Sources({ sources }: Readonly<{ sources: readonly Source[] }>) {
  const [typed, setTyped] = useState("");
  const words = useDeferredValue(typed).toLowerCase();
  const shown = sources.filter((source) => `${source.title} ${source.publisher}`.toLowerCase().includes(words));
  return (
    <>
      <form className="filters" role="search" aria-label="Sources" onSubmit={(event) => event.preventDefault()}>
        <label className="filter-words">
          <span>Words</span>
          <input
            type="search"
            value={typed}
            placeholder="Title or publisher"
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <p aria-live="polite" className="filter-count">
          {formatCount(shown.length)} of {formatCount(sources.length)}
        </p>
      </form>
      {shown.length === 0 ? (
        <p className="muted">
          {sources.length === 0 ? "No source is in this book yet." : "No source has these words. Try fewer."}
        </p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Table of sources">
          <table>
            <thead>
              <tr>
                <th scope="col">Source</th>
                <th scope="col">Publisher</th>
                <th scope="col">Published</th>
                <th scope="col" className="number">
                  Passages
                </th>
                <th scope="col" className="number">
                  Postings
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((source) => (
                <tr key={source.id}>
                  <th scope="row">
                    <Link to="/sources/$id" params={{ id: source.id }} search={keepFrame()}>
                      {source.title}
                    </Link>
                  </th>
                  <td>{source.publisher}</td>
                  <td className="nowrap">
                    {source.publishedOn === null ? (
                      <span className="muted">no date</span>
                    ) : (
                      formatDay(source.publishedOn)
                    )}
                  </td>
                  <td className="number">{formatCount(source.passages.length)}</td>
                  <td className="number">{formatCount(source.postings)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
