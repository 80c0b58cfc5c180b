import { useSyncExternalStore } from 'react';
import { useMessages } from '../messages/MessagesContext.ts';
import { onSignedOut, signedOutPath, signInAddress } from './signedOut.ts';
import { keepForVisit } from './visit.ts';

/** Asks to sign in, once the server has asked for it. `again` where somebody was signed in. */
export function SignInAgain({ again }: { readonly again: boolean }) {
  const messages = useMessages();
  const path = useSyncExternalStore(onSignedOut, signedOutPath);
  return (
    <div className="sign-in" role="alert" hidden={path === null}>
      {path !== null && (
        <>
          <p>{again ? messages.signedOut : messages.signInFirst}</p>
          <a
            className="main-button"
            href={signInAddress(path, `${window.location.pathname}${window.location.search}`)}
            onClick={() => keepForVisit('place', window.location.hash)}
          >
            {again ? messages.signInAgain : messages.signIn}
          </a>
        </>
      )}
    </div>
  );
}
