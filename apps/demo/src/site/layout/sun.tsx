/** The site's mark: a sun behind a ridge. */
export function Sun() {
  return (
    <svg className="sun" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
      <circle className="sun-disc" cx="14" cy="14" r="6.5" />
      <path className="sun-ridge" d="M1 21.5l7.5-7 4.5 4 5-6.5 9 9.5z" />
    </svg>
  );
}
