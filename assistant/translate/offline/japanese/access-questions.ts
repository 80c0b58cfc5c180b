import { alt, expand, map, opt, type Parser, rule, seq } from '../grammar/chart.ts';
import {
  allOf,
  everything,
  type Filter,
  isEverything,
  listOf,
  type PermissionTest,
  type Plan,
} from '../plan/plan.ts';
import { denials } from './access.ts';
import { countNoun, howMany, ka, listTail, numberTail } from './asking.ts';
import type { GrammarContext } from './context.ts';
import { grouping } from './dimensions.ts';
import type { KeyConditions } from './key-conditions.ts';
import { j } from './literals.ts';
import type { NounPhrases } from './noun-phrases.ts';

export const ofKey = (filter: Filter): Filter =>
  isEverything(filter) ? everything : { key: filter };

/** Questions about who may do what: 誰がalias/ordersを使えますか, ロールdeployは何ができますか. */
export function accessQuestions(
  context: GrammarContext,
  { access, particular }: KeyConditions,
  { some: keys }: NounPhrases,
): Parser<Plan> {
  const permitted = (test: PermissionTest): Filter => ({ is: 'access', test });
  const withLevels = (test: PermissionTest, levels: readonly string[] | null) =>
    permitted(levels ? { ...test, levels: [...levels] } : test);
  const list = (filter: Filter): Plan => listOf('permissions', filter);
  const counted = (plan: Plan): Plan => ({ ...plan, measure: { kind: 'count', keys: false } });
  const target = alt(particular, keys);
  const group = grouping('permissions', context);
  const noun = expand(context.lexicon.nouns.parser, (e) => (e === 'permissions' ? [e] : []));
  const toKey = j(
    'を',
    'に',
    'で',
    'へ',
    'に対して',
    'を使って',
    'を用いて',
    'にも',
    'を使用して',
    'に、',
  );
  const whoAsks: Parser<PermissionTest> = alt(
    map(j('誰が', 'だれが', '誰', '何が', '誰と誰が', '誰なら', 'どの人が', '誰に'), () => ({})),
    map(seq(j('どの', 'どんな', 'どのような'), access.askedWho, j('が', 'に')), ([, t]) => t),
  );
  const whoIs = j(
    'は誰',
    'は誰ですか',
    'は誰',
    'はだれ',
    'は',
    'は何',
    'はどれ',
    'って誰',
    'は誰なの',
    '',
  );
  const grants = j('グラント', '有効なグラント', 'grant', 'アクティブなグラント');
  const can = expand(access.ability, ({ levels, ending }) =>
    ending.negated ? [] : [{ levels, slot: ending.slot }],
  );
  return rule(() =>
    alt(
      // 誰がalias/ordersを使えますか
      map(seq(whoAsks, target, toKey, can, ka), ([test, f, , { levels }]) =>
        list(allOf(withLevels(test, levels), ofKey(f))),
      ),
      map(seq(target, toKey, whoAsks, can, ka), ([f, , test, { levels }]) =>
        list(allOf(withLevels(test, levels), ofKey(f))),
      ),
      map(seq(target, j('は', 'って'), whoAsks, can, ka), ([f, , test, { levels }]) =>
        list(allOf(withLevels(test, levels), ofKey(f))),
      ),
      // alias/ordersを使えるのは誰ですか
      expand(
        seq(
          target,
          toKey,
          can,
          j('のは', 'のって'),
          j('誰', 'だれ', 'どなた', 'どのプリンシパル', '誰と誰', ''),
          j('', 'ですか', 'でしょうか', 'か', 'です', 'なの'),
        ),
        ([f, , { levels, slot }]) =>
          slot === 'attributive' ? [list(allOf(withLevels({}, levels), ofKey(f)))] : [],
      ),
      expand(
        seq(
          target,
          toKey,
          can,
          access.askedWho,
          alt(listTail, seq(whoIs, j('', 'ですか', 'でしょうか', 'か'))),
        ),
        ([f, , { levels, slot }, test]) =>
          slot === 'attributive' ? [list(allOf(withLevels(test, levels), ofKey(f)))] : [],
      ),
      map(
        seq(
          target,
          j(
            'へのアクセス権を',
            'に対するアクセス権を',
            'へのアクセス権限を',
            'のアクセス権を',
            'の権限を',
            'に対する権限を',
            'へのアクセスを',
          ),
          j('持つ', '持っている', '有する', '許可されている'),
          j('のは', 'プリンシパルは', '人は', 'プリンシパル', '人', 'ユーザーは', 'ユーザー'),
          j('', '誰', '誰ですか', 'どれですか', 'を教えて', 'の一覧'),
        ),
        ([f]) => list(allOf(permitted({}), ofKey(f))),
      ),
      map(seq(target, j('の'), j('管理者', '管理者一覧', 'アドミン'), listTail), ([f]) =>
        list(allOf(withLevels({}, ['ADMIN']), ofKey(f))),
      ),
      map(
        seq(
          target,
          j('の', 'に対する', 'へのアクセス権を持つ', 'にアクセス権のある'),
          j('プリンシパル', '利用者', 'ユーザー', '使用者'),
          listTail,
        ),
        ([f]) => list(allOf(permitted({}), ofKey(f))),
      ),
      map(
        seq(
          whoAsks,
          access.object,
          j('を', 'が'),
          j('持っている', '持つ', '持っています', '持ちます', 'ある', 'あります'),
          ka,
        ),
        ([test, f]) => list(allOf(f, Object.keys(test).length > 0 ? permitted(test) : everything)),
      ),
      map(
        seq(
          access.object,
          j('を持つ', 'を持っている', 'のある', 'がある', 'を許可された'),
          access.askedWho,
          listTail,
        ),
        ([f, , test]) =>
          list(allOf(f, Object.keys(test).length > 0 ? permitted(test) : everything)),
      ),
      // どの外部アカウントがアクセスできますか, without a key: any of them.
      expand(seq(whoAsks, can, ka), ([test, { levels }]): readonly Plan[] =>
        Object.keys(test).length > 0 ? [list(withLevels(test, levels))] : [],
      ),
      expand(seq(can, access.askedWho, listTail), ([{ levels, slot }, test]) =>
        slot === 'attributive' && Object.keys(test).length > 0
          ? [list(withLevels(test, levels))]
          : [],
      ),
      // ロールdeployは何ができますか
      map(
        seq(
          access.who,
          j('は', 'が', 'に', 'には', 'で'),
          j('何が', '何を', '何', 'どんなことが', 'どんな操作が', '何をすることが'),
          j(
            'できますか',
            'できる',
            'できるの',
            'できるか',
            '可能ですか',
            '許可されていますか',
            '許されていますか',
            '可能か',
            '許可されている',
          ),
        ),
        ([test]) => list(permitted(test)),
      ),
      map(
        seq(
          access.who,
          j('に', 'が', 'の'),
          j('できること', '可能なこと', '許可されていること', '権限', '持つ権限', '持っている権限'),
          listTail,
        ),
        ([test]) => list(permitted(test)),
      ),
      map(
        seq(
          access.who,
          j('は', 'が'),
          target,
          j('に', 'で', 'に対して', 'を使って'),
          j('何が', '何を'),
          j('できますか', 'できる', 'できるの', 'できるか', '可能ですか'),
        ),
        ([test, , f]) => list(allOf(permitted(test), ofKey(f))),
      ),
      // financeのキーの拒否ステートメント
      map(
        seq(opt(seq(target, j('の', 'に対する', 'に関する', 'にある', 'に'))), denials, listTail),
        ([of]) =>
          list(
            allOf(permitted({ denied: true, source: ['POLICY'] }), of ? ofKey(of[0]) : everything),
          ),
      ),
      // グラント
      map(
        seq(
          opt(
            seq(
              target,
              j(
                'の',
                'に対する',
                'への',
                'に付与された',
                'に付与されている',
                'に設定された',
                'に設定されている',
                'にある',
                'に',
              ),
            ),
          ),
          opt(j('すべての', '全ての', '全')),
          grants,
          listTail,
        ),
        ([of]) => list(allOf(permitted({ source: ['GRANT'] }), of ? ofKey(of[0]) : everything)),
      ),
      map(
        seq(opt(access.who), j('への', 'に対する', 'に付与された', '向けの'), grants, listTail),
        ([test]) => list(permitted({ ...test, source: ['GRANT'] })),
      ),
      expand(
        seq(
          opt(group),
          opt(
            alt(
              map(seq(target, j('の', 'に対する', 'に')), ([f]) => ({
                f,
                test: {} as PermissionTest,
              })),
              map(seq(access.who, j('への', 'に対する', 'に付与された')), ([test]) => ({
                f: everything,
                test,
              })),
            ),
          ),
          opt(j('すべての', '全ての')),
          grants,
          alt(
            map(
              seq(countNoun, opt(map(seq(j('を'), group), ([, g]) => g)), numberTail),
              ([, g]) => g,
            ),
            map(seq(j('は', 'が', ''), opt(group), howMany), ([, g]) => g),
          ),
        ),
        ([g, of, , , after]): readonly Plan[] =>
          g !== null && after !== null
            ? []
            : [
                {
                  ...counted(
                    list(
                      allOf(
                        permitted({ ...(of?.test ?? {}), source: ['GRANT'] }),
                        of ? ofKey(of.f) : everything,
                      ),
                    ),
                  ),
                  groupBy: [...(g ?? after ?? [])],
                },
              ],
      ),
      map(seq(particular, j('の', 'に対する', 'に関する', 'への'), noun, listTail), ([f]) =>
        list(ofKey(f)),
      ),
    ),
  );
}
