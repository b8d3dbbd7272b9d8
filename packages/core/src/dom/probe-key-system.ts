/** Asks the browser whether it has a key system, for the container and the codec that every title here uses. */
export async function probeKeySystem(name: string): Promise<boolean> {
  const configuration: MediaKeySystemConfiguration = {
    initDataTypes: ['cenc', 'sinf', 'skd'],
    videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.42E01E"' }],
  };

  try {
    await navigator.requestMediaKeySystemAccess(name, [configuration]);
    return true;
  } catch {
    return false;
  }
}
