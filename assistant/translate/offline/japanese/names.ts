import { alt, type Found, type Parser, token } from '../grammar/chart.ts';
import { writtenAs } from '../grammar/places.ts';
import { tagKeysAt } from '../grammar/tags.ts';
import type { NamedValue, ValueKind, Values } from '../lexicon/values.ts';
import { isSpelled, nameTable } from './literals.ts';

/** What environments are called in Japanese, and by which names they go in accounts, OUs and tags. */
const environments: Readonly<Record<string, readonly string[]>> = {
  本番: ['production', 'prod', 'prd'],
  本番環境: ['production', 'prod', 'prd'],
  プロダクション: ['production', 'prod', 'prd'],
  商用: ['production', 'prod', 'prd'],
  商用環境: ['production', 'prod', 'prd'],
  開発: ['development', 'dev'],
  開発環境: ['development', 'dev'],
  検証: ['staging', 'stg', 'stage'],
  検証環境: ['staging', 'stg', 'stage'],
  ステージング: ['staging', 'stg', 'stage'],
  ステージング環境: ['staging', 'stg', 'stage'],
  テスト: ['test'],
  テスト環境: ['test'],
  サンドボックス: ['sandbox'],
};

/** What organizational units are called in Japanese; only with the word for a unit beside it. */
const units: Readonly<Record<string, readonly string[]>> = {
  ...environments,
  セキュリティ: ['security'],
  インフラ: ['infrastructure', 'infra'],
  基盤: ['infrastructure', 'platform'],
  データ基盤: ['data platform'],
  ワークロード: ['workloads'],
  停止済み: ['suspended'],
  買収企業: ['acquired companies'],
};
/** What units are called that is said of nothing else. */
const plainUnits: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  ['買収した', '買収された', '買収先の', '買収先', '買収'].flatMap((bought) =>
    ['会社', '企業', '子会社'].map((firm) => [
      `${bought}${firm}`,
      ['acquired companies', 'acquisitions', 'acquired'],
    ]),
  ),
);
/** What teams are called in Japanese, as values of the tag that names a team. */
const teams: Readonly<Record<string, readonly string[]>> = {
  セキュリティ: ['security'],
  プラットフォーム: ['platform'],
  モバイル: ['mobile'],
  ウェブ: ['web'],
  機械学習: ['machine-learning', 'ml'],
  物流: ['logistics'],
  ロジスティクス: ['logistics'],
  決済: ['payments', 'payment'],
  支払い: ['payments', 'payment'],
  データエンジニアリング: ['data-engineering'],
  データ基盤: ['data-platform'],
  インフラ: ['infrastructure', 'infra'],
  認証: ['identity', 'auth'],
  分析: ['analytics'],
  財務: ['finance'],
  経理: ['finance', 'accounting'],
  人事: ['hr', 'human-resources'],
};
/**
 * What the parts of names of accounts are called in Japanese. Said with the word for an account behind them,
 * they are the account whose name is made of just these parts: ログアーカイブのアカウント is log-archive.
 */
const nameParts: Readonly<Record<string, readonly string[]>> = {
  log: ['ログ'],
  logs: ['ログ'],
  logging: ['ログ', 'ロギング'],
  archive: ['アーカイブ', '保管'],
  audit: ['監査'],
  security: ['セキュリティ'],
  shared: ['共有', 'シェアード'],
  common: ['共通'],
  services: ['サービス'],
  service: ['サービス'],
  network: ['ネットワーク'],
  tooling: ['ツール', 'ツーリング'],
  tools: ['ツール'],
  backup: ['バックアップ'],
  data: ['データ'],
  lake: ['レイク'],
  warehouse: ['ウェアハウス', '倉庫'],
  streaming: ['ストリーミング'],
  catalog: ['カタログ'],
  payments: ['決済', '支払い', 'ペイメント'],
  billing: ['請求', 'ビリング'],
  finance: ['財務', 'ファイナンス'],
  identity: ['認証', 'アイデンティティ'],
  management: ['管理'],
  prod: ['本番'],
  production: ['本番'],
  dev: ['開発'],
  development: ['開発'],
  staging: ['検証', 'ステージング'],
  test: ['テスト'],
  sandbox: ['サンドボックス'],
};
const accountNouns = [
  'アカウント',
  'のアカウント',
  '用アカウント',
  '用のアカウント',
  'AWSアカウント',
];
/** One word is as often what a group of accounts is called. */
const FEWEST_PARTS = 2;

/** A name in Japanese, in all the ways its parts may be said; none where one of them has no such word. */
const inJapanese = (name: string): readonly string[] => {
  const parts = name.split(' ');
  if (parts.length < FEWEST_PARTS) return [];
  return parts.reduce<readonly string[]>(
    (so, part, i) =>
      so.flatMap((begun) =>
        (nameParts[part] ?? []).flatMap((word) =>
          i === 0 ? [word] : ['', 'の', '・'].map((joint) => `${begun}${joint}${word}`),
        ),
      ),
    [''],
  );
};

const unitNouns = ['OU', 'のOU', '組織単位', 'の組織単位'];

/** What tags are called in Japanese, and by which names they go. */
const tagNames: Readonly<Record<string, readonly string[]>> = {
  チーム: ['team'],
  担当チーム: ['team', 'owner'],
  オーナー: ['owner'],
  所有者: ['owner'],
  担当者: ['owner', 'contact'],
  環境: ['environment', 'env', 'stage'],
  コストセンター: ['cost-center', 'costcenter', 'cost_center'],
  プロジェクト: ['project'],
  アプリ: ['application', 'app'],
  アプリケーション: ['application', 'app'],
  システム: ['system'],
  部門: ['department', 'division'],
  部署: ['department', 'division'],
  事業部: ['business-unit', 'division'],
  データ分類: ['data-classification', 'dataclassification', 'classification'],
  機密度: ['data-classification', 'dataclassification', 'classification'],
};

const joints = ['', '-', '_', '/', '・'];
const placeKinds = ['region', 'account', 'ou', 'tag', 'environment'] as const;
const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Names in the data, written in Latin letters or in Japanese. */
export interface Names {
  readonly named: (kinds: readonly ValueKind[], partial?: boolean) => Parser<NamedValue>;
  readonly values: Values;
  /** The key of a tag that occurs. */
  readonly tagKey: Parser<string>;
}

/**
 * Names with Japanese characters are found character by character. One that is an ordinary word (an
 * account called "無効") is not a name unless it is quoted. An environment said in Japanese is what the
 * data calls so in English, by the first such name that occurs; where several are called so, each.
 */
export function japaneseNames(values: Values): Names {
  const tables = new Map<ValueKind, Parser<NamedValue>>();
  const tableOf = (kind: ValueKind): Parser<NamedValue> => {
    const known = tables.get(kind);
    if (known) return known;
    const entries: (readonly [string, NamedValue])[] = [];
    for (const name of values.names(kind)) {
      if (!japanese.test(name) || isSpelled(name)) continue;
      // Names are indexed by their words; between those any sign may stand.
      for (const value of values.exactly(kind, name)) {
        entries.push(...joints.map((sign) => [name.replaceAll(' ', sign), value] as const));
      }
    }
    // RSA4096 is RSA_4096.
    if (kind === 'key_spec') {
      for (const name of values.names(kind)) {
        for (const value of values.exactly(kind, name)) {
          entries.push([name.replaceAll(' ', ''), value]);
        }
      }
    }
    if ((placeKinds as readonly string[]).includes(kind)) {
      for (const [word, called] of Object.entries(environments)) {
        const meant = firstNamed(values, called);
        entries.push(...meant.filter((v) => v.kind === kind).map((v) => [word, v] as const));
      }
    }
    if (kind === 'account') {
      for (const name of values.names(kind)) {
        const words = inJapanese(name);
        for (const value of words.length > 0 ? values.exactly(kind, name) : []) {
          entries.push(
            ...words.flatMap((word) =>
              accountNouns.map((noun) => [`${word}${noun}`, value] as const),
            ),
          );
        }
      }
    }
    if (kind === 'ou') {
      for (const [word, called] of Object.entries(units)) {
        const first = called.find((name) => values.exactly('ou', name).length > 0);
        for (const value of first ? values.exactly('ou', first) : []) {
          entries.push(...unitNouns.map((noun) => [`${word}${noun}`, value] as const));
        }
      }
      for (const [word, called] of Object.entries(plainUnits)) {
        const first = called.find((name) => values.exactly('ou', name).length > 0);
        const found = first ? values.exactly('ou', first) : [];
        entries.push(...found.map((value) => [word, value] as const));
      }
    }
    if (kind === 'tag') {
      for (const [word, called] of Object.entries(teams)) {
        const found = called
          .map((name) => values.exactly('tag', name).filter((v) => /^team$/i.test(v.key ?? '')))
          .find((named) => named.length > 0);
        for (const value of found ?? []) {
          entries.push(...[`${word}チーム`, `${word}のチーム`].map((w) => [w, value] as const));
        }
      }
    }
    const made = nameTable(entries);
    tables.set(kind, made);
    return made;
  };
  let tagKeys: Parser<string> | undefined;
  const tagKeysInJapanese: Parser<string> = (chart, at) => {
    tagKeys ??= nameTable([
      ...[...values.tagKeys.entries()]
        .filter(([text]) => japanese.test(text) && !isSpelled(text))
        .flatMap(([text, keys]) => keys.map((key) => [text, key] as const)),
      ...Object.entries(tagNames).flatMap(([word, called]) =>
        firstTagKey(values, called).map((key) => [word, key] as const),
      ),
    ]);
    return tagKeys(chart, at);
  };
  const latinTagKey: Parser<string> = (chart, at) => {
    const first = chart.tokens[at];
    if (!first || first.glued) return [];
    return tagKeysAt(values, chart, at);
  };
  return {
    values,
    named: (kinds, partial = true) =>
      inItsLetters(
        alt(
          values.named(kinds, partial),
          // Built when first needed, when every word of the grammar is known.
          ...kinds.map(
            (kind): Parser<NamedValue> =>
              (chart, at) =>
                tableOf(kind)(chart, at),
          ),
        ),
        values,
      ),
    tagKey: alt(
      latinTagKey,
      tagKeysInJapanese,
      token((t) => (t.kind === 'quoted' && !t.text.includes('=') ? t.text : undefined)),
    ),
  };
}

/** Of accounts whose names differ in capitals only, the one that is written in just these letters. */
function inItsLetters(named: Parser<NamedValue>, values: Values): Parser<NamedValue> {
  return (chart, at) => {
    const found = named(chart, at);
    const accounts = found.filter(({ value }) => value.kind === 'account');
    if (accounts.length < 2) return found;
    const nameOf = ({ value }: Found<NamedValue>) =>
      values.accountName(value.values[0] ?? '') ?? '';
    const written = accounts.filter((f) => nameOf(f) === writtenAs(chart, at, f.end));
    const others = accounts.filter((f) =>
      written.some((w) => w.end === f.end && nameOf(w).toLowerCase() === nameOf(f).toLowerCase()),
    );
    return found.filter((f) => written.includes(f) || !others.includes(f));
  };
}

/** What the first of these names that occurs stands for, by whole names only. */
function firstNamed(values: Values, names: readonly string[]): readonly NamedValue[] {
  for (const name of names) {
    const found = placeKinds
      .flatMap((kind) => values.exactly(kind, name))
      .filter((v) => v.kind !== 'tag' || /^(env|environment|stage)$/i.test(v.key ?? ''));
    if (found.length > 0) return found;
  }
  return [];
}

/** The keys by which the first of these names goes that occurs. */
function firstTagKey(values: Values, names: readonly string[]): readonly string[] {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/gu, '');
  const known = [...new Set([...values.tagKeys.values()].flat())];
  for (const name of names) {
    const found = known.filter((key) => plain(key) === plain(name));
    if (found.length > 0) return found;
  }
  return [];
}
