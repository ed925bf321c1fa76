import { Link } from "@tanstack/react-router";
import type { FundView, MemberView } from "../../../src/core/views-funds.ts";
import { counted, sumOf, unitHead } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { keepFrame } from "../frame/search.ts";
import { Listing, type Column } from "../parts/listing.tsx";
import { brief, inScale, isZero, listed, readable, tableScale } from "./words.ts";

type Field = "called" | "credited" | "received" | "outstanding" | "arrears" | "voluntary" | "voluntaryReceived";

/** Each member: what it was called to pay, what came, what is late, and what it gives besides. */
export function Members({ fund }: Readonly<{ fund: FundView }>) {
  const scale = tableScale(fund.members.flatMap((member) => [member.called, member.voluntary]));
  const late = fund.members.filter((member) => !isZero(member.arrears));
  const exempt = fund.members.filter((member) => member.exempt !== null);
  const money = (key: Field, label: string): Column<MemberView> => ({
    key,
    label,
    number: true,
    value: (member) => (key === "called" && member.exempt !== null ? null : member[key]),
    cell: (member) => (
      <span className={key === "arrears" && !isZero(member.arrears) ? "late" : undefined}>
        {key === "called" && member.exempt !== null ? "exempt" : inScale(member[key], scale)}
      </span>
    ),
    foot: inScale(sumOf(fund.members.map((member) => member[key])) ?? "0.00", scale),
  });
  if (fund.members.length === 0)
    return (
      <section className="figure span-12" aria-labelledby="members">
        <header className="figure-head">
          <h2 id="members">Members</h2>
          <p className="figure-text">
            Nothing is called or pledged yet. {fund.membersName} contributes; each member's part is told by the first
            call.
          </p>
        </header>
      </section>
    );
  return (
    <section className="figure span-12" aria-labelledby="members">
      <header className="figure-head">
        <h2 id="members">Members</h2>
        <p className="figure-text">
          {late.length === 0
            ? `As of ${formatDay(fund.asOf)}, nobody is behind.`
            : `As of ${formatDay(fund.asOf)}, ${counted(late.length, "member is", "members are")} behind: ${listed(
                late.map((member) => `${member.name} by ${brief(fund.currency, member.arrears)}`),
              )}.`}
        </p>
      </header>
      <Listing
        sortable
        caption={`Members, in ${unitHead(fund.currency, scale)}`}
        file={`${fund.id}-members-${fund.asOf}`}
        rows={fund.members}
        rowKey={(member) => member.party}
        columns={[
          {
            key: "member",
            label: "Member",
            small: unitHead(fund.currency, scale),
            value: (member) => member.name,
            cell: (member) => (
              <Link to="/nations/$id" params={{ id: member.party }} search={keepFrame()} preload={false}>
                {member.name}
              </Link>
            ),
            foot: `All ${fund.members.length}`,
          },
          money("called", "Called"),
          money("credited", "In kind"),
          money("received", "Received"),
          money("outstanding", "Outstanding"),
          money("arrears", "In arrears"),
          money("voluntary", "Voluntary"),
          money("voluntaryReceived", "Of that received"),
        ]}
      />
      {exempt.length > 0 && (
        <ul className="figure-note plain-list">
          {exempt.map((member) => (
            <li key={member.party}>
              <b>{member.name}</b> is exempt: {readable(member.exempt ?? "")}.
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
