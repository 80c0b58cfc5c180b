const own =
  '(?:自分(?:たち|達|ら)|私(?:たち|達)|我々|われわれ|うち(?:ら|の会社)?|弊社|当社|自社|自前|社内)(?:側)?(?:で|が)(?:独自に|個別に)?';
const aws = 'aws(?:側)?(?:が|で)(?:勝手に|自動で|自動的に|代わりに)?(?:自動)?';
const made = '(?:作った|作成した|作って(?:い)?る|作成して(?:い)?る|用意した|生成した|発行した)';
/** Behind it stand keys, or what stands for them. */
const keysNext = '(?=の?(?:kms)?(?:キー|鍵|cmk)|もの|やつ|の(?:は|って|だけ|$))';

/** Who made keys where no caller is meant: the organization itself, or AWS for its services. */
export const maker = `(?:${own}|${aws})`;
/** 自分たちで作った: says who manages a key, and not who called CreateKey. */
export const ownMade = `${own}${made}${keysNext}`;
/** AWSが自動で作った */
export const awsMade = `${aws}${made}${keysNext}`;
