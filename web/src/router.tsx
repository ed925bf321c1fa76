import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { parseSearch, readSearch, stringifySearch } from "./frame/search.ts";
import { NotFound } from "./parts/states.tsx";
import { Shell } from "./shell.tsx";

const root = createRootRoute({ component: Shell, validateSearch: readSearch, notFoundComponent: NotFound });
const at = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component });

const routeTree = root.addChildren([
  at(
    "/",
    lazyRouteComponent(() => import("./pages/overview.tsx"), "OverviewPage"),
  ),
  at(
    "/nations",
    lazyRouteComponent(() => import("./pages/nations.tsx"), "NationsPage"),
  ),
  at(
    "/nations/$id",
    lazyRouteComponent(() => import("./pages/nation.tsx"), "NationPage"),
  ),
  at(
    "/promises",
    lazyRouteComponent(() => import("./pages/promises.tsx"), "PromisesPage"),
  ),
  at(
    "/promises/$id",
    lazyRouteComponent(() => import("./pages/promise.tsx"), "PromisePage"),
  ),
  at(
    "/needs",
    lazyRouteComponent(() => import("./pages/needs.tsx"), "NeedsPage"),
  ),
  at(
    "/sources",
    lazyRouteComponent(() => import("./pages/sources.tsx"), "SourcesPage"),
  ),
  at(
    "/sources/$id",
    lazyRouteComponent(() => import("./pages/source.tsx"), "SourcePage"),
  ),
  at(
    "/about",
    lazyRouteComponent(() => import("./pages/about.tsx"), "AboutPage"),
  ),
  at(
    "/api",
    lazyRouteComponent(() => import("./pages/api.tsx"), "ApiPage"),
  ),
]);

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  defaultPreload: "intent",
  defaultPendingMs: 300,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
