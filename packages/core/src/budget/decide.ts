/** Why a call was refused. Only `exhausted` and `paused` close an account. */
export type Refusal =
  | 'exhausted'
  | 'too-large'
  | 'contended'
  | 'paused'
  | 'unpriced'
  | 'untagged'
  | 'too-many-accounts'
  | 'store-away';
