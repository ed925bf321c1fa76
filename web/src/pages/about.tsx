import { Link } from "@tanstack/react-router";
import { bindingClasses, classMeanings } from "../../../src/core/bindingness.ts";
import { useTitle } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";

const examples: Readonly<Record<(typeof bindingClasses)[number], string>> = {
  said: "A minister announces 100 vehicles at a press conference.",
  bound: "The parliament votes the money; the contract with the recipient is signed.",
  placed: "40 of the vehicles are set aside for a named brigade's need.",
  moved: "30 are loaded and cross the border.",
  received: "The recipient confirms that 28 have been handed over.",
};

/** How to read the figures, in plain words. */
export function AboutPage() {
  useTitle("About the figures");
  return (
    <article className="prose">
      <header className="headline">
        <h1>About the figures</h1>
        <p className="standfirst">
          No figure here stands alone. Each says whose giving it counts, how far that giving has got, how it is valued,
          for which day, and what was known when.
        </p>
      </header>
      <section>
        <h2>Five classes: how far a promise has got</h2>
        <p>
          Every field has its own words for the stages of support. They are made comparable by five classes. An amount
          counts once in each class that it has reached.
        </p>
        <dl className="classes">
          {bindingClasses.map((name) => (
            <div key={name} className={`mark-${name}`}>
              <dt>{name}</dt>
              <dd>
                <b>{classMeanings[name]}.</b> <span className="muted">{examples[name]}</span>
              </dd>
            </div>
          ))}
        </dl>
        <p>
          <b>Not known is not zero.</b> If no source states what was received, the figure says “not known” and why. A
          source that names a promise but gives no amount is counted as a promise; nothing is added for it.
        </p>
      </section>
      <section>
        <h2>As of and known at: two different days</h2>
        <p>
          <b>As of</b> asks when something took effect. <b>Known at</b> asks when the world could know it. They differ
          whenever a record is corrected. An example:
        </p>
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Example of the two days">
          <table>
            <caption>One promise made on 10 March, first published as 100, corrected to 80 in June</caption>
            <thead>
              <tr>
                <th scope="col">The question</th>
                <th scope="col">As of</th>
                <th scope="col">Known at</th>
                <th scope="col" className="number">
                  The figure
                </th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">What had been promised by the end of February?</th>
                <td>29 February</td>
                <td>latest</td>
                <td className="number">0</td>
              </tr>
              <tr>
                <th scope="row">What did we believe in April?</th>
                <td>everything</td>
                <td>30 April</td>
                <td className="number">100</td>
              </tr>
              <tr>
                <th scope="row">What do we know today?</th>
                <td>everything</td>
                <td>latest</td>
                <td className="number">80</td>
              </tr>
              <tr>
                <th scope="row">What do we know today about the end of March?</th>
                <td>31 March</td>
                <td>latest</td>
                <td className="number">80</td>
              </tr>
            </tbody>
          </table>
        </div>
        <p>
          A release of a tracker is knowledge from its day of publication. A later release supersedes an earlier one
          without erasing it: set “known at” back and the earlier figure returns, to the cent.
        </p>
      </section>
      <section>
        <h2>Boundary: whose giving</h2>
        <p>
          A figure counts all givers, nations only, organisations only, or the members of a group such as an alliance.
          An organisation that pools its members' money is a giver of its own. Its members' shares in it are not added
          to their own giving, so nothing is counted twice, and what one giver inside the boundary passes to another
          inside it nets out.
        </p>
      </section>
      <section>
        <h2>Basis: how it is valued</h2>
        <p>The original amount and currency are always kept. Conversion happens on reading, by a rule you choose:</p>
        <dl className="pairs">
          <div>
            <dt>As reported</dt>
            <dd>the source's own valuation</dd>
          </div>
          <div>
            <dt>At the rate of each day</dt>
            <dd>
              the European Central Bank's reference rate of the day of the promise, or of the last working day before it
            </dd>
          </div>
          <div>
            <dt>At the rates of one day</dt>
            <dd>the same rates for everything, so that only real changes show</dd>
          </div>
        </dl>
        <p>What cannot be converted is listed with its reason beside the figure. It is never taken as zero.</p>
      </section>
      <section>
        <h2>Books</h2>
        <p>
          A book is one body of record. A figure is always drawn from one book and never mixes two. Books of made-up
          figures are labelled synthetic wherever they show.
        </p>
      </section>
      <section>
        <h2>Differences with the publisher</h2>
        <p>
          Where the sum of a source's own rows is not the total it prints, both are shown on the{" "}
          <Link to="/" search={keepFrame()}>
            overview
          </Link>
          . The figures follow the rows.
        </p>
      </section>
      <section>
        <h2>Checking and citing</h2>
        <p>
          The address of every page carries the book, both days, the boundary, the basis and the class: send the link
          and the reader sees the same figure. “Rows behind it” lists the promises that add up to a figure; “Cite and
          save” gives a citation and the data. The same figures come from the{" "}
          <Link to="/api" search={keepFrame()}>
            API
          </Link>{" "}
          and the command line.
        </p>
      </section>
    </article>
  );
}
