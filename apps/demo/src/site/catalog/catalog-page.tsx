import type { CatalogTitle } from '@secure-player/protocol';

import { ProblemView } from '../layout/problem-view.js';
import { Link } from '../navigation/link.js';
import { Page, SITE_NAME } from '../navigation/page.js';
import { OfflineCatalog } from '../offline/offline-catalog.js';
import { useDownloadsReading } from '../offline/use-downloads-reading.js';
import { useOnline } from '../offline/use-online.js';
import { watchPath } from '../routes.js';
import { Filmstrip } from './filmstrip.js';
import { formatDuration } from './format-duration.js';
import { useCatalog } from './use-catalog.js';

import './catalog.css';

/** What there is to see: the film across the window, and every title below. */
export function CatalogPage() {
  const [catalog, retry] = useCatalog();
  const isOnline = useOnline();
  const reading = useDownloadsReading();

  if (catalog.status === 'failed' && catalog.error.code === 'unreachable' && reading.status !== 'loading') {
    const downloads = reading.status === 'ready' ? reading.state.downloads : [];
    if (!isOnline || downloads.length > 0) return <OfflineCatalog downloads={downloads} retry={retry} />;
  }
  if (catalog.status === 'failed') {
    return (
      <Page title={SITE_NAME} className="problem-page">
        <ProblemView title="The films did not arrive" text={catalog.error.message}>
          <button className="button" data-primary="" type="button" onClick={retry}>
            Try again
          </button>
        </ProblemView>
      </Page>
    );
  }

  const titles = catalog.status === 'ready' ? catalog.value : [];
  const [feature] = titles;
  return (
    <Page title={SITE_NAME} className="catalog-page">
      <Hero feature={feature} />
      {feature && <Filmstrip thumbnails={feature.thumbnails} />}
      <section className="catalog-list" aria-labelledby="films" aria-busy={catalog.status === 'loading'}>
        <h2 id="films">Now showing</h2>
        <ul className="title-cards">
          {titles.map((title) => (
            <TitleCard key={title.id} title={title} />
          ))}
        </ul>
      </section>
    </Page>
  );
}

/** Keeps its place while the catalog loads, so that nothing jumps. */
function Hero({ feature }: { feature: CatalogTitle | undefined }) {
  return (
    <section className="hero" data-loading={!feature || undefined} aria-labelledby="feature">
      {feature && <img className="hero-picture" src={feature.poster} alt="" fetchPriority="high" />}
      <div className="hero-head">
        <p className="hero-eyebrow">
          {feature && `A film in ${Math.round(feature.durationSeconds)} seconds`}
        </p>
        <h1 id="feature" className="hero-title">
          {feature?.title ?? 'Loading'}
        </h1>
      </div>
      <div className="hero-foot">
        <p className="hero-synopsis">{feature?.synopsis}</p>
        {feature && (
          <Link className="button" data-primary="" data-large="" to={watchPath(feature.id)}>
            <PlayMark />
            Watch the film
          </Link>
        )}
      </div>
    </section>
  );
}

const ACCESS_NAMES = { free: 'Free', subscription: 'Subscription', rental: 'Rental' } as const;

function TitleCard({ title }: { title: CatalogTitle }) {
  return (
    <li className="title-card" data-access={title.access}>
      <div className="title-card-picture">
        <img src={title.poster} alt="" loading="lazy" />
        <span className="badge">{ACCESS_NAMES[title.access]}</span>
        <span className="title-card-duration">{formatDuration(title.durationSeconds)}</span>
      </div>
      <h3 className="title-card-name">
        <Link to={watchPath(title.id)}>{title.title}</Link>
      </h3>
      <p className="title-card-synopsis">{title.synopsis}</p>
    </li>
  );
}

function PlayMark() {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d="M3 1.5v13l11-6.5z" fill="currentColor" />
    </svg>
  );
}
