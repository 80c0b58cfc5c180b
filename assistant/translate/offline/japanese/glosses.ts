import type { Token } from '../tokens/token.ts';

/**
 * Brackets that say again what stands before them: 削除待ち(PendingDeletion), NO_RECORD(記録なし). What
 * is in the brackets, and what it then repeats.
 */
const glosses: readonly (readonly [RegExp, RegExp])[] = [
  [/^PendingDeletion$/i, /削除(待ち|予定|保留|待機)(中)?(の状態)?$/u],
  [/^削除(待ち|予定|保留中?|待機中?)$/u, /PendingDeletion$/i],
  [/^Disabled?$/i, /無効(化)?(状態|中)?$/u],
  [/^無効(状態|化)?$/u, /Disabled$/i],
  [/^Enabled?$/i, /有効(化)?(状態|中)?$/u],
  [/^有効(状態|化)?$/u, /Enabled$/i],
  [/^Conditions?$/i, /条件(?:句|ブロック)?$/u],
  [/^Sign$/i, /署名$/u],
  [/^署名$/u, /Sign$/i],
  [/^Decrypt$/i, /復号(化)?$/u],
  [/^復号(化)?$/u, /Decrypt$/i],
  [/^Encrypt$/i, /(?<!復号・|復号と)暗号化$/u],
  [/^暗号化$/u, /Encrypt$/i],
  [/^NO_?RECORD$/i, /記録(が|は|の)?(ない|無い|なし|無し)$/u],
  [/^(使用|利用)?(の)?記録(が)?(なし|無し|ない)$/u, /NO_?RECORD$/i],
  [
    /^NEVER_?USED$/i,
    /(一度も(使われ|使用され|利用され)ていない|使われたことが(ない|無い)|使用実績なし)$/u,
  ],
  [/^(一度も)?(未使用|使われていない|使われたことがない|使用されたことがない)$/u, /NEVER_?USED$/i],
  [/^FAILED$/i, /失敗$/u],
  [/^失敗$/u, /FAILED$/i],
  [/^PARTIAL$/i, /(部分的|一部のみ|不完全)$/u],
  [/^SKIPPED$/i, /スキップ$/u],
  [/^SUSPENDED$/i, /停止(中|済み)?$/u],
  [/^停止(中|済み)?$/u, /SUSPENDED$/i],
  [/^CRITICAL$/i, /(重大|重要度が最も高い|クリティカル)$/u],
  [/^重大$/u, /CRITICAL$/i],
  [/^HIGH$/i, /(重要度|深刻度|重大度)(が|の)?高(い)?$/u],
  [/^EXTERNAL$/i, /インポート(済み)?$/u],
  [/^CUSTOMER$/i, /(カスタマー|顧客|ユーザー|自社)(管理|マネージド)(型)?$/u],
  [/^AWS$/i, /AWS(管理|マネージド)(型)?$/u],
  [/^REPLICA$/i, /レプリカ$/u],
  [/^PRIMARY$/i, /プライマリー?$/u],
  [/^SIGN_?VERIFY$/i, /署名(・|と)?(検証)?(用)?$/u],
  [/^ENCRYPT_?DECRYPT$/i, /暗号化(・|と)?(復号)?(用)?$/u],
  [/^confused ?deputy$/i, /混乱した代理(人)?(問題)?$/u],
  [/^混乱した代理(人)?$/u, /confused ?deputy$/i],
  [/^IAM ?User$/i, /IAMユーザー?(の(資格|認証)情報)?$/u],
  [/^PendingImport$/i, /インポート(待ち|保留中?)$/u],
  [/^(admin(istrator)?|ADMIN)(権限)?$/i, /管理(者)?(権限|アクセス権?)?$/u],
  [/^管理(者)?(権限)?$/u, /admin(istrator)?$/i],
  [/^CMK$/i, /カスタマー(管理|マネージド)(型)?の?キー$/u],
];

const textOf = (tokens: readonly Token[]) =>
  tokens.map((t) => `${t.glued ? (t.joint ?? '') : ''}${t.raw}`).join('');

/** The same question without brackets that only repeat what stands before them. */
export function withoutGlosses(tokens: readonly Token[]): readonly Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token) break;
    const close =
      token.kind === 'open' ? tokens.findIndex((t, i) => i > at && t.kind === 'close') : -1;
    const inside = close > 0 ? textOf(tokens.slice(at + 1, close)) : '';
    if (inside !== '' && repeats(inside, textOf(kept))) at = close;
    else kept.push(token);
  }
  return kept;
}

/** Nouns for what is called so, which stay: チーム(payments-core). */
const kindOfName = /(?:チーム|アカウント|OU|環境|システム)$/u;
/** Words of which what things are called in Japanese is made, though they mean something by themselves. */
const plainWords =
  /監査|ログ|データ|システム|サービス|アカウント|チーム|環境|基盤|部門|管理|共有|共通|用|系|側|会社|プロダクト|プロジェクト/gu;

/** What is known of words with a name in brackets behind them. */
interface BracketedNames {
  readonly isName: (text: string) => boolean;
  /** Whether all that are called so are in an account. */
  readonly isOf: (name: string, account: string) => boolean;
  /** Whether words are the name of something else, or mean something. */
  readonly saysMore: (text: string) => boolean;
}

/**
 * The question with a name in the data in the place of what it is called in Japanese: 決済系(payments) is
 * payments. Not where that says something of its own: 本番(payments), 無効(payments).
 */
export function withNamesInBrackets(
  tokens: readonly Token[],
  known: BracketedNames,
): readonly Token[] {
  const { isName, isOf, saysMore } = known;
  const open = tokens.findIndex((t) => t.kind === 'open');
  const close = tokens.findIndex((t, i) => i > open && t.kind === 'close');
  if (open < 1 || close < open + 2) return tokens;
  const name = tokens.slice(open + 1, close);
  let from = open;
  while (from > 0 && isNounOfIts(tokens[from - 1])) from -= 1;
  const called = textOf(tokens.slice(from, open));
  const rest = called.replaceAll(plainWords, '');
  const said = textOf(name);
  // ConsultantAdmin ロール(617730028459): the account of that role.
  const owner = /([A-Za-z][\w.-]*)(?:という)?(?:IAM)?(?:ロール|ユーザー?)?$/u.exec(
    textOf(tokens.slice(0, open)),
  );
  if (/^\d{12}$/.test(said) && isOf(owner?.[1] ?? '', said)) {
    return [...tokens.slice(0, open), ...withNamesInBrackets(tokens.slice(close + 1), known)];
  }
  if (
    called === '' ||
    !/^[\w./-]+$/.test(said) ||
    !isName(said) ||
    (rest !== '' && saysMore(rest))
  ) {
    return tokens;
  }
  const kind = kindOfName.exec(called)?.[0] ?? '';
  const kept = tokens.slice(open - kind.length, kind === '' ? from : open);
  return [
    ...tokens.slice(0, from),
    ...name,
    ...(kind === '' ? [] : kept),
    ...withNamesInBrackets(tokens.slice(close + 1), known),
  ];
}

const isNounOfIts = (token: Token | undefined) =>
  token?.kind === 'character' && /^[\p{Script=Han}\p{Script=Katakana}ー]$/u.test(token.text);

const repeats = (inside: string, before: string) =>
  glosses.some(([said, meant]) => said.test(inside) && meant.test(before));
