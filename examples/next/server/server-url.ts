/** Where the entitlement server is; read at each request, so that one build serves everywhere. */
export function serverUrl(): string {
  return process.env['SECURE_PLAYER_SERVER'] ?? 'http://127.0.0.1:8080';
}
