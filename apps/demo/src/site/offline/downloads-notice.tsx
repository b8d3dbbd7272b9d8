/** In place of the list, where there can be none. */
export function DownloadsNotice() {
  return (
    <div className="downloads-notice" role="alert">
      <p className="downloads-notice-title">This browser keeps no downloads</p>
      <p>
        A private window, blocked site data or a full disk can be why. Films stream here as ever; to keep one,
        open the site in an ordinary window.
      </p>
    </div>
  );
}
