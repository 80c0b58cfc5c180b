import { hostileAliases, hostileTagKeys, hostileTexts } from './hostile.ts';
import type { AccountPlan } from './organization.ts';
import type { Random } from './random.ts';
import type { AliasConvention, DescriptionConvention, TagConvention } from './shares.ts';
import { people, purposes, teams } from './vocabulary.ts';

const texts = Object.values(hostileTexts);

const stageWords: Readonly<Record<string, readonly string[]>> = {
  prod: ['prod', 'production', 'prd'],
  nonprod: ['staging', 'stg', 'uat'],
  dev: ['dev', 'development'],
  data: ['prod', 'lake'],
  sandbox: ['test', 'tmp', 'sandbox'],
};

const stageOf = (account: AccountPlan, random: Random): string =>
  random.pick(stageWords[account.kind] ?? ['shared', 'prod']);

const pascal = (text: string): string =>
  text.replace(/(^|[-_/.])([a-z])/g, (_all, _sep, letter: string) => letter.toUpperCase());

function aliasNames(
  convention: AliasConvention,
  account: AccountPlan,
  workload: string,
  ordinal: number,
  random: Random,
): string[] {
  const { system } = account;
  const stage = stageOf(account, random);
  const purpose = random.pick([workload, ...purposes]);
  switch (convention) {
    case 'system-stage':
      return [random.chance(0.3) ? `${system}-${stage}` : `${system}-${stage}-${purpose}`];
    case 'stage/system/purpose':
      return [`${stage}/${system}/${purpose}`];
    case 'PascalCase':
      return [`${pascal(system)}${pascal(stage)}${pascal(purpose)}Key`];
    case 'purpose-key':
      return [random.pick([`${purpose}-key`, `${purpose}-cmk`, `kms-${purpose}`])];
    case 'snake_case':
      return [`${system}_${purpose}_key_${stage}`.replaceAll('-', '_')];
    case 'cdk':
      return [`${pascal(system)}Stack-${pascal(purpose)}Key${random.hex(8).toUpperCase()}`];
    case 'uuid':
      return [`key-${random.uuid()}`];
    case 'two-aliases':
      return [`${stage}/${system}/${purpose}`, `${system}-${purpose}-legacy`];
    case 'many-aliases':
      return Array.from({ length: random.int(6, 60) }, (_, i) => `${system}/tenant/${1000 + i}`);
    case 'none':
      return [];
    case 'hostile':
      return [hostileAliases[ordinal % hostileAliases.length] ?? 'none'];
  }
}

/** The aliases of a key, as `alias/…`, none of them in `taken` yet; they are added to it. */
export function aliasesOf(
  convention: AliasConvention,
  account: AccountPlan,
  workload: string,
  ordinal: number,
  random: Random,
  taken: Set<string>,
): string[] {
  return aliasNames(convention, account, workload, ordinal, random).map((name) => {
    let alias = `alias/${name}`;
    for (let n = 2; taken.has(alias); n++) alias = `alias/${name}-${n}`;
    taken.add(alias);
    return alias;
  });
}

export interface KeyTag {
  readonly TagKey: string;
  readonly TagValue: string;
}

const tag = (TagKey: string, TagValue: string): KeyTag => ({ TagKey, TagValue });

/** The tags of a key; their names drifted over the years. At most 50, as AWS allows. */
export function tagsOf(
  convention: TagConvention,
  account: AccountPlan,
  ordinal: number,
  random: Random,
): KeyTag[] {
  const team = random.pick(teams);
  const stage = stageOf(account, random);
  switch (convention) {
    case 'full':
      return [
        tag('owner', team),
        tag('team', team),
        tag('env', stage),
        tag('cost-center', `CC-${random.digits(4)}`),
        tag('system', account.system),
      ];
    case 'old':
      return [
        tag('Owner', `${random.pick(people)}@example.com`),
        tag('Environment', pascal(stage)),
        tag('CostCenter', random.digits(5)),
      ];
    case 'partial':
      return random.pick([
        [tag('Name', `${account.system} key`)],
        [tag('env', stage)],
        [tag('OWNER', team), tag('environment', stage.toUpperCase())],
        [tag('team', ''), tag('cost-center', 'tbd')],
      ]);
    case 'iac':
      return [
        tag('terraform', 'true'),
        tag('managed-by', random.pick(['terraform', 'cdk', 'Terraform'])),
        tag('repo', `git@git.example.com:${team}/${account.system}.git`),
      ];
    case 'none':
      return [];
    case 'many':
      return Array.from({ length: 50 }, (_, i) => tag(`label-${i}`, `value ${i}`));
    case 'hostile':
      return [
        tag('owner', texts[ordinal % texts.length]?.slice(0, 256) ?? ''),
        tag(hostileTagKeys[ordinal % hostileTagKeys.length] ?? 'note', team),
      ];
  }
}

export function descriptionOf(
  convention: DescriptionConvention,
  account: AccountPlan,
  workload: string,
  ordinal: number,
  random: Random,
): string {
  const purpose = random.pick([workload, ...purposes]);
  switch (convention) {
    case 'purpose':
      return random.pick([
        `${account.system} ${purpose}`,
        `KMS key for ${account.system} ${purpose}`,
        `CMK ${purpose} (${stageOf(account, random)})`,
        `Encrypts ${purpose} of ${account.system}`,
      ]);
    case 'none':
      return '';
    case 'sentence':
      return `Created by ${random.pick(people)} for the ${random.pick(teams)} team. Ask before deleting!`;
    case 'ticket':
      return `SEC-${random.digits(4)}: ${random.pick(['暗号化キー', 'Schlüssel für Backup', 'clé de chiffrement', 'rotate by Q3', 'temporary'])}`;
    case 'hostile':
      return texts[ordinal % texts.length] ?? '';
  }
}
