import { alt, expand, map, opt, type Parser, rule, seq, token } from '../grammar/chart.ts';
import { concernsByControl, type NamedControl } from '../lexicon/controls.ts';
import { type Condition, ended } from './chain.ts';
import type { ConcernWords } from './concerns.ts';
import { copula, type Ending, existence, godan, ichidan } from './endings.ts';
import { j, table } from './literals.ts';

/** What was found wrong with a key, as a predicate: 指摘されている, 権限が広すぎる, KMS.4に抵触している. */
export function concerning({ object, severity }: ConcernWords): Parser<Condition> {
  const reported = map(
    seq(
      object,
      j('と指摘', 'を指摘', 'が指摘', 'が検出', 'が報告', 'に該当', 'として検出'),
      ichidan('され', 'し'),
    ),
    ([f, , e]) => ended(f, e),
  );
  const leftInPolicy = map(
    seq(
      object,
      j('が', 'を', 'の'),
      j(
        'ポリシーに',
        'キーポリシーに',
        'ポリシー内に',
        'キーポリシー内に',
        'ポリシー上に',
        'ポリシーの中に',
      ),
      existence,
    ),
    ([f, , , e]) => ended(f, e),
  );
  /** 指摘が重大度MEDIUMで出ている: of that severity, and of that kind where one is named. */
  const graded = expand(
    seq(
      object,
      j('が', 'は', 'を', 'で', 'について'),
      severity,
      j('で', 'として', 'と', ''),
      ichidan(
        '出',
        '検出され',
        '報告され',
        '指摘され',
        '判定され',
        '評価され',
        '分類され',
        '挙げられ',
      ),
    ),
    ([f, , grade, , e]): readonly Condition[] => {
      if (!('is' in grade) || grade.is !== 'severity' || !('is' in f)) return [];
      if (f.is === 'concern') return [ended({ ...grade, codes: f.codes }, e)];
      return f.is === 'present' ? [ended(grade, e)] : [];
    },
  );
  return rule(() =>
    alt(
      reported,
      graded,
      leftInPolicy,
      deletedPrincipal,
      unchecked,
      tooBroad,
      lockedOut,
      violating,
      complying,
      foundByStandard,
      violation,
      broadNotPrincipal,
    ),
  );
}

/** NotPrincipalでAllowしている; NotPrincipal with a Deny is nothing to worry about. */
const broadNotPrincipal: Parser<Condition> = map(
  seq(
    j('NotPrincipal'),
    j('で', 'を使って', 'を使い', 'を用いて', 'によって', 'により'),
    opt(j('アクセスを', '広く', '全員に')),
    ichidan('Allowし', 'Allowされ', '許可し', '許可され'),
  ),
  ([, , , e]) => ended({ is: 'concern', codes: ['BROAD_NOT_PRINCIPAL'] }, e),
);

const goneKind = j(
  'プリンシパル',
  'ユーザー',
  'ユーザ',
  'ロール',
  'IAMユーザー',
  'IAMユーザ',
  'IAMロール',
  'IAMエンティティ',
);
/** 削除されたユーザーやロールの名残がポリシーに残っている: an entry for someone who is there no more. */
const deletedPrincipal: Parser<Condition> = map(
  seq(
    opt(j('すでに', '既に', 'もう')),
    j(
      '削除された',
      '削除済みの',
      '削除済み',
      '消えた',
      '消された',
      '消滅した',
      '存在しない',
      '存在しなくなった',
      'なくなった',
      'いなくなった',
    ),
    goneKind,
    opt(seq(j('や', '・', 'または', 'もしくは', 'か', 'と'), goneKind)),
    opt(
      j(
        'の名残',
        'の残骸',
        'の記述',
        'への参照',
        'のID',
        'のエントリ',
        'への許可',
        'の許可',
        'の記載',
      ),
    ),
    j('が', 'を', 'の', 'が、'),
    opt(
      j(
        'ポリシーに',
        'キーポリシーに',
        'ポリシー内に',
        'キーポリシー内に',
        'ポリシーの中に',
        'ポリシー上に',
      ),
    ),
    alt(
      existence,
      ichidan('書かれ', '記載され', '参照され', '参照し', '指定され', '放置され', '残され'),
    ),
  ),
  ([, , , , , , , e]) => ended({ is: 'concern', codes: ['DELETED_PRINCIPAL'] }, e),
);

/** ロックアウト防止の安全チェックを飛ばしてポリシーが設定された. */
const unchecked: Parser<Condition> = map(
  seq(
    j(
      ...[
        'ロックアウト',
        'ロックアウト防止',
        'ロックアウト防止の',
        'ロックアウトの',
        'ロックアウト回避の',
        '締め出し防止の',
        'ポリシーの',
        '',
      ].flatMap((against) =>
        [
          '安全チェック',
          '安全性チェック',
          'セーフティチェック',
          '安全確認',
          '安全性の確認',
          '安全性確認',
        ].map((check) => `${against}${check}`),
      ),
      ...[
        'ロックアウトチェック',
        'ロックアウト防止チェック',
        'ロックアウトのチェック',
        'ロックアウト防止のチェック',
      ],
    ),
    j('を'),
    j(
      ...[
        '飛ばし',
        'スキップし',
        'バイパスし',
        '回避し',
        '省略し',
        '迂回し',
        '無視し',
        '外し',
        '無効にし',
      ].flatMap((v) => [`${v}て`, `${v}たうえで`, `${v}た状態で`, `${v}たまま`]),
      '行わずに',
      'せずに',
      'かけずに',
    ),
    opt(token((t) => (t.kind === 'comma' ? true : undefined))),
    opt(seq(j('キーポリシー', 'ポリシー'), j('が', 'を'))),
    ichidan(...['設定', '変更', '更新', '適用', '登録'].flatMap((n) => [`${n}され`, `${n}し`])),
  ),
  ([, , , , , e]) => ended({ is: 'concern', codes: ['POLICY_LOCKOUT_BYPASS'] }, e),
);

/** A policy that is too broad. */
const tooBroad: Parser<Condition> = map(
  seq(
    opt(j('キーポリシーが', 'ポリシーが', 'キーポリシーの', 'ポリシーの')),
    j('権限が', 'アクセス権限が', '許可が', 'アクセスが', '権限の', ''),
    j(
      '過度に広',
      '広すぎ',
      '過剰',
      '過大',
      '緩すぎ',
      '広過ぎ',
      '過度に寛容',
      '過剰に許可し',
      '過度に許可し',
      '過度に緩',
    ),
    table<Ending>([
      ['い', { negated: false, slot: 'attributive' }],
      ['く', { negated: false, slot: 'continuative' }],
      ['くて', { negated: false, slot: 'continuative' }],
      ['くない', { negated: true, slot: 'attributive' }],
      ['る', { negated: false, slot: 'attributive' }],
      ['て', { negated: false, slot: 'continuative' }],
      ['な', { negated: false, slot: 'attributive' }],
      ['で', { negated: false, slot: 'continuative' }],
      ['である', { negated: false, slot: 'attributive' }],
      ['ている', { negated: false, slot: 'attributive' }],
      ['ており', { negated: false, slot: 'continuative' }],
      ['ます', { negated: false, slot: 'final' }],
      ['です', { negated: false, slot: 'final' }],
    ]),
  ),
  ([, , , e]) => ended({ is: 'concern', codes: ['WILDCARD_ACTIONS'] }, e),
);

/** 誰もキーポリシーを変更できない, もう誰も管理できなくなっている. */
const lockedOut: Parser<Condition> = map(
  seq(
    j('誰も', 'だれも', '誰にも', '誰一人'),
    opt(
      j(
        'キーポリシーを',
        'ポリシーを',
        'キーポリシーが',
        'ポリシーが',
        'キーポリシーの',
        'ポリシーの',
      ),
    ),
    j(
      '変更でき',
      '変更することができ',
      '変更権限を持た',
      '変更を許可されてい',
      '変更が許可されてい',
      '更新でき',
      '編集でき',
      '修正でき',
      '書き換えられ',
      '変えられ',
      '管理でき',
    ),
    alt(
      map(
        seq(j('なく'), alt(ichidan('なっ'), godan({ a: 'なら', i: 'なり', u: 'なる', t: 'なっ' }))),
        ([, e]) => e,
      ),
      table<Ending>([
        ['ない', { negated: false, slot: 'attributive' }],
        ['なくて', { negated: false, slot: 'continuative' }],
        ['ない状態の', { negated: false, slot: 'attributive' }],
        ['ない状態にある', { negated: false, slot: 'attributive' }],
        ['ません', { negated: false, slot: 'final' }],
      ]),
    ),
  ),
  ([, , , e]) => ended({ is: 'concern', codes: ['LOCKOUT_RISK'] }, e),
);

/** How one control is written: KMS.4, Security HubのKMS.4, CIS 3.6. */
export const spelledControl = ({ id, frameworks, number }: NamedControl): readonly string[] => [
  id,
  ...frameworks.flatMap((n) => [`${n} ${number}`, `${n}の${number}`, `${n}要件${number}`]),
  ...(/^[A-Z]/u.test(number) ? [number] : []),
];
/** Benchmarks and their controls by their names, and the concerns that bear on them: CIS, CIS 3.6, KMS.4. */
const controls: Parser<readonly string[]> = table(
  concernsByControl((control) => [...control.frameworks, ...spelledControl(control)]),
);
/** What of a standard is meant, and where it is looked at: PCI DSSの要件, CISベンチマークの監査. */
const ofStandard = opt(
  j(
    ...[
      '',
      'のコントロール',
      'の統制',
      'コントロール',
      'の基準',
      'の要件',
      'ベンチマーク',
      '基準',
      'の項目',
      'のルール',
      'のチェック項目',
    ].flatMap((part) =>
      ['', '監査', 'の監査', '審査', 'の審査', 'のチェック', 'の評価', '準拠チェック', '準拠'].map(
        (look) => `${part}${look}`,
      ),
    ),
  ),
);
/** CISに準拠していない, NISTを満たしていない: it is denied that they are as they should be. */
const complying: Parser<Condition> = expand(
  seq(
    controls,
    ofStandard,
    j('に', 'を', 'に対して'),
    ichidan('準拠し', '適合し', '満たし', '遵守し', '対応し', '従っ'),
  ),
  ([codes, , , e]) => [ended({ is: 'concern', codes: [...codes] }, { ...e, negated: !e.negated })],
);
/** NISTの指摘がある, PCI DSSで問題が出ている. */
const foundByStandard: Parser<Condition> = map(
  seq(
    controls,
    ofStandard,
    j('の', 'で', 'による', 'に基づく', '上の', 'での'),
    j(
      '指摘',
      '懸念',
      '問題',
      '不備',
      '違反',
      '検出',
      '指摘事項',
      '懸念事項',
      '非準拠',
      '不適合',
      '検出結果',
    ),
    alt(
      map(
        seq(
          j('が', 'に', 'の', 'と'),
          alt(existence, ichidan('出', 'なっ', '挙がっ', '見つかっ', '検出され', 'され')),
        ),
        ([, e]) => e,
      ),
      ichidan('され'),
    ),
  ),
  ([codes, , , , e]) => ended({ is: 'concern', codes: [...codes] }, e),
);
const violating: Parser<Condition> = map(
  seq(
    controls,
    ofStandard,
    j('に', 'で', 'を'),
    alt(
      ichidan('抵触し', '違反し', '該当し', '不適合になっ', '失敗し', '検出され', '指摘され'),
      godan(
        { a: '引っかから', i: '引っかかり', u: '引っかかる', t: '引っかかっ' },
        { a: 'ひっかから', i: 'ひっかかり', u: 'ひっかかる', t: 'ひっかかっ' },
        { a: '引っ掛から', i: '引っ掛かり', u: '引っ掛かる', t: '引っ掛かっ' },
      ),
      table<Ending>([
        ['抵触する', { negated: false, slot: 'attributive' }],
        ['違反する', { negated: false, slot: 'attributive' }],
        ['該当する', { negated: false, slot: 'attributive' }],
      ]),
    ),
  ),
  ([codes, , , e]) => ended({ is: 'concern', codes: [...codes] }, e),
);

/** KMS.5違反の. */
const violation: Parser<Condition> = map(
  seq(controls, j('違反', 'に違反', 'への違反', '不適合'), copula),
  ([codes, , e]) => ended({ is: 'concern', codes: [...codes] }, e),
);
