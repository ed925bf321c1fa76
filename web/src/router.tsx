import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { booksQuery, overviewQuery } from "./frame/hooks.ts";
import { frameOf, parseSearch, readSearch, stringifySearch } from "./frame/search.ts";
import { NotFound } from "./parts/states.tsx";
import { queries } from "./queries.ts";
import { Shell } from "./shell.tsx";

const root = createRootRoute({ component: Shell, validateSearch: readSearch, notFoundComponent: NotFound });

/** A page whose own script comes when it is first opened. */
const at = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component });

/** The same, with the standing picture asked for at once, beside the script. */
const pictured = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component,
    loaderDeps: ({ search }) => frameOf(search),
    loader: ({ deps }) => {
      void queries.prefetchQuery(booksQuery);
      void queries.prefetchQuery(overviewQuery(deps));
    },
  });

const routeTree = root.addChildren([
  pictured(
    "/",
    lazyRouteComponent(() => import("./pages/overview.tsx"), "OverviewPage"),
  ),
  pictured(
    "/nations",
    lazyRouteComponent(() => import("./pages/nations.tsx"), "NationsPage"),
  ),
  pictured(
    "/nations/$id",
    lazyRouteComponent(() => import("./pages/nation.tsx"), "NationPage"),
  ),
  at(
    "/groups/$slug",
    lazyRouteComponent(() => import("./pages/group.tsx"), "GroupPage"),
  ),
  pictured(
    "/promises",
    lazyRouteComponent(() => import("./pages/promises.tsx"), "PromisesPage"),
  ),
  at(
    "/promises/$id",
    lazyRouteComponent(() => import("./pages/promise.tsx"), "PromisePage"),
  ),
  pictured(
    "/postings",
    lazyRouteComponent(() => import("./pages/postings.tsx"), "PostingsPage"),
  ),
  at(
    "/releases",
    lazyRouteComponent(() => import("./pages/releases.tsx"), "ReleasesPage"),
  ),
  at(
    "/decisions",
    lazyRouteComponent(() => import("./pages/decisions.tsx"), "DecisionsPage"),
  ),
  at(
    "/decisions/new",
    lazyRouteComponent(() => import("./pages/propose.tsx"), "ProposePage"),
  ),
  at(
    "/decisions/$id",
    lazyRouteComponent(() => import("./pages/decision.tsx"), "DecisionPage"),
  ),
  at(
    "/funds",
    lazyRouteComponent(() => import("./pages/funds.tsx"), "FundsPage"),
  ),
  at(
    "/funds/$id",
    lazyRouteComponent(() => import("./pages/fund.tsx"), "FundPage"),
  ),
  at(
    "/funds/$id/calls/$call",
    lazyRouteComponent(() => import("./pages/call.tsx"), "CallPage"),
  ),
  at(
    "/why/$posting",
    lazyRouteComponent(() => import("./pages/why.tsx"), "WhyPage"),
  ),
  at(
    "/whatif",
    lazyRouteComponent(() => import("./pages/whatif.tsx"), "WhatIfPage"),
  ),
  at(
    "/needs",
    lazyRouteComponent(() => import("./pages/needs.tsx"), "NeedsPage"),
  ),
  at(
    "/needs/$id",
    lazyRouteComponent(() => import("./pages/need.tsx"), "NeedPage"),
  ),
  at(
    "/offers",
    lazyRouteComponent(() => import("./pages/offers.tsx"), "OffersPage"),
  ),
  at(
    "/offers/$id",
    lazyRouteComponent(() => import("./pages/offer.tsx"), "OfferPage"),
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
    "/power",
    lazyRouteComponent(() => import("./pages/power.tsx"), "PowerPage"),
  ),
  at(
    "/procedures",
    lazyRouteComponent(() => import("./pages/procedures.tsx"), "ProceduresPage"),
  ),
  at(
    "/procedures/$id",
    lazyRouteComponent(() => import("./pages/procedure.tsx"), "ProcedurePage"),
  ),
  at(
    "/plans",
    lazyRouteComponent(() => import("./pages/plans.tsx"), "PlansPage"),
  ),
  at(
    "/plans/$id",
    lazyRouteComponent(() => import("./pages/plan.tsx"), "PlanPage"),
  ),
  at(
    "/plans/$id/beside/$other",
    lazyRouteComponent(() => import("./pages/plan-beside.tsx"), "PlanBesidePage"),
  ),
  at(
    "/deliveries",
    lazyRouteComponent(() => import("./pages/deliveries.tsx"), "DeliveriesPage"),
  ),
  at(
    "/deliveries/$id",
    lazyRouteComponent(() => import("./pages/consignment.tsx"), "ConsignmentPage"),
  ),
  at(
    "/sign/$token",
    lazyRouteComponent(() => import("./pages/sign.tsx"), "SignPage"),
  ),
  at(
    "/forecast",
    lazyRouteComponent(() => import("./pages/forecast.tsx"), "ForecastPage"),
  ),
  at(
    "/forecast/scenarios",
    lazyRouteComponent(() => import("./pages/forecast-scenarios.tsx"), "ForecastScenariosPage"),
  ),
  at(
    "/predictability",
    lazyRouteComponent(() => import("./pages/predictability.tsx"), "PredictabilityPage"),
  ),
  at(
    "/report",
    lazyRouteComponent(() => import("./pages/report.tsx"), "ReportPage"),
  ),
  at(
    "/timeline",
    lazyRouteComponent(() => import("./pages/timeline.tsx"), "TimelinePage"),
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
