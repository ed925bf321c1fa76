import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { FrameBar } from "./frame/bar.tsx";
import { booksQuery, useAppSearch, useBook, useChangeSearch } from "./frame/hooks.ts";
import { defaultBook, keepFrame } from "./frame/search.ts";

/** The pages by name. Where more than one address belongs to a name, the first parts of the others. */
const places = [
  ["/", "Overview", []],
  ["/nations", "Nations", ["groups"]],
  ["/promises", "Promises", []],
  ["/needs", "Planning", ["offers", "plans", "deliveries"]],
  ["/funds", "Funds", ["why"]],
  ["/decisions", "Decisions", ["procedures", "power"]],
  ["/predictability", "Foresight", ["forecast", "timeline", "report"]],
  ["/whatif", "What if", []],
  ["/sources", "Sources", []],
  ["/about", "About", []],
  ["/api", "API", []],
] as const;
const unframed = [
  "about",
  "api",
  "releases",
  "power",
  "procedures",
  "decisions",
  "funds",
  "why",
  "needs",
  "offers",
  "plans",
  "deliveries",
  "timeline",
  "forecast",
  "report",
];

/** What stands around every page: masthead, the frame of its figures, the footer. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current !== pathname) main.current?.focus({ preventScroll: true });
    shown.current = pathname;
  }, [pathname]);
  const place = pathname.split("/")[1] ?? "";
  // Who scanned a code sees what it is for, and nothing else.
  if (place === "sign")
    return (
      <main id="main" ref={main} tabIndex={-1} className="sign-page">
        <Outlet />
      </main>
    );
  return (
    <>
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <header className="masthead">
        <div className="wide masthead-row">
          <Link to="/" search={keepFrame()} className="wordmark">
            <Mark /> Mainstay
          </Link>
          <nav aria-label="Pages">
            <ul>
              {places.map(([to, name, others]) => (
                <li key={to}>
                  <Link
                    to={to}
                    search={keepFrame()}
                    activeOptions={{ exact: to === "/", includeSearch: false }}
                    activeProps={{ "aria-current": "page" }}
                    aria-current={others.some((other) => other === place) ? "true" : undefined}
                  >
                    {name}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <BookSwitch />
          <ThemeSwitch />
        </div>
        <SyntheticBanner />
      </header>
      {!unframed.includes(place) && <FrameBar />}
      <main id="main" ref={main} tabIndex={-1} className="wide">
        <Outlet />
      </main>
      <footer className="colophon">
        <div className="wide">
          <p>
            Mainstay is a system of record for long-term support. Every figure names its sources and can be drawn again
            as it was known on any day.{" "}
            <Link to="/about" search={keepFrame()}>
              How to read the figures
            </Link>
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
      <select
        value={book}
        onChange={(event) =>
          change({
            book: event.target.value,
            as_of: undefined,
            known_at: undefined,
            donor: undefined,
            category: undefined,
            from: undefined,
            to: undefined,
            page: undefined,
            capability: undefined,
            coalition: undefined,
            giver: undefined,
            hub: undefined,
            need: undefined,
            fund: undefined,
            nation: undefined,
            milestone: undefined,
          })
        }
      >
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
const themes: readonly Theme[] = ["system", "light", "dark"];
const themeWords: Readonly<Record<Theme, string>> = { system: "as the system has them", light: "light", dark: "dark" };

/** One button that goes round the three choices; the reader's own is kept in this browser only. */
function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>(
    () => themes.find((name) => name === document.documentElement.dataset["theme"]) ?? "system",
  );
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
  const choose = () => {
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
    <button
      type="button"
      className="theme-switch"
      onClick={choose}
      aria-label={`Colours: ${themeWords[theme]}. Change to ${themeWords[next]}`}
      title={`Colours: ${themeWords[theme]}`}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="7" className="theme-ring" />
        {theme === "system" && <path d="M10 3a7 7 0 0 1 0 14z" />}
        {theme === "dark" && <circle cx="10" cy="10" r="7" />}
      </svg>
    </button>
  );
}
