import { Page } from '../navigation/page.js';

/** The place of a film while it is not known what there is to play. */
export function OpeningScreen() {
  return (
    <Page title="Loading" className="watch-page">
      <div className="screen" aria-busy="true">
        <div className="screen-frame" data-opening="" />
      </div>
    </Page>
  );
}
