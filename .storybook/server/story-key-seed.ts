/**
 * What the content keys of the stories' films follow from. It is published, as every page of stories holds it: these films
 * are encrypted to show how protected films play, and nothing protects them.
 */
export const STORY_KEY_SEED = new TextEncoder().encode('the key seed of the stories, which protects nothing');
