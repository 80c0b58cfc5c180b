import { z } from 'zod';
import { signInPath, signOutPath } from '../auth/gate.ts';
import { callbackPath } from '../auth/issuer.ts';
import { auditQuery } from './audit.ts';
import { dashboardQuery, keyQuery, keysQuery } from './dashboard.ts';

/**
 * The operations of the HTTP API, from which `openapi.js` makes docs/openapi.json. Types are named as in
 * `api.ts`, which the server and the page share.
 */
export interface Operation {
  readonly method: 'get' | 'post';
  /** With parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: z.ZodType;
  readonly body?: string | { readonly form: string };
  readonly responses: Readonly<Record<number, Content>>;
  /** Status codes of problem details, besides those that every operation has. */
  readonly problems?: readonly number[];
  /** Whether one must be signed in, where people sign in. */
  readonly signedIn: boolean;
}

/** What a response holds. */
export type Content =
  | { readonly json: string }
  | { readonly jsonOrEvents: { readonly json: string; readonly events: string } }
  | { readonly mediaType: string }
  | { readonly none: string };

const id = { id: 'The id of an answer' };
const signInQuery = z.object({ return: z.string().optional() });
const callbackQuery = z.object({ code: z.string(), state: z.string() });

export const operations: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/ask',
    summary: 'Ask a question. With `Accept: text/event-stream` the answer comes as it is made',
    body: 'AskBody',
    responses: { 200: { jsonOrEvents: { json: 'AnswerBody', events: 'AskEvents' } } },
    problems: [400, 413, 415, 429],
    signedIn: true,
  },
  {
    method: 'get',
    path: '/api/answers/{id}',
    summary: 'An answer from before, where one may see the accounts that it holds data of',
    parameters: id,
    responses: { 200: { json: 'AnswerBody' } },
    problems: [404],
    signedIn: true,
  },
  {
    method: 'get',
    path: '/api/answers/{id}.csv',
    summary: 'The rows of an answer as CSV',
    parameters: id,
    responses: { 200: { mediaType: 'text/csv' } },
    problems: [404],
    signedIn: true,
  },
  {
    method: 'get',
    path: '/api/answers/{id}/evidence',
    summary: 'All that is needed to check an answer, or to get it again',
    parameters: id,
    responses: { 200: { json: 'EvidenceBody' } },
    problems: [404],
    signedIn: true,
  },
  {
    method: 'post',
    path: '/api/feedback',
    summary: 'Say of an answer whether it was right. The last that one says counts',
    body: 'FeedbackBody',
    responses: { 200: { json: 'GivenFeedbackBody' } },
    problems: [400, 404, 413, 415],
    signedIn: true,
  },
  {
    method: 'get',
    path: '/api/dashboard',
    summary: 'The figures of the dashboard about the keys of a filter',
    query: dashboardQuery,
    responses: { 200: { json: 'DashboardBody' } },
    problems: [400, 404],
    signedIn: true,
  },
  {
    method: 'get',
    path: '/api/keys',
    summary: 'The keys of a filter, at most 10,000',
    query: keysQuery,
    responses: { 200: { json: 'KeysBody' } },
    problems: [400, 404],
    signedIn: true,
  },
  {
    method: 'get',
    path: '/api/keys/{arn}',
    summary: 'Everything about one key',
    parameters: { arn: 'The ARN of the key, URL-encoded' },
    query: keyQuery,
    responses: { 200: { json: 'KeyBody' } },
    problems: [400, 404],
    signedIn: true,
  },
  {
    method: 'get',
    path: '/api/status',
    summary: 'What data there is, and how much of it',
    responses: { 200: { json: 'StatusBody' } },
    signedIn: true,
  },
  {
    method: 'get',
    path: '/api/embed-url',
    summary: 'A URL of the QuickSight dashboard, to be embedded once',
    responses: { 200: { json: 'EmbedUrlBody' } },
    problems: [404],
    signedIn: true,
  },
  {
    method: 'get',
    path: '/api/me',
    summary: 'Who asks',
    responses: { 200: { json: 'MeBody' } },
    signedIn: true,
  },
  {
    method: 'get',
    path: '/api/audit',
    summary: 'What was asked, and what was given out later, newest first. For admins',
    query: auditQuery,
    responses: { 200: { json: 'AuditBody' } },
    problems: [400],
    signedIn: true,
  },
  {
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This document',
    responses: { 200: { mediaType: 'application/json' } },
    signedIn: true,
  },
  {
    method: 'get',
    path: signInPath,
    summary: 'Begins to sign in, and comes back to `return`',
    query: signInQuery,
    responses: { 302: { none: 'To the issuer' } },
    signedIn: false,
  },
  {
    method: 'get',
    path: callbackPath,
    summary: 'Where the issuer sends the browser back to',
    query: callbackQuery,
    responses: { 303: { none: 'Signed in, and back to the page' } },
    problems: [400],
    signedIn: false,
  },
  {
    method: 'post',
    path: signOutPath,
    summary: 'Ends the session',
    responses: { 200: { json: 'SignedOutBody' } },
    signedIn: false,
  },
  {
    method: 'post',
    path: '/slack/commands',
    summary: 'What Slack calls for a slash command, signed by it',
    body: { form: 'A form of Slack' },
    responses: { 200: { mediaType: 'application/json' } },
    problems: [400, 413],
    signedIn: false,
  },
  {
    method: 'post',
    path: '/slack/interactions',
    summary: 'What Slack calls for a pressed button, signed by it',
    body: { form: 'A form of Slack, with its JSON in `payload`' },
    responses: { 200: { none: 'Taken' } },
    problems: [400, 413],
    signedIn: false,
  },
  {
    method: 'get',
    path: '/healthz',
    summary: 'Whether the server can answer',
    responses: { 200: { json: 'HealthBody' } },
    signedIn: false,
  },
];
