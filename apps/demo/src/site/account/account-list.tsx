import type { ReactNode } from 'react';

/** Props of {@link AccountList}. */
export interface AccountListProps {
  /** Of the heading, which names the list. */
  id: string;
  title: string;
  /** What went wrong; nothing where it is empty. */
  failure: string;
  /** What there is to say besides the items; nothing where it is empty. */
  status: string;
  onReload: () => void;
  /** List items. */
  children: ReactNode;
}

/** Something of the account that changes elsewhere, too, each item with what can be done about it. */
export function AccountList({ id, title, failure, status, onReload, children }: AccountListProps) {
  return (
    <section className="account-list" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <button className="button" data-small="" type="button" onClick={onReload}>
          Look again
        </button>
      </header>
      <p className="account-failure" role="alert">
        {failure}
      </p>
      <p className="account-list-status" role="status">
        {status}
      </p>
      <ul>{children}</ul>
    </section>
  );
}
