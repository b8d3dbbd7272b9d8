/** What this is, said plainly. */
export function SiteFooter() {
  return (
    <footer className="site-footer">
      <p>
        A demo of the Secure Player kit. The film was made for it, and is encrypted like any protected title.
      </p>
      <p>
        Its keys come by Clear Key, which lets the page see them: a demonstration of licensing, not studio
        DRM.
      </p>
    </footer>
  );
}
