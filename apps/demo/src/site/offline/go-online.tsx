import { ProblemView } from '../layout/problem-view.js';
import { Link } from '../navigation/link.js';
import { Page } from '../navigation/page.js';
import { DOWNLOADS_PATH } from '../routes.js';

/** A title that is not on this device, without a network: what to do about it. */
export function GoOnline({ retry }: { retry: () => void }) {
  return (
    <Page title="You are offline" className="problem-page">
      <ProblemView
        title="This film is not on this device"
        text="It streams, and the server cannot be reached. Go online to watch it, or to download it for the next time."
      >
        <button className="button" data-primary="" type="button" onClick={retry}>
          Try again
        </button>
        <Link className="button" to={DOWNLOADS_PATH}>
          See what is here
        </Link>
      </ProblemView>
    </Page>
  );
}
