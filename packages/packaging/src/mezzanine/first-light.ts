import { fileURLToPath } from "node:url";
import type { Mezzanine } from "./mezzanine.js";

/**
 * "First Light", the short film that comes with this package: a day by a mountain lake, in 64 seconds. Each rendition
 * carries the test pattern that {@link readTestPattern} reads.
 */
export function firstLightMezzanine(): Mezzanine {
  return {
    directory: fileURLToPath(new URL("../../mezzanine", import.meta.url)),
    durationSeconds: 64,
    video: [
      { file: "video-234.mp4", width: 416, height: 234, keyLabel: "SD" },
      { file: "video-360.mp4", width: 640, height: 360, keyLabel: "SD" },
      { file: "video-720.mp4", width: 1280, height: 720, keyLabel: "HD" },
    ],
    audio: [
      { file: "audio-en.mp4", language: "en", label: "English" },
      { file: "audio-es.mp4", language: "es", label: "Español" },
    ],
    subtitles: [
      { file: "subtitles-en.vtt", language: "en", label: "English" },
      { file: "subtitles-es.vtt", language: "es", label: "Español" },
    ],
    poster: "poster.jpg",
    thumbnails: { image: "thumbnails.jpg", index: "thumbnails.vtt" },
  };
}
