import { queryOptions, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import type { Book } from "../../../src/core/views.ts";
import { api, type FrameParams } from "../api/client.ts";
import { boundaryWords, defaultBook, frameOf, underWords, type AppSearch } from "./search.ts";

/** What the address says. */
export function useAppSearch(): AppSearch {
  return useSearch({ strict: false });
}

/** The frame of the page's figures, the same object while the address says the same. */
export function useFrame(): FrameParams {
  const search = useAppSearch();
  const { book, as_of, known_at, boundary, basis, class: bindingClass } = search;
  return useMemo(
    () => frameOf({ book, as_of, known_at, boundary, basis, class: bindingClass }),
    [book, as_of, known_at, boundary, basis, bindingClass],
  );
}

/** Changes some of what the address says; `undefined` takes a part out. */
export function useChangeSearch(): (change: Partial<AppSearch>, replace?: boolean) => void {
  const navigate = useNavigate();
  return (change, replace = false) => {
    void navigate({
      to: ".",
      search: (previous: AppSearch) => ({ ...previous, ...change }),
      replace,
      resetScroll: false,
    });
  };
}

export const booksQuery = queryOptions({ queryKey: ["books"], queryFn: ({ signal }) => api.books(signal) });

/** The book of the page, once the list of books is here. */
export function useBook(): Book | undefined {
  const { book = defaultBook } = useAppSearch();
  const books = useQuery(booksQuery).data;
  return books?.find((entry) => entry.slug === book);
}

export function useReleases() {
  const { book = defaultBook } = useAppSearch();
  return useQuery({ queryKey: ["releases", book], queryFn: ({ signal }) => api.releases(book, signal) });
}

const groupsQuery = (book: string | undefined) =>
  queryOptions({ queryKey: ["groups", book], queryFn: ({ signal }) => api.groups(book, signal) });

/** The groups that are listed in the page's book. */
export function useGroups() {
  return useQuery(groupsQuery(useAppSearch().book));
}

/** The parties that are listed in the page's book. */
export function useParties() {
  const { book } = useAppSearch();
  return useQuery({ queryKey: ["parties", book], queryFn: ({ signal }) => api.parties(book, signal) });
}

export const overviewQuery = (frame: FrameParams) =>
  queryOptions({ queryKey: ["overview", frame], queryFn: ({ signal }) => api.overview(frame, signal) });

/** The standing picture of the frame. Other pages take the class that figures are drawn in from it when the address names none. */
export function useOverview() {
  return useQuery({ ...overviewQuery(useFrame()), placeholderData: (previous) => previous });
}

/** A boundary in words; a group by its name once the list of groups is here. */
export function useBoundaryWords(boundary: string): string {
  const [, kind, slug] = /^(group|under):(.+)$/.exec(boundary) ?? [];
  const groups = useQuery({ ...groupsQuery(useAppSearch().book), enabled: slug !== undefined }).data;
  if (slug === undefined) return boundaryWords[boundary] ?? boundary;
  const name = groups?.find((group) => group.slug === slug)?.name ?? slug;
  return kind === "under" ? underWords(name) : name;
}

/** Names the browser's tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? "Mainstay" : `${title} \u2013 Mainstay`;
  }, [title]);
}
