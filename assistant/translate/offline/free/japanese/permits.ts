import { narrowed } from '../../grammar/access.ts';
import { alt, type Chart, expand, map, opt, type Parser, seq } from '../../grammar/chart.ts';
import { plain } from '../../grammar/joining.ts';
import { type AccessGrammar, levelNouns, shared } from '../../japanese/access.ts';
import { j } from '../../japanese/literals.ts';
import { allOf } from '../../plan/plan.ts';
import type { Piece } from '../piece.ts';
import { asksForIt, standing } from './around.ts';
import { grantee } from './someone.ts';

const may = (levels: readonly string[] | null): Piece => ({ is: 'may', levels });

/**
 * Words for what may be done, in whatever form: of one who can (使える), and of one who is given it
 * (許可している). Without someone who may, they say nothing: then they are no pieces.
 */
export function permits(access: AccessGrammar, someone: Parser<Piece>): Parser<Piece> {
  // できた: whoever could may no more be able to, or did.
  const can: Parser<Piece> = standing(
    expand(access.ability, ({ levels, ending }) => (ending.negated ? [] : [may(levels)])),
    ({ said }) => !/(でき|使え|つかえ|可能だっ|を持っ)た$/u.test(said),
  );
  const given: Parser<Piece> = expand(
    seq(opt(seq(levelNouns, opt(j('を', 'が', 'の')))), shared),
    ([level, ending]) => (ending.negated ? [] : [may(level?.[0] ?? null)]),
  );
  // 管理者は誰: who may administer the key; who manages it, AWS or the customer, is no one.
  const administers = map(
    j(
      'の管理者',
      '管理者',
      'を管理している',
      '管理している',
      'を管理していますか',
      '管理していますか',
      'を管理できる',
    ),
    () => may(['ADMIN']),
  );
  // kms:*を許可している, フルアクセスを持つ: every action, as it is written.
  const everyAction: Parser<Piece> = map(
    seq(
      j(
        'kms:*',
        '全アクション',
        'すべてのアクション',
        '全ての操作',
        'フルアクセス',
        'フルコントロール',
      ),
      opt(j('の権限', '権限', 'の許可')),
      j('を', 'が', ''),
      alt(
        expand(shared, ({ negated }): readonly true[] => (negated ? [] : [true])),
        j('持つ', '持っている', '持ってる', 'ある', 'できる', '使える'),
      ),
    ),
    (): Piece => ({ is: 'may', levels: null, actions: ['kms:*'] }),
  );
  const pieces = standing(
    alt(twoAbilities, can, given, administers, everyAction, source),
    (around) => !asksForIt(around),
  );
  return (chart, at) => {
    const { tokens } = chart;
    const named = tokens.some((t, i) =>
      /^[誰]$/u.test(t.text)
        ? true
        : someone(chart, i).some(({ value, end }) => mayBe(value) && !store(chart, end)),
    );
    const asked = tokens.map((t) => t.raw).join('');
    return named ||
      /どの(ユーザ|プリンシパル|人|ロール|アカウント)|どなた|だれ|([るつ]|できない|持たない|ていない|可能な)(人|者|ユーザ|プリンシパル|主体|アイデンティティ|担当|ロール)|[人名](以上|以下|未満|を超|より|しか|だけ|のみ)/u.test(
        asked,
      )
      ? pieces(chart, at)
      : [];
  };
}

/** What one may do with keys, where it is said at all. */
const level: Parser<readonly string[]> = expand(levelNouns, (levels) => (levels ? [levels] : []));

/** 暗号化も復号もできる: one and the same may do both. */
const twoAbilities: Parser<Piece> = map(
  seq(
    level,
    j('と', 'も', 'および', '、', 'かつ'),
    level,
    j(
      ...['も', 'の両方が', 'の両方を', 'の双方が', 'の双方を', 'を両方', 'が両方', 'の両方とも'],
      ...[
        'どちらも',
        'のどちらも',
        'の両方',
        '両方',
        'の両方の権限を',
        'の権限を両方',
        'を両方とも',
      ],
    ),
    j(
      ...['できる', 'できてしまう', '可能な', '持つ', '持っている', '持ってる', '有する', 'ある'],
      ...[
        '許可されている',
        '許可された',
        '与えられている',
        '付与されている',
        '持った',
        '持っていて',
      ],
    ),
  ),
  ([one, , other]): Piece => ({
    is: 'may',
    levels: one,
    beside: { levels: [...other], holds: true },
  }),
);

/** 暗号化はできるけど復号はできない, before those of whom it is said: they may do one and not the other. */
export const oneAndNotOther: Parser<Piece> = standing(
  map(
    seq(
      level,
      j('は', 'も', 'が', 'だけは', 'なら', ''),
      j(
        ...['できるが', 'できるけど', 'できるけれど', 'できるのに', 'できて', 'でき', 'できますが'],
        ...[
          '可能だが',
          '可能で',
          'できるものの',
          'できる一方で',
          'できる一方',
          'あるが',
          'あるけど',
        ],
        ...['あるのに', 'あって', '持っているが', '持っていて', '持つが', 'できても', 'あっても'],
      ),
      opt(j('、')),
      level,
      j('は', 'が', 'も', 'だけは', 'を', ''),
      j(
        'できない',
        'できません',
        '不可の',
        '不可能な',
        'ない',
        '持たない',
        '持っていない',
        '持ってない',
      ),
    ),
    ([one, , , , other]): Piece => ({
      is: 'may',
      levels: one,
      beside: { levels: [...other], holds: false },
    }),
  ),
  ({ after }) =>
    /^(IAM)?(ロール|ユーザ|プリンシパル|人|者|外部|ベンダー|アカウント|アイデンティティ)/u.test(
      after,
    ),
);

/** ロールとIAMユーザーの両方に許可している: each of them, not any. */
export function bothMay(access: AccessGrammar): Parser<Piece> {
  const who = grantee(access);
  const both = j(
    'の両方に',
    'の両方が',
    'の両方から',
    'の双方に',
    'の双方が',
    'の双方から',
    'のどちらにも',
    'のどちらもが',
    'のどちらも',
    'のどちらからも',
    'のいずれにも',
    'の両者に',
    'の両者が',
    '両方に',
    '両方が',
    '両方から',
  );
  const what: Parser<readonly string[] | null> = alt(
    expand(access.ability, ({ levels, ending }) => (ending.negated ? [] : [levels])),
    expand(seq(opt(seq(levelNouns, opt(j('を', 'が', 'の')))), shared), ([level, ending]) =>
      ending.negated ? [] : [level?.[0] ?? null],
    ),
  );
  return map(
    seq(who, j('と', '、', 'および', 'と、'), who, both, what),
    ([a, , b, , levels]): Piece => ({
      is: 'condition',
      condition: plain(allOf(narrowed(a, levels, null), narrowed(b, levels, null))),
    }),
  );
}

/** 外部 of a 外部キーストア is no one. */
const store = ({ tokens }: Chart, at: number) =>
  /^[キ鍵]/u.test(tokens[at]?.text ?? '') &&
  /^(キー|鍵)ストア/u.test(
    tokens
      .slice(at, at + 6)
      .map((t) => t.raw)
      .join(''),
  );

const mayBe = (piece: Piece) => piece.is === 'someone' && piece.someone.may !== null;

const source: Parser<Piece> = alt(
  map(
    j(
      'グラント経由で',
      'グラント経由の',
      'グラントで',
      'グラントによって',
      'グラントにより',
      'グラントを通じて',
      'グラントを使って',
      'グラントとして',
      'グラントによる',
      'グラントを介して',
      'グラントを経由して',
    ),
    (): Piece => ({ is: 'source', source: 'GRANT' }),
  ),
  map(
    j(
      'キーポリシーで',
      'キーポリシー経由で',
      'キーポリシーによって',
      'キーポリシーにより',
      'キーポリシーを通じて',
      'ポリシーで',
      'ポリシー経由で',
      'ポリシーによって',
      'ポリシー上で',
      'キーポリシー上で',
    ),
    (): Piece => ({ is: 'source', source: 'POLICY' }),
  ),
);
