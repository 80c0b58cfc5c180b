import { alt, expand, map, type Parser, rule } from '../../grammar/chart.ts';
import type { GrammarContext } from '../../japanese/context.ts';
import { dimension, grouping, yearly } from '../../japanese/dimensions.ts';
import type { KeyConditions } from '../../japanese/key-conditions.ts';
import type { KeyQuestions } from '../../japanese/key-questions.ts';
import { j } from '../../japanese/literals.ts';
import type { NounPhrases } from '../../japanese/noun-phrases.ts';
import type { TimeGrammar } from '../../japanese/time.ts';
import { type Dimension, type Entity, everything } from '../../plan/plan.ts';
import type { Spotter } from '../cover.ts';
import type { Noun, Piece } from '../piece.ts';
import { type Around, affirming, depending, standing } from './around.ts';
import { deeds } from './deeds.ts';
import { fillers } from './fillers.ts';
import { found } from './found.ts';
import { going } from './going.ts';
import { bothMay, permits } from './permits.ts';
import { shapes } from './shapes.ts';
import { someone } from './someone.ts';
import { wants } from './wants.ts';

/** The parts of the Japanese grammar that say what a few words mean, wherever they stand. */
export interface JapaneseParts {
  readonly time: TimeGrammar;
  readonly conditions: KeyConditions;
  readonly phrases: NounPhrases;
  readonly keys: KeyQuestions;
}

/**
 * The Japanese pieces. Words for conditions, groups and measures are those of the grammar; what joins
 * them is said by endings and particles, so that only those that say nothing by themselves are fillers.
 */
export function japanesePieces(context: GrammarContext, parts: JapaneseParts): Spotter {
  const { time, conditions, phrases, keys } = parts;
  const anyone = someone(context, conditions.access, conditions.places);
  return rule(() =>
    alt(
      found(context, conditions),
      affirming(
        alt(
          fillers,
          wants,
          nouns(context, conditions),
          groups(context),
          anyone,
          permits(conditions.access, anyone),
          bothMay(conditions.access),
          deeds(context.names),
          shapes(context, keys, phrases, time),
          going(conditions.single),
        ),
      ),
    ),
  );
}

function nouns({ lexicon }: GrammarContext, conditions: KeyConditions): Parser<Piece> {
  return alt(
    map(conditions.noun, (filter): Piece => ({ is: 'noun', noun: 'keys', filter })),
    expand(lexicon.nouns.parser, (which): readonly Piece[] =>
      which === 'coverage' || which === 'accounts' || which === 'keys'
        ? []
        : [{ is: 'noun', noun: which satisfies Noun, filter: everything }],
    ),
    // What expires of a key is its material.
    depending(j('キーマテリアル', '鍵マテリアル'), (_, { after, all }): readonly Piece[] => {
      if (!/期限|失効|満了/u.test(all)) return [];
      return [
        /キー|鍵|CMK/iu.test(after)
          ? { is: 'filler' }
          : { is: 'noun', noun: 'keys', filter: everything },
      ];
    }),
    map(
      conditions.concerns.noun,
      (): Piece => ({ is: 'noun', noun: 'concerns', filter: everything }),
    ),
    map(
      j('プリンシパル', '主体', 'アイデンティティ'),
      (): Piece => ({ is: 'noun', noun: 'permissions', filter: everything }),
    ),
  );
}

/** Columns by which rows that are about keys are grouped, besides those of keys. */
const further: readonly (readonly [Entity, readonly string[]])[] = [
  ['usage', ['via_service', 'username', 'caller_account', 'operation', 'source_ip']],
  ['permissions', ['principal', 'principal_account', 'principal_type']],
  ['concerns', ['label', 'severity']],
];

/**
 * Whether what is said may be said of keys rather than of what has them: "accounts not used for 90 days" is
 * none of it, "accounts with critical findings" is.
 */
const mayHaveKeys = ({ all }: Around) =>
  /キー|鍵|CMK|key|何本|本数/iu.test(all) ||
  (/懸念|指摘|問題|リスク|アクセス|コスト|費用|料金|月額|年額|金額|グラント|権限|公開|許可/u.test(
    all,
  ) &&
    !/使われ|使用|利用/u.test(all));

/** 外部アカウント別 is by those who may use the keys, not by where the keys are. */
const isOfKeys = ({ before, said }: Around) =>
  !/^(各)?(AWS)?アカウント/u.test(said) ||
  !/(外部|組織外|社外|他|別|外|呼び出し元|利用元|アクセス元|共有先|付与先|プリンシパル|ベンダー|取引先)の?$/u.test(
    before,
  );

function groups(context: GrammarContext): Parser<Piece> {
  const isOneOf = (names: readonly string[]) => (d: Dimension) =>
    'column' in d && names.includes(d.column);
  const own = dimension('keys', context);
  return alt(
    map(
      standing(own, (a) => mayHaveKeys(a) && isOfKeys(a)),
      (d): Piece => ({ is: 'dimension', entity: 'keys', dimension: d }),
    ),
    map(
      standing(grouping('keys', context), isOfKeys),
      (d): Piece => ({ is: 'by', entity: 'keys', dimensions: d }),
    ),
    // Months are those of creation, where creation is spoken of.
    map(
      standing(yearly, ({ all }) => /作成|作ら|作っ|新規|新しく|追加/u.test(all)),
      (d): Piece => ({ is: 'by', entity: 'keys', dimensions: d }),
    ),
    map(
      j(
        'どのサービス経由で',
        'どのサービスから',
        'どのサービスで',
        'どのサービスを通じて',
        'どのサービスを経由して',
        'どのAWSサービス経由で',
        'どのAWSサービスから',
        'どのAWSサービスで',
      ),
      (): Piece => ({ is: 'by', entity: 'usage', dimensions: [{ column: 'via_service' }] }),
    ),
    map(j('推移', '推移を', 'の推移', '傾向'), (): Piece => ({ is: 'filler' })),
    ...further.flatMap(([entity, names]) => [
      expand(dimension(entity, context), (d): readonly Piece[] =>
        isOneOf(names)(d) ? [{ is: 'dimension', entity, dimension: d }] : [],
      ),
      expand(grouping(entity, context), (d): readonly Piece[] =>
        d.every(isOneOf(names)) ? [{ is: 'by', entity, dimensions: d }] : [],
      ),
    ]),
  );
}
