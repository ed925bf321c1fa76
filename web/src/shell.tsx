import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { FrameBar } from "./frame/bar.tsx";
import { booksQuery, useAppSearch, useBook, useChangeSearch } from "./frame/hooks.ts";
import { defaultBook, keepFrame } from "./frame/search.ts";

const places = [
  ["/", "Overview"],
  ["/nations", "Nations"],
  ["/promises", "Promises"],
  ["/needs", "Needs"],
  ["/sources", "Sources"],
  ["/about", "About the figures"],
  ["/api", "API"],
] as const;

/** What stands around every page: masthead, the frame of its figures, the footer. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
  }, [pathname]);
  const framed = !["/about", "/api"].includes(pathname);
  return (
    <>
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>
        Skip to the content
      </a>
      <header className="masthead">
        <div className="wide masthead-row">
          <Link to="/" search={keepFrame()} className="wordmark">
            <Mark /> Mainstay
          </Link>
          <nav aria-label="Pages">
            <ul>
              {places.map(([to, name]) => (
                <li key={to}>
                  <Link to={to} search={keepFrame()} activeOptions={{ exact: to === "/", includeSearch: false }} activeProps={{ "aria-current": "page" }}>
                    {name}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <BookSwitch />
          <ThemeSwitch />
        </div>
      </header>
      <SyntheticBanner />
      {framed && <FrameBar />}
      <main id="main" ref={main} tabIndex={-1} className="wide">
        <Outlet />
      </main>
      <footer className="colophon">
        <div className="wide">
          <p>
            Mainstay is a system of record for long-term support. Every figure names its sources and can be drawn again as it was known on any day.{" "}
            <Link to="/about" search={keepFrame()}>How to read the figures</Link>
          </p>
        </div>
      </footer>
    </>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" className="mark">
      <path d="M12 2v19M12 3 3 20M12 3l9 17M2 21h20" />
    </svg>
  );
}

function BookSwitch() {
  const { book = defaultBook } = useAppSearch();
  const change = useChangeSearch();
  const books = useQuery(booksQuery).data ?? [];
  return (
    <label className="book-switch">
      <span>Book</span>
      <select value={book} onChange={(event) => change({ book: event.target.value, as_of: undefined, known_at: undefined, donor: undefined, category: undefined })}>
        {!books.some((entry) => entry.slug === book) && <option value={book}>{book}</option>}
        {books.map((entry) => (
          <option key={entry.slug} value={entry.slug}>
            {entry.title}
            {entry.synthetic ? " (synthetic)" : ""}
          </option>
        ))}
      </select>
    </label>
  );
}

function SyntheticBanner() {
  const book = useBook();
  if (book?.synthetic !== true) return null;
  return (
    <p className="synthetic-banner">
      <span className="wide">
        <strong>Synthetic.</strong> The figures of this book are made up to try the program out. None of them is a fact.
      </span>
    </p>
  );
}

type Theme = "system" | "light" | "dark";
const themeNames: Readonly<Record<Theme, string>> = { system: "System colours", light: "Light", dark: "Dark" };

function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>(() => (document.documentElement.dataset["theme"] as Theme | undefined) ?? "system");
  const choose = (next: Theme) => {
    setTheme(next);
    if (next === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = next;
    try {
      if (next === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", next);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  };
  return (
    <label className="theme-switch">
      <span className="out-of-sight">Colours</span>
      <select value={theme} onChange={(event) => choose(event.target.value as Theme)}>
        {(Object.keys(themeNames) as Theme[]).map((name) => (
          <option key={name} value={name}>
            {themeNames[name]}
          </option>
        ))}
      </select>
    </label>
  );
}
