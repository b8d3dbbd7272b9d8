export { createDemoSite, type DemoSite, type DemoSiteOptions } from './demo-site.js';
export { loadKeySeed } from './key-seed.js';
export { prepareTitles, type PreparationProgress, type PrepareTitlesOptions } from './prepare-titles.js';
