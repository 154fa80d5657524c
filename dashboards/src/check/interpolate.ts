/** Values of variables by name, as Grafana would put them into a query. */
export type Values = Readonly<Record<string, string>>;

/** What Grafana sets itself, for a range of an hour. */
export const BUILT_IN: Values = { __range: '1h', __rate_interval: '4m', __interval: '1m' };

/** Everything chosen: what a board shows when it is opened. */
export const ALL: Values = {
  ...BUILT_IN,
  environment: '.*',
  team: '.*',
  agent: '.*',
  model: '.*',
  budget: '.*',
  least: '0',
  task: '',
};

/** A query as it is sent. Throws where it names a variable that has no value; `$1` of label_replace() is none. */
export function interpolate(query: string, values: Values): string {
  return query.replace(/\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g, (text, braced?: string, bare?: string) => {
    const value = values[braced ?? bare ?? ''];
    if (value === undefined) throw new Error(`${text} has no value in ${query}`);
    return value;
  });
}
