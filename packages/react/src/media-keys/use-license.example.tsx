import { SecurePlayer, useLicense, type Source } from '@secure-player/react';

function LicenseBadge() {
  const { status, expiresAt, renew } = useLicense();

  return (
    <p>
      License: {status}
      {expiresAt !== null && `, until ${new Date(expiresAt).toLocaleTimeString()}`}{' '}
      <button type="button" onClick={() => void renew().catch(() => {})}>
        Renew
      </button>
    </p>
  );
}

export const Film = ({ source }: { source: Source }) => (
  <SecurePlayer controls source={source}>
    <LicenseBadge />
  </SecurePlayer>
);
