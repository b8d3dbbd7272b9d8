import {
  ENGLISH_MESSAGES,
  trackLabels,
  usePlayer,
  usePlayerActions,
  type MediaTrack,
} from '@secure-player/react';

const NO_SUBTITLES = '';

/** Chooses the languages of the sound and of the subtitles. */
export function LanguagePanel() {
  const audioTracks = usePlayer((state) => state.audioTracks);
  const textTracks = usePlayer((state) => state.textTracks);
  const { selectAudioTrack, selectTextTrack } = usePlayerActions();

  return (
    <section className="panel" aria-labelledby="languages">
      <h2 id="languages">Languages</h2>
      {audioTracks.length + textTracks.length === 0 ? (
        <p className="panel-empty">Known once the film is open</p>
      ) : (
        <div className="language-fields">
          <TrackSelect label="Sound" tracks={audioTracks} onSelect={selectAudioTrack} />
          <TrackSelect
            label="Subtitles"
            tracks={textTracks}
            none="Off"
            onSelect={(id) => selectTextTrack(id === NO_SUBTITLES ? null : id)}
          />
        </div>
      )}
    </section>
  );
}

interface TrackSelectProps {
  label: string;
  tracks: readonly MediaTrack[];
  /** What it is called to have none, where that is possible. */
  none?: string;
  onSelect: (id: string) => void;
}

function TrackSelect({ label, tracks, none, onSelect }: TrackSelectProps) {
  if (tracks.length === 0) return null;

  const labels = trackLabels(tracks, ENGLISH_MESSAGES.controls.trackKinds);
  const active = tracks.find((track) => track.active)?.id ?? NO_SUBTITLES;
  return (
    <label className="field">
      <span>{label}</span>
      <select value={active} onChange={({ target }) => onSelect(target.value)}>
        {none !== undefined && <option value={NO_SUBTITLES}>{none}</option>}
        {tracks.map((track, index) => (
          <option key={track.id} value={track.id}>
            {labels[index]}
          </option>
        ))}
      </select>
    </label>
  );
}
