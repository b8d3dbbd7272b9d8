/** Whether a manifest describes what goes on while it is read, so that it is old as soon as it has come. */
export function isLiveManifest(data: ArrayBuffer): boolean {
  const text = new TextDecoder().decode(data);
  if (text.trimStart().startsWith('#EXTM3U')) {
    // A multivariant playlist has no segments, and is the same before and after.
    return text.includes('#EXTINF') && !text.includes('#EXT-X-ENDLIST');
  }

  return /<MPD\b[^>]*\btype\s*=\s*["']dynamic["']/.test(text);
}
