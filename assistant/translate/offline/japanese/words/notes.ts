import { baseColumn } from '../../plan/measured.ts';
import { type NoteKind, notesOf } from '../../plan/notes.ts';
import type { Plan } from '../../plan/plan.ts';
import { columnLabel } from './filter-to-words.ts';

/** What an answer must say besides its rows, in Japanese: for each kind of note, its sentence. */
const sentences: Readonly<Record<NoteKind, string>> = {
  policyUnread: 'ポリシーを読み取れなかったキーは、誰が使えるか不明なため含まれていません。',
  wholeTime:
    '対象期間の全体にわたって存在していなかったキーは含まれていません。使用状況が不明なキーや、記録期間がそれより短いキーも、記録がないことは使われていない証拠にならないため含まれていません。',
  recordedOnly: '記録された使用のみを数えています。記録開始前の使用は不明です。',
  lastUseOnly:
    'キーごとに分かるのは最後の使用だけです。その期間に使われ、後にまた使われたキーは含まれていません。',
  latestEventOnly:
    'キー・操作・呼び出し元ごとに最新のイベントだけが記録されています。その期間に行われ、後にまた行われたものは含まれていません。',
  noRecordApart:
    '使用記録がなく記録開始より古いキーは、以前に使われた可能性があるため含まれていません。',
  neverUsedApart: '作成以来一度も使われていないキーは区別しており、含まれていません。',
  rotationNeither:
    '自動ローテーションができないキーと、設定を読み取れなかったキーは、有効にも無効にも数えていません。',
  replicaDeletionApart:
    'レプリカの削除を待っているキー（PendingReplicaDeletion）は区別しており、含めていません。',
  administer:
    '「管理」とは、キー、ポリシー、状態、タグの変更、または削除のスケジュールの少なくとも1つができることです。',
  accountPrincipal:
    'プリンシパルがアカウントの場合、実際に誰が使えるかはそのアカウントのIAMポリシーで決まります。IAMポリシーは収集していません。',
  share:
    '割合は全行に対するものです。読み取れず判定できない行は条件を満たさないものとして数えています（total から matching と not_matching を引いた数）。',
  cost: 'コストはキーの月額保管料金です。リクエスト料金は含みません。',
  cut: '最後の順位に同順位がある場合、アカウント、リージョン、キーIDの順で打ち切っています。',
  emptyGroups: '該当する行のないグループは表示されません。',
  accountsUnread:
    '読み取れなかった、または対象外のリージョンがあるアカウントは、該当するキーを持つ可能性があるため含まれていません。',
};

export function notesFor(plan: Plan): readonly string[] {
  const { unreadColumns, unreadMeasure, unreadGroups, kinds } = notesOf(plan);
  return [
    ...(unreadColumns.length > 0
      ? [`${named(unreadColumns)}を読み取れなかったキーは、該当するか不明なため含まれていません。`]
      : []),
    ...(unreadMeasure
      ? [`${named([unreadMeasure])}を読み取れなかったキーは、計算に含まれていません。`]
      : []),
    ...(unreadGroups.length === 0
      ? []
      : unreadGroups.includes('tags')
        ? ['名前のないグループは、このタグのないキーと、タグを読み取れなかったキーです。']
        : [`名前のないグループは、${named(unreadGroups)}を読み取れなかったキーです。`]),
    ...kinds.map((kind) => sentences[kind]),
  ];
}

const named = (columns: readonly string[]) =>
  [...new Set(columns.map(baseColumn))]
    .map((c) => columnLabel('keys', c === 'aliases' ? 'alias' : c))
    .join('または');
