import { Link } from "@tanstack/react-router";
import type { Group } from "../../../src/core/views.ts";
import { counted } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { keepFrame } from "../frame/search.ts";
import { Listing } from "../parts/listing.tsx";
import { spanWords } from "./words.tsx";
import { inOrder } from "../format/order.ts";

type Member = Group["members"][number];

/** Everyone who ever belonged to the group, in which role and when. */
export function Members({ group }: Readonly<{ group: Group }>) {
  const parties = new Set(group.members.map((member) => member.party));
  const now = new Set(group.members.filter((member) => member.to === null).map((member) => member.party));
  return (
    <section className="figure span-8" aria-labelledby="members">
      <header className="figure-head">
        <h2 id="members">Members</h2>
        <p className="figure-text">
          {parties.size === 0
            ? "No member is on record."
            : `${counted(parties.size, "party", "parties")} on record, ${now.size} of them without an end.`}
        </p>
      </header>
      {parties.size > 0 && (
        <Listing
          sortable
          tall={false}
          caption={`Members of ${group.name}`}
          file={`${group.slug}-members`}
          rows={group.members}
          rowKey={(member) => `${member.party} ${member.role} ${member.from ?? ""}`}
          columns={[
            {
              key: "member",
              label: "Member",
              value: (member) => member.name,
              cell: (member) => <PartyLink member={member} />,
            },
            { key: "role", label: "Role", value: (member) => member.role },
            {
              key: "from",
              label: "From",
              value: (member) => member.from ?? "",
              cell: (member) => (member.from === null ? "not known" : formatDay(member.from)),
            },
            {
              key: "to",
              label: "To",
              value: (member) => member.to ?? "",
              cell: (member) => (member.to === null ? "" : formatDay(member.to)),
            },
            {
              key: "source",
              label: "Source",
              value: (member) => member.source?.title ?? "",
              cell: (member) =>
                member.source === null ? (
                  "none"
                ) : (
                  <Link to="/sources/$id" params={{ id: member.source.id }} search={keepFrame()} preload={false}>
                    {member.source.title}
                  </Link>
                ),
            },
          ]}
        />
      )}
    </section>
  );
}

function PartyLink({ member }: Readonly<{ member: Member }>) {
  return (
    <Link to="/nations/$id" params={{ id: member.party }} search={keepFrame()} preload={false}>
      {member.name}
    </Link>
  );
}

/** Who leads a group that came under another: its roles stay its own. */
export function RolesThatContinue({ group }: Readonly<{ group: Group }>) {
  const [first] = group.under;
  if (first === undefined) return null;
  const roles = group.members.filter(
    (member) => !["member", "recipient"].includes(member.role) && (member.to === null || member.to >= first.from),
  );
  if (roles.length === 0) return null;
  return (
    <section className="figure">
      <h2>Roles that continue</h2>
      <p className="figure-text">The takeover leaves the group&rsquo;s own roles as they are.</p>
      <ul className="plain-list">
        {roles
          .toSorted((a, b) => inOrder(a.from ?? "", b.from ?? ""))
          .map((member) => (
            <li key={`${member.party} ${member.role} ${member.from ?? ""}`}>
              <PartyLink member={member} />{" "}
              <span className="muted">
                {member.role}
                {(member.from ?? member.to) !== null && `, ${spanWords({ from: member.from, until: member.to })}`}
              </span>
            </li>
          ))}
      </ul>
    </section>
  );
}
