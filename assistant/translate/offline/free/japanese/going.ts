import { alt, map, opt, type Parser, seq, token } from '../../grammar/chart.ts';
import type { Condition } from '../../japanese/chain.ts';
import { j, table } from '../../japanese/literals.ts';
import type { Piece } from '../piece.ts';
import { type Around, around, standing } from './around.ts';

const made = (piece: Piece) => (): Piece => piece;
const comma = opt(token((t) => (t.kind === 'comma' ? true : undefined)));

/**
 * How pieces are joined, and how a question goes on from an answer. A "not" at the end of an enumeration
 * may reach back over it (無効または公開でない, 東京と大阪以外): what joins its parts is then no piece.
 */
export function going(condition: Parser<Condition>): Parser<Piece> {
  const mayReachBack: Parser<Piece> = (chart, at) =>
    joints(chart, at).filter(({ end }) => {
      const { before, said, after, all } = around(chart, at, end);
      if (keysNoun.test(before) && moreKeys.test(after)) return false;
      // gitlab-ciがS3またはRDS経由で: of the subject and of both services.
      if (/が[A-Za-z0-9._/-]+(経由)?$/u.test(before) && !/タグが[A-Za-z0-9._/-]+$/u.test(before))
        return false;
      // キーの数とキーの数: two numbers, unless they are shown one by one. A number and its cost are shown together.
      if (
        !numberAndCost({ before, after }) &&
        /(数|割合|コスト|費用|料金|金額|月額)$/u.test(before) &&
        /^、?(と|および|及び)、?$/u.test(said) &&
        !/それぞれ|ずつ|比|別々/u.test(all)
      )
        return false;
      // 無効なものと公開のもの: things of either kind, not those that are both.
      if (/(もの|やつ|の)$/u.test(before) && /^、?(と|および|及び)、?$/u.test(said)) return false;
      // 東京のキー、タグのないものは: what is denied is said of the keys before, all of which are meant.
      if (/^、$/u.test(said) && ofThose.test(after) && oneKeysNoun.test(before)) return true;
      const nominal = !/[\p{Script=Hiragana}]$/u.test(before) || /もの$/u.test(before);
      return !nominal || condition(chart, end).every(({ value }) => value.denied === null);
    });
  return alt(mayReachBack, kinds, signs, rest);
}

/** キー数とコスト, 費用と本数. */
const numberAndCost = ({ before, after }: Pick<Around, 'before' | 'after'>) =>
  (/数$/u.test(before) && /^(その|合計|毎月の|月々の)?(月額|コスト|費用|料金|金額)/u.test(after)) ||
  (/(コスト|費用|料金|金額|月額|合計)$/u.test(before) &&
    /^(その)?(キーの?|鍵の?)?(本数|個数|件数|数)/u.test(after));

const keysNoun = /(キー|鍵|CMK)$/iu;
const oneKeysNoun = /^((?!(キー|鍵|CMK)|と|や|または|以外|除|ない|ず).)*(キー|鍵|CMK)$/iu;
const ofThose =
  /^((?!以外|除|抜き|で(は)?ない|じゃない|キー|鍵|CMK|、).)*(い?ない|なし|なかった|無い)(の|もの|やつ|物)/iu;
const moreKeys = /キー|鍵|CMK/iu;
/** 無効なキーと東京のキー以外: the exception may be of the second alone, or of both. */
const keysExcepted = /(キー|鍵|CMK)(を|は)?(除|抜|外し|以外|含め|含ま)/iu;
const betweenKeys = ({ before, after }: Around) =>
  keysNoun.test(before) && moreKeys.test(after) && !keysExcepted.test(after);
/**
 * 無効なキーと削除待ちのキー are keys of either kind, not keys that are both: the first noun says nothing,
 * and what joins it to the second is "or".
 */
const kinds: Parser<Piece> = alt(
  map(
    standing(
      j('のキー', 'キー', 'の鍵', '鍵', 'CMK', 'KMSキー', 'のKMSキー'),
      ({ before, after }) =>
        before !== '' &&
        /^、?(と|および|及び|または|又は|もしくは|あるいは|か|や)[^そ].*(キー|鍵|CMK)/iu.test(
          after,
        ),
    ),
    made({ is: 'filler' }),
  ),
  map(
    standing(
      seq(comma, j('または', '又は', 'もしくは', 'あるいは', 'か', 'や'), comma),
      betweenKeys,
    ),
    made({ is: 'joint', by: 'or', low: true }),
  ),
  // Of "how many of these and of those" it is not clear whether each is asked for or the sum.
  map(
    standing(
      seq(comma, j('と', 'および', '及び'), comma),
      (around) =>
        betweenKeys(around) &&
        (!/何本|何個|何件|いくつ|数|コスト|費用|料金|月額|年額|いくら|割合|比率|%|パーセント/u.test(
          around.after,
        ) ||
          /それぞれ|ずつ|比較|比べ|合計|合わせて/u.test(around.after)),
    ),
    made({ is: 'joint', by: 'or', low: true }),
  ),
);

const joints: Parser<Piece> = alt(
  map(
    seq(
      comma,
      j(
        'と',
        '及び',
        'および',
        '並びに',
        'ならびに',
        'かつ',
        '且つ',
        'and',
        '&',
        '+',
        'プラス',
        'と、',
        'および、',
      ),
      comma,
    ),
    made({ is: 'joint', by: 'and', low: false }),
  ),
  map(
    seq(
      comma,
      j(
        'しかも',
        'なおかつ',
        'さらに',
        '更に',
        'その上',
        'そのうえ',
        '加えて',
        'のに',
        'なのに',
        'けど',
        'だけど',
        'けれど',
        'けれども',
        'にもかかわらず',
        'にも関わらず',
        'であるにもかかわらず',
        'ものの',
        'ながら',
        '一方で',
        'それでいて',
        'それなのに',
        'でも、',
        'が、',
        'だが、',
        'ですが、',
      ),
      comma,
    ),
    made({ is: 'joint', by: 'and', low: true }),
  ),
  map(
    seq(
      comma,
      j(
        'または',
        '又は',
        'もしくは',
        '若しくは',
        'あるいは',
        '或いは',
        'か',
        'かまたは',
        'か、または',
        'か、もしくは',
        'or',
        'や',
      ),
      comma,
    ),
    made({ is: 'joint', by: 'or', low: false }),
  ),
  map(
    token((t) => (t.kind === 'comma' ? true : undefined)),
    made({ is: 'mark' }),
  ),
  map(j('・', '/'), made({ is: 'mark' })),
);

const signs: Parser<Piece> = alt(
  // 本 counts keys: アカウントに何本 asks for the keys in each, アカウントはいくつ for the accounts.
  map(
    standing(
      j('が', 'に', 'で', 'には', 'では'),
      ({ before, after, said }) =>
        /(アカウント|リージョン|OU|サービス|ユーザー)$/u.test(before) &&
        (said !== 'が' || /^(それぞれ|実際に)?(何本|本数)/u.test(after)),
    ),
    made({ is: 'mark' }),
  ),
  map(
    token((t) =>
      t.kind === 'open' ||
      t.kind === 'close' ||
      (t.kind === 'symbol' && /^[:;~。?!…|→>-]+$/u.test(t.text))
        ? true
        : undefined,
    ),
    made({ is: 'mark' }),
  ),
);

/** Things of which "all" says more than that there is one. */
const others =
  /^(の)?(タグ|エイリアス|別名|懸念|指摘|操作|アクション|アカウント|リージョン|OU|ユーザ|ロール|サービス|プリンシパル|権限|グラント|ポリシー|人|チーム)/u;

/** A part of a whole, of which a share is asked for; else it only joins. */
const among = j(
  'のうち',
  'のうちの',
  'の中で',
  'のなかで',
  'の中の',
  'の中から',
  'のうちで',
  'のうち、',
  'に占める',
  'を母数に',
  'を母数として',
  'に対する',
);
const asksForShare = /割合|パーセント|%|％|比率|何割|シェア|構成比|占め/u;

const rest: Parser<Piece> = alt(
  map(
    standing(among, ({ all }) => asksForShare.test(all)),
    made({ is: 'among' }),
  ),
  map(
    standing(among, ({ all, said }) => !asksForShare.test(all) && !/占め|母数|対する/u.test(said)),
    made({ is: 'mark' }),
  ),
  map(
    alt(
      standing(
        j('すべての', '全ての', '全', '全部の', 'あらゆる'),
        ({ after }) => !others.test(after),
      ),
      // すべて by itself speaks of what it follows, or of all that is asked for.
      standing(
        j('すべて', '全て', '全部'),
        ({ before, after }) =>
          !others.test(after) && /(^|キー|鍵|CMK|もの|[はをが、])$/iu.test(before),
      ),
    ),
    made({ is: 'all' }),
  ),
  // 使われたものだけ: only those, not "only used".
  map(
    standing(
      j(
        ...['ものだけ', 'もののみ', 'ものに限って', 'ものに絞って', 'やつだけ'].flatMap((only) =>
          [
            '',
            'を',
            'に',
            'にして',
            'にしてください',
            'でよい',
            'でいい',
            'でいいです',
            'で',
            'に絞って',
            'に限定して',
            'は',
            'が',
          ].map((end) => `${only}${end}`),
        ),
      ),
      ({ before }) => /[たるいなの]$/u.test(before),
    ),
    made({ is: 'filler' }),
  ),
  map(
    standing(
      j(
        'だけ',
        'のみ',
        'だけの',
        'のみの',
        'だけに',
        'だけを',
        'のみを',
        'だけが',
        'に限って',
        'に限り',
        'に限定して',
        'に絞って',
        'だけに絞って',
        'のみに絞って',
        'に絞ると',
        'だけに限定して',
        'だけに限ると',
        'に限る',
        'に限定',
        'に限定すると',
        'のみに限る',
        ...['だけ', 'のみ'].flatMap((w) =>
          [
            'にして',
            'にしてください',
            'にしてほしい',
            'でよい',
            'でいい',
            'でいいです',
            'でよいです',
            'で結構です',
            'で十分',
            'で構わない',
            'で構いません',
            'で大丈夫',
            'でOK',
            'でお願い',
            'でお願いします',
            'で',
            'は',
          ].map((end) => `${w}${end}`),
        ),
      ),
      ({ before }) => before !== '' && !/[はをがにで、]$/u.test(before),
    ),
    made({ is: 'only' }),
  ),
  map(
    standing(
      table<string>(
        [
          '最後に',
          '最後',
          '直近で',
          '直近に',
          '最も最近',
          '一番最近',
          '最新の',
          '最近',
          '一番最後に',
        ].map((w) => [w, w] as const),
      ),
      ({ all }) => /誰|だれ|どなた|いつ|どこから|どのユーザ|どのIP|どの操作|どんな操作/u.test(all),
    ),
    made({ is: 'last' }),
  ),
  map(
    j(
      'その中で',
      'その中の',
      'その中から',
      'そのうち',
      'そのうちで',
      'そのうちの',
      'このうち',
      'この中で',
      'この中の',
      'それらのうち',
      'それらの中で',
      'これらのうち',
      'それら',
      'これら',
      'それらの',
      'これらの',
      'それ',
      'これ',
      'そのキー',
      'このキー',
      'それらのキー',
      'これらのキー',
      'そっち',
      'その',
      'それぞれその',
      '上記',
      '上記の',
      '先ほどの',
      'さっきの',
      '同じキー',
    ),
    made({ is: 'them' }),
  ),
  map(
    j('も', 'も含めて', 'も追加して', 'も加えて', 'も追加', 'も入れて', 'もあわせて', 'も足して'),
    made({ is: 'also' }),
  ),
  map(
    j(
      'だと',
      'ならば',
      'なら',
      'の場合',
      'の場合は',
      'だったら',
      'だとどう',
      'だとどうなる',
      'だとどうなりますか',
      'ではどう',
      'じゃあ',
      'では、',
      'それでは',
      '代わりに',
      'かわりに',
      'の代わりに',
      'に変えると',
      'に変えて',
      'に変更すると',
      'に広げると',
      'に広げて',
      'に伸ばすと',
      'に延ばすと',
      'に縮めると',
      'に狭めると',
      'に替えると',
      'にすると',
      'にしたら',
      'に拡大すると',
      'に切り替えて',
    ),
    made({ is: 'instead' }),
  ),
  map(
    j(
      'も同じように',
      'も同様に',
      'も同じく',
      'でも同じように',
      'についても同じように',
      'についても同様に',
      'も同じ条件で',
      '同じ条件で',
      '同じく',
      '同様に',
      '同じように',
    ),
    made({ is: 'instead', same: true }),
  ),
);
