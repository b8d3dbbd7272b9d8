/** What WebKit adds to a media element for AirPlay. */
export type WebKitVideo = HTMLVideoElement & {
  webkitShowPlaybackTargetPicker?(): void;
  readonly webkitCurrentPlaybackTargetIsWireless?: boolean;
};

/** Whether this browser speaks AirPlay. */
export function hasAirPlay(video: WebKitVideo): boolean {
  return typeof video.webkitShowPlaybackTargetPicker === 'function';
}
