const { register } = require('@tollgate/otel');

register(JSON.parse(process.env.SDK_TEST_OPTIONS));
