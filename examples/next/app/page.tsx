import { connection } from 'next/server';
import { Suspense } from 'react';

import { Film } from '../components/film';
import { openFilm } from '../server/open-film';

export default function Page() {
  return (
    <main>
      <h1>First Light</h1>
      <p>A film under two keys. Nothing on the wire can be watched without a license.</p>
      <Suspense fallback={<div className="waiting" aria-busy="true" />}>
        <FilmOfThisViewer />
      </Suspense>
    </main>
  );
}

/** The page is sent at once; the player follows in the same answer as soon as the server has opened a session. */
async function FilmOfThisViewer() {
  await connection();

  return <Film document={await openFilm('first-light-preview')} />;
}
