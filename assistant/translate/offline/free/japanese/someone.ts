import { alt, map, opt, type Parser, rule, seq } from '../../grammar/chart.ts';
import type { AccessGrammar } from '../../japanese/access.ts';
import { caller } from '../../japanese/callers.ts';
import type { GrammarContext } from '../../japanese/context.ts';
import { j } from '../../japanese/literals.ts';
import type { Places } from '../../japanese/places.ts';
import type { PermissionTest, UsageTest } from '../../plan/plan.ts';
import type { Piece } from '../piece.ts';
import { depending, standing } from './around.ts';

/** What marks someone as doing or being given something. */
const particle = opt(
  j(
    'が',
    'は',
    'に',
    'から',
    'によって',
    'により',
    'による',
    'へ',
    'で',
    'に対して',
    'に対し',
    'からの',
    'への',
    'にも',
    'からも',
    'としても',
    'の',
    '経由で',
    '経由の',
    '経由',
    'を通じて',
    'を通して',
    '越しに',
    'なら',
  ),
);
const lead = opt(
  j(
    'ユーザー',
    'ユーザ',
    'ロール',
    'IAMユーザー',
    'IAMユーザ',
    'IAMロール',
    'プリンシパル',
    'サービス',
    'アカウント',
    'AWSアカウント',
    '担当者',
    'セッション',
  ),
);
const title = opt(
  j('さん', '氏', '様', 'くん', '君', 'ユーザー', 'ユーザ', 'ロール', 'サービス', 'アカウント'),
);

/** One who gives access is not the one who is given it: payments-prodが許可している. */
const gives =
  /^(許可して|公開して|共有して|開放して|付与して|提供して|渡して|開いて|許可する|公開する|共有する)/u;
const verbsOfGiving = /(許可し|公開し|共有し|開放し|付与し|提供し|渡し|開い|許し)/u;

/** Anyone a question can name: as a principal of policies, as a caller, or as both. */
export function someone(
  { names }: GrammarContext,
  access: AccessGrammar,
  places: Places,
): Parser<Piece> {
  const did: Parser<Partial<UsageTest>> = alt(
    caller(names),
    map(j('root', 'rootユーザー', 'ルートユーザー', 'ルートユーザ'), () => ({ callers: ['root'] })),
    map(seq(places.account, j('アカウント')), ([callerAccount]) => ({ callerAccount })),
  );
  const may = grantee(access);
  return rule(() =>
    alt(
      depending(
        seq(lead, may, opt(j('さん', 'ユーザー', 'ロール')), particle),
        ([, test, , how], { after }): readonly Piece[] =>
          isGiver(how, after) ? [] : [{ is: 'someone', someone: { may: test, did: null } }],
      ),
      map(
        seq(lead, did, title, particle),
        ([, test]): Piece => ({ is: 'someone', someone: { may: null, did: test } }),
      ),
    ),
  );
}

function isGiver(how: string | null, after: string): boolean {
  const subject = how === 'が' || how === 'は';
  return subject && (gives.test(after) || verbsOfGiving.test(after));
}

/** One who may use keys. */
export const grantee = (access: AccessGrammar): Parser<PermissionTest> => alt(access.who, kinds);

/** Kinds of principals, besides those of the access grammar. */
const kinds: Parser<PermissionTest> = alt(
  map(
    j(
      '誰でも',
      'だれでも',
      '不特定多数',
      '全世界',
      '世界中',
      'インターネット',
      '匿名ユーザー',
      '一般',
    ),
    (): PermissionTest => ({ trust: ['PUBLIC'] }),
  ),
  map(
    standing(j('ロール'), ({ after }) =>
      /^(と|や|、|または|および|が|に|から|も|だけ|のみ)/u.test(after),
    ),
    (): PermissionTest => ({ types: ['ROLE'] }),
  ),
);
