import { SecurePlayer, useQualityOfExperience, type Source } from '@secure-player/react';

function Figures() {
  return <pre>{JSON.stringify(useQualityOfExperience(), null, 2)}</pre>;
}

export const Film = ({ source }: { source: Source }) => (
  <SecurePlayer controls source={source}>
    <Figures />
  </SecurePlayer>
);
