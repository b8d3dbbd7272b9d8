import { useStreams } from '@secure-player/react/query';

/** Below a `<SecurePlayerProvider backend>` and a `<QueryClientProvider>`. */
export function Devices() {
  const { data: streams = [], refetch } = useStreams();

  return (
    <section>
      <p>{streams.length} devices are playing.</p>
      <button type="button" onClick={() => void refetch()}>
        Look again
      </button>
    </section>
  );
}
