/** The name of the first pack of a title. Content ids may hold anything; a file name may not. */
export async function packName(id: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(id));
  const hex = Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, '0'));
  return `${hex.join('')}-1`;
}

/** What a later generation of the same title is called. */
export function packOfGeneration(pack: string, generation: number): string {
  return `${pack.slice(0, pack.lastIndexOf('-'))}-${generation}`;
}
