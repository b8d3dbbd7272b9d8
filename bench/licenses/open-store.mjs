import { createInMemoryStore } from '@secure-player/entitlement-server';
export async function openStore(kind) {
  return { store: createInMemoryStore(), durability: 'none' };
}
