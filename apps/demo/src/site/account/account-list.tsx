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

/** Props of {@link AccountListItem}. */
export interface AccountListItemProps {
  name: ReactNode;
  detail: string;
  /** The word on the button. */
  action: string;
  /** What the button is called where its item is not seen. */
  label: string;
  onAct: () => void;
  /** What belongs to it, below. */
  children?: ReactNode;
}

/** One of the list, and what can be done about it. */
export function AccountListItem({ name, detail, action, label, onAct, children }: AccountListItemProps) {
  return (
    <li>
      <span>
        {name}
        <span className="account-list-detail">{detail}</span>
      </span>
      <button className="button" data-small="" type="button" aria-label={label} onClick={onAct}>
        {action}
      </button>
      {children}
    </li>
  );
}
