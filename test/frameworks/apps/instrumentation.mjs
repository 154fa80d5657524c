import { register } from '@tollgate/otel';

export const tollgate = register(JSON.parse(process.env.APP_OPTIONS));
