import { Link } from '../navigation/link.js';
import { Page } from '../navigation/page.js';
import { ProblemView } from './problem-view.js';

/** For addresses that lead nowhere. */
export function NotFoundPage() {
  return (
    <Page title="Not found" className="problem-page">
      <ProblemView
        title="Nothing up here"
        text="The path ends before the summit: there is no page at this address."
      >
        <Link className="button" data-primary="" to="/">
          Back to the films
        </Link>
      </ProblemView>
    </Page>
  );
}
