import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { startTransition, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queries } from "./queries.ts";
import { router } from "./router.tsx";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/figure.css";
import "./styles/table.css";
import "./styles/pages.css";
import "./styles/whatif.css";
import "./styles/procedures.css";
import "./styles/funds.css";
import "./styles/calendar.css";
import "./styles/decisions.css";
import "./styles/forms.css";
import "./styles/needs.css";
import "./styles/plans.css";
import "./styles/deliveries.css";
import "./styles/print.css";

const root = document.getElementById("page");
if (root !== null) {
  // With the page's own script at hand, one drawing is enough.
  await router.load();
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </StrictMode>,
    ),
  );
}
