import type { LanguageCode } from '../language.ts';
import type { Translation } from '../translator.ts';
import type { FailureCode } from './failure.ts';

/** Why the model's answer is not to be had, such that it can stand in brackets after a sentence. */
const reasons: Readonly<Record<FailureCode, Readonly<Record<LanguageCode, string>>>> = {
  THROTTLED: { en: 'too many requests', ja: 'リクエストが多すぎます' },
  UNAVAILABLE: { en: 'the service is not available', ja: 'サービスを利用できません' },
  MODEL_NOT_READY: { en: 'the model is not ready', ja: 'モデルの準備ができていません' },
  MODEL_TIMEOUT: { en: 'the model took too long', ja: 'モデルの処理が時間内に終わりませんでした' },
  MODEL_ERROR: { en: 'the model failed', ja: 'モデルでエラーが発生しました' },
  MODEL_STREAM_ERROR: {
    en: 'the model failed in the middle of its reply',
    ja: 'モデルの応答中にエラーが発生しました',
  },
  STREAM_CUT: { en: 'its reply was cut off', ja: 'モデルの応答が途中で切れました' },
  TIMEOUT: { en: 'it took too long', ja: '時間内に応答がありませんでした' },
  NETWORK: { en: 'it could not be reached', ja: '接続できませんでした' },
  MALFORMED_OUTPUT: { en: 'its reply was malformed', ja: 'モデルの応答が不正な形式でした' },
  MALFORMED_TOOL_INPUT: { en: 'its reply was malformed', ja: 'モデルの応答が不正な形式でした' },
  UNKNOWN_TOOL: {
    en: 'it called a tool that does not exist',
    ja: 'モデルが存在しないツールを呼び出しました',
  },
  NO_TOOL_CALL: { en: 'it made no query', ja: 'モデルがクエリを作成しませんでした' },
  QUERY_REFUSED: {
    en: 'its queries were refused by the check',
    ja: 'モデルのクエリは検査で拒否されました',
  },
  QUERY_FAILED: { en: 'its queries could not be run', ja: 'モデルのクエリを実行できませんでした' },
  TOO_MANY_TURNS: { en: 'it came to no query', ja: 'モデルがクエリに至りませんでした' },
  MAX_TOKENS: { en: 'its reply became too long', ja: 'モデルの応答が長すぎました' },
  CONTEXT_TOO_LONG: {
    en: 'the conversation is too long for it',
    ja: '会話がモデルの上限を超えました',
  },
  REFUSED: { en: 'it declined to answer', ja: 'モデルが回答を拒否しました' },
  CONTENT_FILTERED: { en: 'its reply was filtered', ja: 'モデルの応答がフィルターされました' },
  GUARDRAIL: { en: 'a guardrail intervened', ja: 'ガードレールが介入しました' },
  ACCESS_DENIED: {
    en: 'there is no permission to use it',
    ja: 'モデルを利用する権限がありません',
  },
  CREDENTIALS: {
    en: 'the AWS credentials are missing or expired',
    ja: 'AWSの認証情報がないか、期限が切れています',
  },
  MODEL_NOT_FOUND: {
    en: 'there is no such model in this Region',
    ja: 'このリージョンに該当するモデルがありません',
  },
  QUOTA: { en: 'the quota is used up', ja: 'クォータを使い切りました' },
  TEMPERATURE: {
    en: 'the request was refused as invalid',
    ja: 'リクエストが無効として拒否されました',
  },
  BAD_REQUEST: {
    en: 'the request was refused as invalid',
    ja: 'リクエストが無効として拒否されました',
  },
  UNEXPECTED: { en: 'an unexpected error', ja: '予期しないエラー' },
};

const sentences: Readonly<
  Record<
    LanguageCode,
    { readonly instead: (reason: string) => string; readonly alone: string; readonly told: string }
  >
> = {
  en: {
    instead: (reason) =>
      `The model could not be used (${reason}); the question was read without it, by the offline translator.`,
    alone: 'What was asked before this question was not taken into account.',
    told: 'The guardrail of your organization stopped this question or its answer, so it was not answered.',
  },
  ja: {
    instead: (reason) =>
      `モデルを利用できなかったため（${reason}）、オフラインの変換で質問を解釈しました。`,
    alone: 'これより前の質問は考慮されていません。',
    told: '組織のガードレールがこの質問または回答を止めたため、回答していません。',
  },
};

/** What the person is told when the offline translator stands in. */
export function fallbackNote(
  code: FailureCode,
  language: LanguageCode,
  ignoresConversation: boolean,
): string {
  const { instead, alone } = sentences[language];
  const note = instead(reasons[code][language]);
  if (!ignoresConversation) return note;
  return language === 'ja' ? `${note}${alone}` : `${note} ${alone}`;
}

/** What the person is told when a guardrail stopped the question. */
export const guardrailNote = (language: LanguageCode): string => sentences[language].told;

/** A translation of the offline translator, with the note put where it is read. */
export function withNote(translation: Translation, note: string): Translation {
  if (translation.kind === 'query')
    return { ...translation, by: 'offline', notes: [note, ...translation.notes] };
  return { ...translation, by: 'offline', message: `${note} ${translation.message}` };
}
