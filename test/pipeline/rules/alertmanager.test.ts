import { afterAll, expect, test } from 'vitest';
import { ACCOUNT } from '../../../dashboards/src/rules/labels.ts';
import { poll } from '../poll.ts';
import { alertmanagerPath, NO_ALERTMANAGER, startAlertmanager } from './start-alertmanager.ts';
import { startWebhook } from './webhook.ts';

type Labels = Record<string, string>;

const alertmanager = await alertmanagerPath();
const owned = new AsyncDisposableStack();
afterAll(() => owned.disposeAsync());

test('Alertmanager, as it is deployed, says of an account that is used up nothing else, and of any other account what it has to', async (context) => {
  if (alertmanager === undefined) return context.skip(NO_ALERTMANAGER);
  const webhook = owned.use(await startWebhook());
  const { address } = owned.use(await startAlertmanager(alertmanager, webhook.urls));
  const account = Object.fromEntries(ACCOUNT.map((name) => [name, 'one']));
  // Another unit is the same account; another value of any other label is not.
  const others = ACCOUNT.map((name) => ({ ...account, [name]: 'two' }));
  await send(address, [{ ...account, alertname: 'TollgateBudgetExceeded', severity: 'page', unit: 'usd' }]);
  await poll('the page', async () => webhook.told.find(({ receiver }) => receiver === 'pages'));
  await send(
    address,
    [{ ...account, unit: 'calls' }, ...others].map((labels) => ({
      ...labels,
      alertname: 'TollgateBudgetSoftLimit',
      severity: 'ticket',
    })),
  );
  const told = await poll('the tickets', async () => {
    const tickets = webhook.told.filter(({ receiver }) => receiver === 'tickets');
    return tickets.length >= others.length ? tickets : undefined;
  });
  expect(told.flatMap(({ labels }) => ACCOUNT.filter((name) => labels[name] === 'two')).toSorted()).toEqual(
    ACCOUNT.toSorted(),
  );
});

async function send(address: string, alerts: readonly Labels[]): Promise<void> {
  const answer = await fetch(`http://${address}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alerts.map((labels) => ({ labels }))),
  });
  expect(answer.status).toBe(200);
}
