import { type Me, signOut } from '../api/me.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { DataText } from '../text/DataText.tsx';
import { keepForVisit } from './visit.ts';

interface Props {
  readonly me: Me;
  /** Takes from this browser what the user asked. */
  readonly onForget: () => void;
}

/** Who is signed in, and the way out. */
export function User({ me, onForget }: Props) {
  const messages = useMessages();
  const { signOutPath } = me;
  const leave = async (path: string): Promise<void> => {
    onForget();
    keepForVisit('draft', '');
    // Where the server cannot be reached, the page says so when it is loaded again.
    window.location.assign(await signOut(path).catch(() => '/'));
  };
  return (
    <span className="user">
      <span className="user-name" title={me.user}>
        <DataText>{me.name || me.user}</DataText>
      </span>
      {signOutPath !== null && (
        <button type="button" className="quiet-button" onClick={() => void leave(signOutPath)}>
          {messages.signOut}
        </button>
      )}
    </span>
  );
}
