import { register } from '@tollgate/otel';

register(JSON.parse(process.env.SDK_TEST_OPTIONS));
