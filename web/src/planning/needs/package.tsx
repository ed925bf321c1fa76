import type { NeedView, PartView } from "../../../../src/core/views-planning.ts";
import { CoverageBar } from "../../charts/coverage.tsx";
import { counted } from "../../format/amounts.ts";
import { Listing, type Column } from "../../parts/listing.tsx";
import { bare } from "../words.ts";

/** What else has to be there before a system counts: crews, ammunition, spares; and how much of it is. */
export function Package({ need }: Readonly<{ need: NeedView }>) {
  if (need.package.length === 0) return null;
  const short = need.package.filter((part) => part.placed < part.needed);
  return (
    <section className="figure span-12" aria-labelledby="package">
      <header className="figure-head">
        <h2 id="package">What has to come with it</h2>
        <p className="figure-text">
          A system counts as complete only with all of this.{" "}
          {short.length === 0
            ? "All of it is placed for all the systems needed."
            : `Not placed in full: ${counted(short.length, "part")} of ${need.package.length}.`}
        </p>
      </header>
      <Listing caption="Parts of the package" rows={need.package} rowKey={(part) => part.item} columns={columns} />
    </section>
  );
}

const step = (key: "needed" | "placed" | "moved" | "confirmed", label: string): Column<PartView> => ({
  key,
  label,
  number: true,
  value: (part) => String(part[key]),
  cell: (part) => bare(part[key]),
});

const columns: readonly Column<PartView>[] = [
  {
    key: "part",
    label: "Part",
    value: (part) => part.name,
    cell: (part) => (
      <>
        {part.name}
        <span className="line-purpose">{ratioWords(part)}</span>
      </>
    ),
  },
  {
    key: "bar",
    label: "Met so far",
    screenOnly: true,
    value: () => "",
    cell: (part) => (
      <CoverageBar
        parts={{
          planned: null,
          placed: share(part, "placed"),
          moved: share(part, "moved"),
          confirmed: share(part, "confirmed"),
        }}
      />
    ),
  },
  step("needed", "Needed in all"),
  step("placed", "Placed"),
  step("moved", "Moved"),
  step("confirmed", "Signed for"),
];

function share(part: PartView, key: "placed" | "moved" | "confirmed"): number {
  return part.needed > 0 ? Math.min(part[key] / part.needed, 1) * 1_000_000 : 0;
}

/** "2 for each, there 60 days before it", "1,000 for every 4, monthly for 12 months" */
function ratioWords({
  pieces,
  systems,
  when,
  leadDays,
  months,
}: Readonly<{ pieces: number; systems: number; when: PartView["when"]; leadDays: number; months: number }>): string {
  const ratio = `${bare(pieces)} for ${systems === 1 ? "each" : `every ${bare(systems)}`}`;
  if (when === "monthly") return `${ratio}, each month for ${counted(months, "month")}`;
  if (when === "with") return `${ratio}, there with it`;
  return leadDays === 0 ? `${ratio}, there before it` : `${ratio}, there ${counted(leadDays, "day")} before it`;
}
