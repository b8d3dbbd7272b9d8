import { SecurePlayer } from '@secure-player/react';
import { useState } from 'react';

import type { Format } from './open-film';
import { PlayingNow } from './playing-now';
import { useFilm } from './use-film';

const FORMATS: readonly Format[] = ['dash', 'hls'];

export function App() {
  const [format, setFormat] = useState<Format>('dash');
  const { source, error } = useFilm('first-light-preview', format);

  return (
    <main>
      <h1>First Light</h1>
      <p>A film under two keys. Nothing on the wire can be watched without a license.</p>
      <SecurePlayer controls playsInline source={source}>
        <PlayingNow />
      </SecurePlayer>
      {error && <p role="alert">{error}</p>}
      <fieldset>
        <legend>Play it as</legend>
        {FORMATS.map((name) => (
          <label key={name}>
            <input type="radio" name="format" checked={name === format} onChange={() => setFormat(name)} />
            {name.toUpperCase()}
          </label>
        ))}
      </fieldset>
    </main>
  );
}
