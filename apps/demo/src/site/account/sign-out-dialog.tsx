import { useEffect, useId, useRef, useState } from 'react';

import './account.css';

/** Props of {@link SignOutDialog}. */
export interface SignOutDialogProps {
  /** How many films are on the device. */
  count: number;
  onKeep: () => void;
  /** Resolves when they are gone. */
  onRemove: () => Promise<void>;
  onClose: () => void;
}

/** Asks what becomes of the downloads of whoever signs out. */
export function SignOutDialog({ count, onKeep, onRemove, onClose }: SignOutDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [isRemoving, setRemoving] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const films = count === 1 ? 'One film is' : `${count} films are`;

  useEffect(() => dialog.current?.showModal(), []);

  const remove = async (): Promise<void> => {
    setRemoving(true);
    try {
      await onRemove();
    } catch {
      setRemoving(false);
      setFailed(true);
    }
  };

  return (
    <dialog ref={dialog} className="sign-out-dialog" aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>Keep the downloads?</h2>
      <p>
        {films} on this device and {count === 1 ? 'plays' : 'play'} without signing in, for as long as{' '}
        {count === 1 ? 'its license lasts' : 'their licenses last'}. On a device that others use, remove{' '}
        {count === 1 ? 'it' : 'them'}.
      </p>
      <p className="account-failure" role="alert">
        {hasFailed && 'They could not be removed. Close other tabs of this site and try again.'}
      </p>
      <div className="sign-out-actions">
        <button className="button" data-primary="" type="button" disabled={isRemoving} onClick={onKeep}>
          Keep and sign out
        </button>
        <button
          className="button"
          type="button"
          disabled={isRemoving}
          aria-busy={isRemoving}
          onClick={() => void remove()}
        >
          {isRemoving ? 'Removing…' : 'Remove and sign out'}
        </button>
        <button className="button" type="button" onClick={() => dialog.current?.close()}>
          Cancel
        </button>
      </div>
    </dialog>
  );
}
