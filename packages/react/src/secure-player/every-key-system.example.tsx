import { SecurePlayer, type DrmConfiguration } from '@secure-player/react';

const drm: DrmConfiguration = {
  'com.widevine.alpha': {
    licenseUrl: '/license/widevine',
    videoRobustness: ['HW_SECURE_ALL', 'SW_SECURE_CRYPTO'],
  },
  'com.microsoft.playready': { licenseUrl: '/license/playready' },
  'com.apple.fps': { licenseUrl: '/license/fairplay', serverCertificateUrl: '/certificate/fairplay' },
  'org.w3.clearkey': { licenseUrl: '/license/clearkey' },
};

/** The browser takes the first key system that it has; FairPlay wants HLS. */
export const Film = () => (
  <SecurePlayer controls source={{ src: '/film.m3u8', drm, title: 'First Light', poster: '/film.jpg' }} />
);
