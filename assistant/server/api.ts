/**
 * The types of the HTTP API, for the server and for the page. Types only: nothing here runs.
 */
import type { Answer, Chart, Coverage, Evidence } from '../answer/answer.ts';
import type { AnswerEvents } from '../answer/events.ts';
import type { AuditEntry } from '../audit/audit.ts';
import type { DashboardFigures, Mark, TrendPoint, ValueMark } from '../dashboard/figures.ts';
import type { KeyFilter } from '../dashboard/key-filter.ts';
import type { KeyList } from '../dashboard/key-list.ts';
import type { KeyPage } from '../dashboard/key-page.ts';
import type { NamedRow } from '../dashboard/view.ts';
import type { Cell, ResultColumn } from '../engine/engine.ts';

/** Body of POST /api/ask. */
export interface AskBody {
  readonly question: string;
  /** From the `done` event of an earlier question, to ask a follow-up. */
  readonly conversationId?: string | undefined;
  /** IANA name, such as Europe/Zurich. Default UTC. */
  readonly timeZone?: string | undefined;
  readonly language?: 'en' | 'ja' | undefined;
}

/**
 * The answer to POST /api/ask as JSON, and of GET /api/answers/:id: the same keys whatever the status.
 * Where there is no answer, `summary` holds what is said instead.
 */
export interface AnswerBody {
  readonly id: string;
  readonly question: string;
  readonly translator: Answer['translator'];
  readonly status: Answer['status'];
  readonly interpretation: string | null;
  readonly sql: string | null;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly rowCount: number;
  /** Rows that match in all; null when the limit cut some off and the number is not known. */
  readonly totalRows?: number | null;
  readonly truncated?: boolean;
  readonly summary: string | null;
  /** What a model says of the rows besides. */
  readonly narrative?: string | null;
  readonly notes?: readonly string[];
  readonly chart: Chart | null;
  readonly evidence: Evidence | null;
  readonly followUps?: readonly string[];
  readonly message?: string;
  /** With `clarify`: complete questions to choose from. */
  readonly choices?: readonly string[];
  /** With `declined`: the nearest questions that can be answered. */
  readonly nearest?: readonly string[];
  readonly unknownWords?: readonly string[];
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
  /** For the next question of the same conversation; in the answer to POST /api/ask only. */
  readonly conversationId?: string;
}

/** GET /api/answers/:id/evidence: all that is needed to check an answer, with its rows. */
export interface EvidenceBody extends Evidence {
  readonly summary: string;
  readonly narrativeText: string | null;
  readonly notes: readonly string[];
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** GET /healthz. */
export interface HealthBody {
  readonly status: 'ok';
  readonly snapshotId: string;
}

/** What POST /auth/sign-out gives: where to go, so that the session at the issuer ends too. */
export interface SignedOutBody {
  readonly location: string;
}

/** The server-sent events of POST /api/ask: the event's name is the key, its data the value. */
export interface AskEvents extends AnswerEvents {
  readonly done: {
    readonly id: string;
    readonly status: Answer['status'];
    readonly followUps: readonly string[];
    readonly conversationId: string;
  };
}

/** One event, with its name as `type`. */
export type AskEvent = {
  [Name in keyof AskEvents]: { readonly type: Name; readonly data: AskEvents[Name] };
}[keyof AskEvents];

/** Body of POST /api/feedback. */
export interface FeedbackBody {
  readonly answerId: string;
  readonly rating: 'up' | 'down';
  /** At most 2,000 characters. */
  readonly comment?: string | null | undefined;
}

/** Its answer: what counts now. */
export interface GivenFeedbackBody {
  readonly answerId: string;
  readonly rating: 'up' | 'down';
  readonly comment: string | null;
}

/** GET /api/status. */
export interface StatusBody {
  readonly snapshotId: string;
  readonly asOf: string;
  readonly origin: 'simulated' | 'aws';
  readonly coverage: Coverage;
  readonly coverageText: string;
  readonly keys: number;
  readonly accounts: number;
  readonly starterQuestions: readonly string[];
  /** True where a QuickSight dashboard is configured that the caller may see. */
  readonly quickSight?: boolean;
}

/** GET /api/embed-url. */
export interface EmbedUrlBody {
  /** To be embedded once, within five minutes. */
  readonly url: string;
  /** How long the session lasts that begins then. */
  readonly sessionMinutes: number;
}

/** GET /api/dashboard, which takes the fields of a {@link KeyFilter} and `language` as query. */
export type DashboardBody = DashboardFigures;

/** GET /api/keys, which takes `alias` besides. */
export type KeysBody = KeyList;

/** GET /api/keys/:arn, the ARN URL-encoded. */
export type KeyBody = KeyPage;

/** An error as RFC 9457 problem details, with the fix in `hint`. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly hint: string;
  /** What is wrong, for machines: SIGN_IN, NOT_ALLOWED, RATE_LIMITED, NOT_FOUND… */
  readonly code: string;
  /** Where to sign in; with SIGN_IN only. */
  readonly signInPath?: string | undefined;
}

/** GET /api/me: who asks. */
export interface MeBody {
  readonly user: string;
  readonly name: string;
  readonly role: 'viewer' | 'admin';
  /** Whether people sign in at this server. */
  readonly signIn: boolean;
  /** POST there to sign out; null where nobody signs in. */
  readonly signOutPath: string | null;
}

/** GET /api/audit, for admins: what was asked, and what was given out later, newest first. */
export interface AuditBody {
  readonly entries: readonly AuditedBody[];
  /** The `cursor` of the next page; null where these are the oldest. */
  readonly next: string | null;
}

export interface AuditedBody extends AuditEntry {
  /** The last that anyone said of the answer. */
  readonly feedback: { readonly rating: 'up' | 'down'; readonly comment: string | null } | null;
}

export type {
  Answer,
  Cell,
  Chart,
  Coverage,
  Evidence,
  KeyFilter,
  Mark,
  NamedRow,
  ResultColumn,
  TrendPoint,
  ValueMark,
};
