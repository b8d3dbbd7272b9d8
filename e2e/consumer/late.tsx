import { SecurePlayer } from '@secure-player/react';
import type { ReactElement } from 'react';

/** What a server sends after the rest of the page: a player that has nothing to play yet. */
// oxlint-disable-next-line import/no-default-export -- `lazy` takes a default export
export default function Late(): ReactElement {
  return <SecurePlayer className="late" source={null} />;
}
