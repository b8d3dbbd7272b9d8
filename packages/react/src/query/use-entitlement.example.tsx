import { SecurePlayer } from '@secure-player/react';
import { useEntitlement } from '@secure-player/react/query';

/** Below a `<SecurePlayerProvider backend>` and a `<QueryClientProvider>`. */
export function Film({ contentId }: { contentId: string }) {
  const { data, error, isPending } = useEntitlement(contentId);

  if (isPending) return <p>Asking what you may watch …</p>;
  if (error) return <p role="alert">{error.code}</p>;

  return <SecurePlayer controls source={data.source} />;
}
