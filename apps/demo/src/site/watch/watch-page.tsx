import { useCatalog } from '../catalog/use-catalog.js';
import { NotFoundPage } from '../layout/not-found-page.js';
import { ProblemView } from '../layout/problem-view.js';
import { Page } from '../navigation/page.js';
import { GoOnline } from '../offline/go-online.js';
import { useKeptDownload } from '../offline/use-kept-download.js';
import type { WatchChoices } from '../routes.js';
import { KeptScreening } from './kept-screening.js';
import { OpeningScreen } from './opening-screen.js';
import { Screening } from './screening.js';

import '@secure-player/react/styles.css';
import './watch.css';

/** Which title to show, and how. */
export interface WatchPageProps {
  contentId: string;
  choices: WatchChoices;
}

/** One title: the player, and what is being played, from this device where it is kept here. */
export function WatchPage({ contentId, choices }: WatchPageProps) {
  const kept = useKeptDownload(contentId);

  switch (kept.status) {
    case 'unknown':
      return <OpeningScreen />;
    case 'kept':
      return <KeptScreening download={kept.download} />;
    case 'streamed':
      return <StreamedTitle contentId={contentId} choices={choices} />;
    default:
      return kept satisfies never;
  }
}

function StreamedTitle({ contentId, choices }: WatchPageProps) {
  const [catalog, retry] = useCatalog();

  // Whatever the browser believes: behind a captive portal it is online, too.
  if (catalog.status === 'failed' && catalog.error.code === 'unreachable') return <GoOnline retry={retry} />;
  if (catalog.status === 'failed') {
    return (
      <Page title="Not available" className="problem-page">
        <ProblemView title="The film did not arrive" text={catalog.error.message}>
          <button className="button" data-primary="" type="button" onClick={retry}>
            Try again
          </button>
        </ProblemView>
      </Page>
    );
  }
  if (catalog.status === 'loading') return <OpeningScreen />;

  const title = catalog.value.find(({ id }) => id === contentId);
  return title ? <Screening title={title} choices={choices} /> : <NotFoundPage />;
}
